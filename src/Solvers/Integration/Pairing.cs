using ScoreSde.Sde.General;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.Integration;

/// <summary>Which solvers may walk which SDEs with which noise; asked before the first step.</summary>
internal static class Pairing
{
    public static void Check<T, W, TSde, TNoise>(ISolver solver, in TSde sde)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TNoise : struct, INoise<W>
    {
        if (sde.Calculus == Calculus.Deterministic) return;
        var card = solver.Card;
        if (card.NoiseSlots == 0)
            throw new ArgumentException($"{card.Name} is a method for ordinary differential equations; this SDE has noise ({sde.Calculus}): take a stochastic one, or η = 0");
        var noise = sde.Noise;
        // Where the noise is additive the two calculi agree.
        if (card.Calculus is { } supported && supported != sde.Calculus && noise != NoiseStructure.Additive)
            throw new ArgumentException($"{card.Name} is for {supported} SDEs; this one is {sde.Calculus}");
        if (noise < card.Noise)
            throw new ArgumentException($"{card.Name} is for {Name(card.Noise)} noise; that of {typeof(TSde).Name} is {Name(noise)}");
        if (card.Noise == NoiseStructure.Diagonal && noise == NoiseStructure.Diagonal && sde is not IDiagonalNoise<T, W>)
            throw new ArgumentException($"{card.Name} needs products of noises; {typeof(TSde).Name} says it has diagonal noise and is no {nameof(IDiagonalNoise<T, W>)}");
        if (card.NeedsMilstein && noise != NoiseStructure.Additive && sde is not IMilstein<T, W>)
            throw new ArgumentException($"{card.Name} needs Milstein's term; {typeof(TSde).Name} does not give it: take a derivative-free method");
        if (card.NeedsAreas && !TNoise.HasAreas)
            throw new ArgumentException($"{card.Name} needs space-time areas in the SDE's own time; {typeof(TNoise).Name} has none: take a Brownian path or independent noise");
    }

    private static string Name(NoiseStructure noise) => noise switch
    {
        NoiseStructure.Additive => "additive",
        NoiseStructure.Diagonal => "diagonal (or additive)",
        _ => "general",
    };

    /// <summary>
    /// General solvers ask for drift and diffusion, which are infinite where α = 0; and they step in time, in which a process with σ > 0 at its beginning never gets to
    /// σ = 0.
    /// </summary>
    public static void CheckFinite(ISolver solver, Walk walk)
    {
        if (walk.Moves[^1].To is { Sigma: 0 } clean && clean.Time < walk.Grid.Timeline.Start)
            throw new ArgumentException($"{solver.Card.Name} steps in time, and this process has noise left at its beginning: end with tweedie or consistent, or take a diffusion solver");
        foreach (ref readonly var level in walk.Moves.From)
            if (!double.IsFinite(level.Drift) || !double.IsFinite(level.DiffusionSquared))
                throw new ArgumentException($"{solver.Card.Name} asks for the drift in time, which is infinite at {level}: begin below, or take a diffusion solver");
    }
}
