using System.Runtime.CompilerServices;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>DPM-Solver-2 (the midpoint in λ) down to less noise than the next level has, then fresh noise up to it.</summary>
/// <remarks>
/// k-diffusion's dpm_2_ancestral and diffusers' KDPM2 ancestral in any process's coordinates. A splitting: of order 2 towards the marginal law, of order 1
/// as a solver of the reverse SDE. Two evaluations and one draw a step, one evaluation into σ = 0. Confused with DPM-Solver++(2S) ancestral, which
/// predicts data.
/// </remarks>
/// <param name="Eta">η_d ≥ 0, as in DDIM: per step, not the η of the reverse process. Where η_d²(1 − e^(−2h)) would exceed 1 all noise is new.</param>
public readonly record struct Dpm2Ancestral(double Eta = 1) : IDiffusionSolver<Dpm2Ancestral, AncestralStages>
{
    /// <summary>With η_d = 1.</summary>
    public Dpm2Ancestral() : this(1) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dpm-2-ancestral",
        Title = "DPM-Solver-2 ancestral",
        Reference = "k-diffusion, sample_dpm_2_ancestral",
        Orders = Orders.AtRate(Eta, new OrderClaim.Measured(2), new OrderClaim.Measured(1), new OrderClaim.Measured(1)),
        Marginal = new OrderClaim.Measured(2),
        EvaluationsPerStep = 2,
        NoiseSlots = Eta == 0 ? 0 : 1,
        Rate = Eta * Eta,
        WhenToUse = "to compare with results of other libraries; dpmpp-2s-ancestral is more stable",
        ConfusedWith = "dpmpp-2s-ancestral, the same in data prediction",
    };

    /// <inheritdoc/>
    public AncestralStages Plan(in StepWindow window) => AncestralStages.Of(window, Eta, data: false);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<AncestralStages> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        AncestralStages.Step(in step, x, ref model, ref noise);
}
