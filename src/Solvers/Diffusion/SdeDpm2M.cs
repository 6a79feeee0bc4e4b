using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>SDE-DPM-Solver-2M at any noise rate r: noise prediction with a line through the last two ε. Into σ = 0 it is the first-order step of data prediction.</summary>
/// <remarks>
/// Lu et al., 2211.01095, appendix on the SDE (r = 1; re-derived for any r: docs/derivations/dpm-solver.md). One evaluation and one draw a step; history:
/// one ε. At r = 0 it is DPM-Solver-2M. Confused with <see cref="DpmPlusPlus2MSde"/>, which integrates the linear term exactly.
/// </remarks>
/// <param name="Rate">r = η² ≥ 0 of the reverse process: 1 the reverse SDE, 0 the probability flow.</param>
/// <param name="Second">How a second-order step weighs the slope; the default is the authors'.</param>
public readonly record struct SdeDpm2M(double Rate = 1, SecondOrder Second = SecondOrder.Midpoint) : IDiffusionSolver<SdeDpm2M, DpmMultistep>
{
    /// <summary>With the rate 1 and the midpoint type.</summary>
    public SdeDpm2M() : this(1) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "sde-dpm-2m",
        Title = "SDE-DPM-Solver-2M",
        Reference = "Lu et al., 2211.01095, appendix on the SDE",
        Orders = Orders.AtRate(Rate, new OrderClaim.Measured(2), new OrderClaim.Measured(2), new OrderClaim.Measured(1)),
        HistoryDepth = 1,
        NoiseSlots = Rate == 0 ? 0 : 1,
        Rate = Rate,
        WhenToUse = "to compare predictions; dpmpp-2m-sde is more stable",
        ConfusedWith = "dpmpp-2m-sde, the same in data prediction",
    };

    /// <inheritdoc/>
    public DpmMultistep Plan(in StepWindow window) =>
        DpmMultistep.Of(window, ExponentialStep.OfNoise(window.From, window.To, Rate), 2, Second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<DpmMultistep> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        DpmMultistep.Step(in step, x, ref model, ref noise, ref history);
}
