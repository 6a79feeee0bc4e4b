using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>SDE-DPM-Solver-3M at any noise rate r: noise prediction with the parabola through the last three ε. Into σ = 0 it is the first-order step of data prediction.</summary>
/// <remarks>
/// As <see cref="SdeDpm2M"/> with one more output (derived in docs/derivations/dpm-solver.md). One evaluation and one draw a step; history: two ε. At r = 0
/// it is DPM-Solver-3M. Confused with <see cref="DpmPlusPlus3MSde"/>.
/// </remarks>
/// <param name="Rate">r = η² ≥ 0 of the reverse process: 1 the reverse SDE, 0 the probability flow.</param>
/// <param name="Second">How the second-order steps of the start and the end weigh the slope; the third-order ones do not change.</param>
public readonly record struct SdeDpm3M(double Rate = 1, SecondOrder Second = SecondOrder.Midpoint) : IDiffusionSolver<SdeDpm3M, DpmMultistep>
{
    /// <summary>With the rate 1 and the midpoint type.</summary>
    public SdeDpm3M() : this(1) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "sde-dpm-3m",
        Title = "SDE-DPM-Solver-3M",
        Reference = "Lu et al., 2211.01095, appendix on the SDE; second difference re-derived",
        Orders = Orders.AtRate(Rate, new OrderClaim.Measured(3), new OrderClaim.Measured(2), new OrderClaim.Measured(1)),
        HistoryDepth = 2,
        NoiseSlots = Rate == 0 ? 0 : 1,
        Rate = Rate,
        WhenToUse = "to compare predictions; dpmpp-3m-sde is more stable",
        ConfusedWith = "dpmpp-3m-sde, the same in data prediction",
    };

    /// <inheritdoc/>
    public DpmMultistep Plan(in StepWindow window) =>
        DpmMultistep.Of(window, ExponentialStep.OfNoise(window.From, window.To, Rate), 3, Second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<DpmMultistep> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        DpmMultistep.Step(in step, x, ref model, ref noise, ref history);
}
