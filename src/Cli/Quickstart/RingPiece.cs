using System.Diagnostics;
using System.Globalization;
using ScoreSde.Cli.Terminal;
using ScoreSde.Evaluation.Distances;
using ScoreSde.Evaluation.Pictures;
using ScoreSde.Evaluation.Reports;
using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Ensembles;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Cli.Quickstart;

/// <summary>Eight Gaussians on a circle, where the score and the law at every time are known exactly: what a solver gets wrong is its own.</summary>
internal static class RingPiece
{
    private const int Particles = 64_000, Shown = 2000;
    private const double End = 1e-4;

    private sealed record Row(string Label, bool Deterministic, long Evaluations, Estimate Distance, MixtureFit? Fit, PointSet Points, double Seconds);

    public static Piece Make(IWork work, CancellationToken stop)
    {
        var ring = GaussianMixture.Ring();
        var process = ProcessCatalogue.Parse("vp-linear");
        var end = process.At(End);
        (string Solver, string Name, int Steps)[] runs =
        [
            ("euler-maruyama", "Euler–Maruyama", 20), ("euler-maruyama", "Euler–Maruyama", 50), ("euler-maruyama", "Euler–Maruyama", 250),
            ("ddim", "DDIM", 20), ("ddim", "DDIM", 50), ("ddim", "DDIM", 250), ("edm-heun", "EDM Heun", 25),
        ];
        var rows = new List<Row>();
        foreach (var run in runs)
        {
            rows.Add(Sample(ring, process, run, stop));
            work.Report((double)rows.Count / (runs.Length + 1));
        }
        var exact = Exact(ring, end);
        work.Report(1);
        Row stochastic = rows[2], flow = rows[3];
        var pictures = new[] { stochastic, flow }.Select(row => Picture(ring, row.Points)).ToArray();
        return new Piece(Add, [("ring-euler-maruyama.png", PngFile.Encode(pictures[0])), ("ring-ddim.png", PngFile.Encode(pictures[1]))]);

        void Add(HtmlPage page)
        {
            page.Section("Where the exact answer is known");
            page.Text($"""
                With a network one can never tell whether a flaw is the network’s or the solver’s. So here is a law whose score is known in closed form:
                eight Gaussians on a circle. {Particles} particles walk back from noise; bright dots are where they ended, the colours are the
                true density.
                """);
            page.Figures(
                Figure.Of(pictures[0], "particles of Euler–Maruyama over the true density", $"<b>Euler–Maruyama</b>, reverse SDE, {stochastic.Evaluations} evaluations"),
                Figure.Of(pictures[1], "particles of DDIM over the true density", $"<b>DDIM</b>, probability flow, {flow.Evaluations} evaluations"));
            page.Text("""
                How far is each cloud from the true law? The energy distance below is exact up to the finite number of particles: it is computed against
                the law itself, not against other samples, and for a perfect sampler it is zero within its error. Whiskers are 99&nbsp;% intervals.
                """);
            page.Figures(Figure.OfSvg(
                IntervalChart.Draw([.. rows.Append(exact).Select(r => new IntervalChart.Entry(r.Label, r.Distance, r.Deterministic))], "squared energy distance to the true law"), 720));
            page.Table(
                ["solver", "energy distance", "mode width", "modes alike?", "seconds"],
                rows.Append(exact).Select(r => new[]
                {
                    r.Label, Number(r.Distance, "0.00000"),
                    r.Fit is null ? "" : Number(r.Fit.Spread, "0.000"),
                    r.Fit is null ? "" : string.Create(CultureInfo.InvariantCulture, $"<var>p</var> = {r.Fit.PValue:0.00}"), r.Seconds.ToString("0.00", CultureInfo.InvariantCulture),
                }));
            page.Text("""
                “Mode width” is the standard deviation round the modes over the true one; “modes alike” is a χ² test that every Gaussian got its
                eighth of the particles. Every row goes to the truth as its steps get smaller: Euler–Maruyama and DDIM in proportion to the step, EDM Heun, which
                looks twice in a step, in proportion to its square.
                """);
        }
    }

    private static string Number(Estimate e, string format) => string.Create(
        CultureInfo.InvariantCulture, $"{e.Value.ToString(format, CultureInfo.InvariantCulture)}&nbsp;±&nbsp;{e.StandardError.ToString(format, CultureInfo.InvariantCulture)}");

    private static Row Sample(GaussianMixture ring, ForwardSde process, (string Solver, string Name, int Steps) run, CancellationToken stop)
    {
        var solver = SolverCatalogue.Parse(run.Solver);
        var grid = TimeGrid.Create(process, GridCatalogue.Parse("uniform-t"), run.Steps, process.End, End);
        var watch = Stopwatch.StartNew();
        var result = ParticleRun.Run(solver, Walk.Straight(grid), ring, new ParticleOptions { Count = Particles, Seed = 1, Cancellation = stop });
        watch.Stop();
        stop.ThrowIfCancellationRequested();
        var points = PointSet.Of(result.Samples, 2);
        return new Row(
            $"{run.Name}, {result.Evaluations} evaluations", solver.Card.NoiseSlots == 0, result.Evaluations,
            EnergyDistance.To(points, ring, grid.Last), MixtureFit.Of(points, ring), points, watch.Elapsed.TotalSeconds);
    }

    /// <summary>The same number of exact draws: what a perfect solver would give.</summary>
    private static Row Exact(GaussianMixture ring, Level end)
    {
        double[] normals = new double[2 * Particles], more = new double[2 * Particles], x = new double[2 * Particles];
        NormalNoise.Fill(normals, 9, NoiseStream.Probe, 0, 0, 2);
        NormalNoise.Fill(more, 9, NoiseStream.Probe, 1, 0, 2);
        for (var i = 0; i < Particles; i++)
        {
            ring.Draw(normals.AsSpan(2 * i, 2), CounterUniform.At53(9, NoiseStream.Probe, 2, i), x.AsSpan(2 * i, 2));
            for (var c = 0; c < 2; c++) x[2 * i + c] = end.Alpha * x[2 * i + c] + end.Sigma * more[2 * i + c];
        }
        var points = new PointSet(x, 2);
        return new Row("exact draws", false, 0, EnergyDistance.To(points, ring, end), MixtureFit.Of(points, ring), points, 0);
    }

    private static Raster Picture(GaussianMixture ring, PointSet points)
    {
        var data = new Level(0, 0, double.NegativeInfinity, 1, 0, 0, 0);
        return new Chart((-5.2, 5.2), (-5.2, 5.2), 400, 400, edges: false)
            .Density((x, y) => Math.Exp(ring.LogDensity([x, y], data)), 0.4, brightest: 0.6)
            .Points(points.Coordinates.AsSpan(0, 2 * Shown), new Colour(190, 245, 255, 210), 0.7).Picture;
    }
}
