using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>
/// SDE-DPM-Solver-1 at any noise rate r, ε held over the step: x' = (α'/α) x − (1 + r) σ'(e^h − 1) ε + σ'√(r(e^(2h) − 1)) ξ. Into σ = 0 it is the step of
/// data prediction.
/// </summary>
/// <remarks>
/// Lu et al., 2211.01095, appendix on the SDE (r = 1; re-derived for any r: docs/derivations/dpm-solver.md). Weak and strong order 1; one evaluation and
/// one draw a step. At r = 0 it is DDIM. Confused with SDE-DPM-Solver++ of order 1, which is DDPM's step and exact for one-point data; this one puts
/// in more noise than fits where h is large, and is for small steps.
/// </remarks>
/// <param name="Rate">r = η² ≥ 0 of the reverse process: 1 the reverse SDE, 0 the probability flow.</param>
public readonly record struct SdeDpm1(double Rate = 1) : IDiffusionSolver<SdeDpm1, DpmMultistep>
{
    /// <summary>With the rate 1.</summary>
    public SdeDpm1() : this(1) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "sde-dpm-1",
        Title = "SDE-DPM-Solver-1",
        Reference = "Lu et al., 2211.01095, appendix on the SDE",
        Orders = Orders.AtRate(Rate, new OrderClaim.Measured(1), new OrderClaim.Measured(1), new OrderClaim.Measured(1)),
        NoiseSlots = Rate == 0 ? 0 : 1,
        Rate = Rate,
        WhenToUse = "to compare predictions; ddpm is better at every step size",
        ConfusedWith = "ddpm, the same in data prediction",
    };

    /// <inheritdoc/>
    public DpmMultistep Plan(in StepWindow window) =>
        DpmMultistep.Of(window, ExponentialStep.OfNoise(window.From, window.To, Rate), 1, SecondOrder.Midpoint);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<DpmMultistep> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        DpmMultistep.Step(in step, x, ref model, ref noise, ref history);
}
