using ScoreSde.Sde;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>Makes plans. A walk remembers the last one made for it: runs that differ in seeds and counts only are planned once.</summary>
internal static class ParticlePlans
{
    /// <summary>The plan of a law, with the fastest evaluator of its score.</summary>
    /// <exception cref="ArgumentException">No lanes for the law's dimension, or an impossible pairing.</exception>
    public static TResult Of<TResult, TUser>(ISolver solver, Walk walk, IDataLaw law, ParticleOptions options, TUser user) where TUser : IParticlePlanUser<TResult>
    {
        ArgumentNullException.ThrowIfNull(law);
        return law.Dimension switch
        {
            1 => ForLaw<Lanes1, TResult, TUser>(solver, walk, law, options, user),
            2 => ForLaw<Lanes2, TResult, TUser>(solver, walk, law, options, user),
            3 => ForLaw<Lanes3, TResult, TUser>(solver, walk, law, options, user),
            4 => ForLaw<Lanes4, TResult, TUser>(solver, walk, law, options, user),
            8 => ForLaw<Lanes8, TResult, TUser>(solver, walk, law, options, user),
            _ => throw new ArgumentException($"particles have 1, 2, 3, 4 or 8 coordinates; the law has {law.Dimension}", nameof(law)),
        };
    }

    /// <summary>The plan of any model on lanes.</summary>
    /// <exception cref="ArgumentException">The pairing is impossible; the message says what was given and what is supported.</exception>
    public static TResult Of<T, TModel, TResult, TUser>(ISolver solver, Walk walk, Func<TModel> model, object? law, ParticleOptions options, TUser user)
        where T : struct, ILanes<T> where TModel : struct, IBlockScore<T> where TUser : IParticlePlanUser<TResult>
    {
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentNullException.ThrowIfNull(walk);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Eta is not null && solver is IDiffusionSolver)
            throw new ArgumentException($"{solver.Card.Name} sets its stochasticity itself; η of the reverse process is for general solvers (euler-maruyama, …)");
        var deviation = walk.Grid.Timeline is ForwardSde || options.Start.IsEmpty ? Integration.Sampler.Diffusion(walk).Prior.Deviation : double.NaN; // not asked where starts are given
        if (law is not null && walk.Remembered is Last { Plan: ParticlePlan<T, TModel> plan } last
            && ReferenceEquals(last.Law, law) && last.Eta == options.Eta && last.Solver.Equals(solver)) return user.Use(plan);
        var made = model();
        plan = new ParticlePlan<T, TModel>(TapeOfSolver.Record(solver, walk, made.Output, options.Eta, (in level) => made.Shares(in level)), made, deviation);
        if (law is not null) walk.Remembered = new Last(solver, law, options.Eta, plan);
        return user.Use(plan);
    }

    private static TResult ForLaw<T, TResult, TUser>(ISolver solver, Walk walk, IDataLaw law, ParticleOptions options, TUser user)
        where T : struct, ILanes<T> where TUser : IParticlePlanUser<TResult>
    {
        switch (law)
        {
            case GaussianMixture { SharedVariance: { } variance } mixture:
                return Of<T, LanesMixtureScore<T>, TResult, TUser>(solver, walk, () => new(Means(mixture), variance, mixture.Weights), law, options, user);
            case GaussianMixture mixture when IsIsotropic(mixture):
                return Of<T, EachBlockScore<T, LanesUnequalMixtureScore<T>>, TResult, TUser>(
                    solver, walk, () => new(new(Means(mixture), Variances(mixture), mixture.Weights)), law, options, user);
            case Gaussian { IsIsotropic: true } gaussian:
                return Of<T, EachBlockScore<T, LanesGaussianScore<T>>, TResult, TUser>(solver, walk, () => new(new(gaussian.Mean, gaussian.Eigenvalues)), law, options, user);
            default:
                return Of<T, EachBlockScore<T, LanesLawScore<T>>, TResult, TUser>(solver, walk, () => new(new(law)), law, options, user);
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

    private sealed record Last(ISolver Solver, object Law, double? Eta, object Plan);
}
