using System.Runtime.CompilerServices;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>DPM-Solver++(2S) down to less noise than the next level has, then fresh noise up to it.</summary>
/// <remarks>
/// k-diffusion's dpmpp_2s_ancestral in any process's coordinates. A splitting: it moves the marginal law at order 2, but as a solver of the reverse SDE (the
/// law given the start, paths) it is of order 1. Two evaluations and one draw a step, one evaluation into σ = 0. Confused with DPM++ SDE
/// (<see cref="DpmPlusPlusSde"/>), which is of weak order 2.
/// </remarks>
/// <param name="Eta">η_d ≥ 0, as in DDIM: per step, not the η of the reverse process. Where η_d²(1 − e^(−2h)) would exceed 1 all noise is new.</param>
public readonly record struct DpmPlusPlus2SAncestral(double Eta = 1) : IDiffusionSolver<DpmPlusPlus2SAncestral, AncestralStages>
{
    /// <summary>With η_d = 1.</summary>
    public DpmPlusPlus2SAncestral() : this(1) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dpmpp-2s-ancestral",
        Title = "DPM-Solver++(2S) ancestral",
        Reference = "k-diffusion, sample_dpmpp_2s_ancestral",
        Orders = Orders.AtRate(Eta, new OrderClaim.Measured(2), new OrderClaim.Measured(1), new OrderClaim.Measured(1)),
        Marginal = new OrderClaim.Measured(2),
        EvaluationsPerStep = 2,
        NoiseSlots = Eta == 0 ? 0 : 1,
        Rate = Eta * Eta,
        WhenToUse = "stochastic samples when only the final distribution counts",
        ConfusedWith = "dpmpp-sde, whose noise enters between its two stages",
    };

    /// <inheritdoc/>
    public AncestralStages Plan(in StepWindow window) => AncestralStages.Of(window, Eta, data: true);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<AncestralStages> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        AncestralStages.Step(in step, x, ref model, ref noise);
}
