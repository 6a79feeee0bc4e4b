using ScoreSde.Cli.Terminal;
using ScoreSde.Models.Files;
using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Ensembles;
using ScoreSde.Solvers.Grids;

namespace ScoreSde.Cli.Particles;

/// <summary>Particles piece by piece, through what watches them and, where wanted, into a file.</summary>
/// <param name="Solver">Any solver.</param>
/// <param name="Walk">The levels.</param>
/// <param name="Law">The data, whose score is exact.</param>
/// <param name="Options">Count, seed, first particle, threads.</param>
internal sealed record ParticleDraw(ISolver Solver, Walk Walk, GaussianMixture Law, ParticleOptions Options)
{
    /// <summary>Particles in memory: at 1000 steps on one core about a second's worth.</summary>
    private const int Piece = 1 << 18;

    /// <summary>Draws.</summary>
    /// <param name="display">Shows how far it is.</param>
    /// <param name="watch">Sees every particle.</param>
    /// <param name="file">Where they are written, [n, d]; nowhere if null.</param>
    public ParticleStreamResult Run(Display display, ParticleSummary watch, string? file)
    {
        if (file is null) return Run(display, watch, (NumpyRows?)null);
        ParticleStreamResult? result = null;
        WholeFile.Write(file, stream =>
        {
            var rows = new NumpyRows(stream, Law.Dimension);
            result = Run(display, watch, rows);
            rows.End();
        });
        return result!;
    }

    private ParticleStreamResult Run(Display display, ParticleSummary watch, NumpyRows? rows) =>
        display.Work($"{Options.Count} particles by {Solver.Card.Name}", work => ParticleRun.Stream(Solver, Walk, Law, Options, (first, samples) =>
        {
            watch.Add(samples);
            rows?.Append(samples);
            work.Report((first - Options.FirstSample + samples.Length / Law.Dimension) / (double)Options.Count);
        }, Piece));
}
