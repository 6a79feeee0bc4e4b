using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>SDE-DPM-Solver++(3M) at any noise rate r: the parabola through the last three denoised states, exactly weighed, and exact noise.</summary>
/// <remarks>
/// As <see cref="DpmPlusPlus2MSde"/> with one more output, and with the whole second difference where the published programs take half
/// (<see cref="DpmPlusPlus3MSdeLegacy"/>; docs/derivations/dpm-solver.md). Order 3 without noise from a refined start; with noise the weak order is 2,
/// since the outputs differ by √h of noise, and the strong order 1. One evaluation and one draw a step; history: two denoised states.
/// </remarks>
/// <param name="Rate">r = η² ≥ 0 of the reverse process: 1 the reverse SDE, 0 the probability flow.</param>
/// <param name="Second">How the second-order steps of the start and the end weigh the slope; the third-order ones do not change.</param>
public readonly record struct DpmPlusPlus3MSde(double Rate = 1, SecondOrder Second = SecondOrder.Midpoint) : IDiffusionSolver<DpmPlusPlus3MSde, DpmMultistep>
{
    /// <summary>With the rate 1 and the midpoint type.</summary>
    public DpmPlusPlus3MSde() : this(1) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dpmpp-3m-sde",
        Title = "SDE-DPM-Solver++(3M)",
        Reference = "Lu et al., 2211.01095, appendix on the SDE; second difference re-derived",
        Orders = Orders.AtRate(Rate, new OrderClaim.Measured(3), new OrderClaim.Measured(2), new OrderClaim.Measured(1)),
        HistoryDepth = 2,
        Keeps = Parametrisation.Denoised,
        NoiseSlots = Rate == 0 ? 0 : 1,
        Rate = Rate,
        WhenToUse = "stochastic samples of smooth models with 20 to 50 steps",
        ConfusedWith = "dpmpp-3m-sde-legacy, the published formula",
    };

    /// <inheritdoc/>
    public DpmMultistep Plan(in StepWindow window) =>
        DpmMultistep.Of(window, ExponentialStep.OfData(window.From, window.To, Rate), 3, Second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<DpmMultistep> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        DpmMultistep.Step(in step, x, ref model, ref noise, ref history);
}
