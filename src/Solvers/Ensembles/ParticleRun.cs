using ScoreSde.Sde;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>
/// Many particles with an analytic score, sixteen to a vector, on all threads. The solver is found once a run, its coefficients are planned
/// once a grid, and a block of sixteen goes through its whole trajectory before the next begins.
/// </summary>
public static class ParticleRun
{
    /// <summary>Samples a data law by any solver; the fastest evaluator of its score is chosen.</summary>
    /// <exception cref="ArgumentException">No lanes for the law's dimension, or an impossible pairing.</exception>
    public static ParticleResult Run(ISolver solver, Walk walk, IDataLaw law, ParticleOptions options)
    {
        ArgumentNullException.ThrowIfNull(law);
        return law.Dimension switch
        {
            1 => ForLaw<Lanes1>(solver, walk, law, options),
            2 => ForLaw<Lanes2>(solver, walk, law, options),
            3 => ForLaw<Lanes3>(solver, walk, law, options),
            4 => ForLaw<Lanes4>(solver, walk, law, options),
            8 => ForLaw<Lanes8>(solver, walk, law, options),
            _ => throw new ArgumentException($"particles have 1, 2, 3, 4 or 8 coordinates; the law has {law.Dimension}", nameof(law)),
        };
    }

    /// <summary>Samples with any model on lanes.</summary>
    /// <exception cref="ArgumentException">The pairing is impossible; the message says what was given and what is supported.</exception>
    /// <exception cref="NumericalFailureException">A particle became non-finite.</exception>
    public static ParticleResult Run<T, TModel>(ISolver solver, Walk walk, TModel model, ParticleOptions options)
        where T : struct, ILanes<T> where TModel : struct, IScore<T>
    {
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentNullException.ThrowIfNull(walk);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Eta is not null && solver is IDiffusionSolver)
            throw new ArgumentException($"{solver.Card.Name} sets its stochasticity itself; η of the reverse process is for general solvers (euler-maruyama, …)");
        var deviation = options.Start.IsEmpty ? Sampler.Diffusion(walk).Prior.Deviation : double.NaN; // not asked where starts are given
        if (typeof(TModel) == typeof(LanesMixtureScore<T>))
            return Play<T, LanesMixtureScore<T>>(solver, walk, (LanesMixtureScore<T>)(object)model, deviation, options);
        return Play<T, EachBlockScore<T, TModel>>(solver, walk, new(model), deviation, options);
    }

    private static ParticleResult Play<T, TModel>(ISolver solver, Walk walk, TModel model, double deviation, ParticleOptions options)
        where T : struct, ILanes<T> where TModel : struct, IBlockScore<T> =>
        Blocks.Run<T, TModel>(TapeOfSolver.Record(solver, walk, model.Output, options.Eta, level => model.Shares(in level)), model, deviation, options);

    private static ParticleResult ForLaw<T>(ISolver solver, Walk walk, IDataLaw law, ParticleOptions options) where T : struct, ILanes<T>
    {
        switch (law)
        {
            case GaussianMixture { SharedVariance: { } variance } mixture:
                return Run<T, LanesMixtureScore<T>>(solver, walk, new(Means(mixture), variance, mixture.Weights), options);
            case GaussianMixture mixture when IsIsotropic(mixture):
                return Run<T, LanesUnequalMixtureScore<T>>(solver, walk, new(Means(mixture), Variances(mixture), mixture.Weights), options);
            case Gaussian { IsIsotropic: true } gaussian:
                return Run<T, LanesGaussianScore<T>>(solver, walk, new(gaussian.Mean, gaussian.Eigenvalues), options);
            default:
                return Run<T, LanesLawScore<T>>(solver, walk, new(law), options);
        }
    }

    private static double[] Means(GaussianMixture mixture)
    {
        var means = new List<double>();
        foreach (var mean in mixture.Means) means.AddRange(mean);
        return [.. means];
    }

    private static bool IsIsotropic(GaussianMixture mixture)
    {
        foreach (var component in mixture.Components)
            if (!component.IsIsotropic) return false;
        return true;
    }

    private static double[] Variances(GaussianMixture mixture)
    {
        var variances = new double[mixture.Components.Length];
        for (var k = 0; k < variances.Length; k++) variances[k] = mixture.Components[k].Eigenvalues[0];
        return variances;
    }
}
