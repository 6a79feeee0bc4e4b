using ScoreSde.Sde;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>
/// Many particles with an analytic score, sixteen to a vector, on all threads. The solver is found once a run, its coefficients are planned
/// once a grid, and some blocks of sixteen go through their whole trajectory before the next begin.
/// </summary>
public static class ParticleRun
{
    /// <summary>Samples a data law by any solver; the fastest evaluator of its score is chosen.</summary>
    /// <exception cref="ArgumentException">No lanes for the law's dimension, or an impossible pairing.</exception>
    public static ParticleResult Run(ISolver solver, Walk walk, IDataLaw law, ParticleOptions options) =>
        ParticlePlans.Of<ParticleResult, Whole>(solver, walk, law, options, new Whole(options));

    /// <summary>Samples with any model on lanes.</summary>
    /// <exception cref="ArgumentException">The pairing is impossible; the message says what was given and what is supported.</exception>
    /// <exception cref="NumericalFailureException">A particle became non-finite.</exception>
    public static ParticleResult Run<T, TModel>(ISolver solver, Walk walk, TModel model, ParticleOptions options)
        where T : struct, ILanes<T> where TModel : struct, IScore<T> => model is LanesMixtureScore<T> mixture
            ? ParticlePlans.Of<T, LanesMixtureScore<T>, ParticleResult, Whole>(solver, walk, () => mixture, null, options, new Whole(options))
            : ParticlePlans.Of<T, EachBlockScore<T, TModel>, ParticleResult, Whole>(solver, walk, () => new(model), null, options, new Whole(options));

    /// <summary>
    /// The same particles, piece after piece in order of their index: for more than fit into memory. Each has the bits it has in a run of all at once; memory
    /// depends on the piece alone.
    /// </summary>
    /// <param name="solver">Any solver.</param>
    /// <param name="walk">The walk.</param>
    /// <param name="law">The data law.</param>
    /// <param name="options">The count may exceed any memory; starts are drawn, not given.</param>
    /// <param name="consume">Is handed each piece on the caller's thread; its memory is used again when this returns.</param>
    /// <param name="piece">Particles of a piece, a multiple of 16.</param>
    /// <returns>Completed with all particles handed on, or cancelled with as many whole pieces as there were.</returns>
    /// <exception cref="ArgumentException">No lanes for the law's dimension, an impossible pairing, given starts, or a piece that is no multiple of 16.</exception>
    /// <exception cref="NumericalFailureException">A particle became non-finite.</exception>
    public static ParticleStreamResult Stream(ISolver solver, Walk walk, IDataLaw law, ParticleOptions options, ParticleConsumer consume, int piece = 1 << 16)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(consume);
        if (piece <= 0 || piece % 16 != 0) throw new ArgumentException($"pieces are a multiple of 16 particles; given {piece}", nameof(piece));
        if (!options.Start.IsEmpty) throw new ArgumentException("starts that are given are in memory; run them at once", nameof(options));
        return ParticlePlans.Of<ParticleStreamResult, Pieces>(solver, walk, law, options, new Pieces(options, consume, piece));
    }

    private readonly struct Whole(ParticleOptions options) : IParticlePlanUser<ParticleResult>
    {
        public ParticleResult Use<T, TModel>(ParticlePlan<T, TModel> plan) where T : struct, ILanes<T> where TModel : struct, IBlockScore<T>
        {
            var blocks = new Blocks<T, TModel>(plan, options);
            var samples = GC.AllocateUninitializedArray<float>(checked((int)(options.Count * T.Coordinates)));
            var (status, done) = blocks.Run(0, samples);
            return new ParticleResult(status, samples, T.Coordinates, done, plan.Tape.Evaluations);
        }
    }

    private readonly struct Pieces(ParticleOptions options, ParticleConsumer consume, int piece) : IParticlePlanUser<ParticleStreamResult>
    {
        public ParticleStreamResult Use<T, TModel>(ParticlePlan<T, TModel> plan) where T : struct, ILanes<T> where TModel : struct, IBlockScore<T>
        {
            var blocks = new Blocks<T, TModel>(plan, options);
            var samples = new float[(int)Math.Min(piece, options.Count) * T.Coordinates];
            for (var at = 0L; at < options.Count; at += piece)
            {
                if (at + piece > options.Count) samples = samples[..((int)(options.Count - at) * T.Coordinates)];
                if (blocks.Run(at, samples).Status != RunStatus.Completed) return new(RunStatus.Cancelled, T.Coordinates, at, plan.Tape.Evaluations);
                consume(options.FirstSample + at, samples);
            }
            return new(RunStatus.Completed, T.Coordinates, options.Count, plan.Tape.Evaluations);
        }
    }
}
