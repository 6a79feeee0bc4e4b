using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>SDE-DPM-Solver++(3M) as in k-diffusion: the parabola's bend is taken by half.</summary>
/// <remarks>
/// For parity with other libraries only; see <see cref="DpmPlusPlus3MSde"/>. Order 2 without noise. One evaluation and one draw a step; history: two
/// denoised states.
/// </remarks>
/// <param name="Rate">r = η² ≥ 0 of the reverse process: 1 the reverse SDE, 0 the probability flow.</param>
/// <param name="Second">How the second-order steps of the start and the end weigh the slope; the third-order ones do not change.</param>
public readonly record struct DpmPlusPlus3MSdeLegacy(double Rate = 1, SecondOrder Second = SecondOrder.Midpoint) : IDiffusionSolver<DpmPlusPlus3MSdeLegacy, DpmMultistep>
{
    /// <summary>With the rate 1 and the midpoint type.</summary>
    public DpmPlusPlus3MSdeLegacy() : this(1) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dpmpp-3m-sde-legacy",
        Title = "SDE-DPM-Solver++(3M) as published",
        Reference = "k-diffusion, sample_dpmpp_3m_sde",
        Orders = Orders.AtRate(Rate, new OrderClaim.Measured(2), new OrderClaim.Measured(2), new OrderClaim.Measured(1)),
        HistoryDepth = 2,
        Keeps = Parametrisation.Denoised,
        NoiseSlots = Rate == 0 ? 0 : 1,
        Rate = Rate,
        WhenToUse = "to repeat results of other libraries",
        ConfusedWith = "dpmpp-3m-sde, which has the whole second difference",
    };

    /// <inheritdoc/>
    public DpmMultistep Plan(in StepWindow window) =>
        DpmMultistep.Of(window, ExponentialStep.OfData(window.From, window.To, Rate), 3, Second, halved: true);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<DpmMultistep> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        DpmMultistep.Step(in step, x, ref model, ref noise, ref history);
}
