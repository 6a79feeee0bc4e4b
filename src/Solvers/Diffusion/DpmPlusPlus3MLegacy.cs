using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>DPM-Solver++(3M) as published in the authors' program and in those that follow it: the parabola's bend is taken by half. Order 2.</summary>
/// <remarks>
/// For parity with other libraries only: (D1_0 − D1_1)/(r0 + r1) is half of the second derivative that the weight belongs to
/// (docs/derivations/dpm-solver.md). One evaluation a step; history: two denoised states. Confused with <see cref="DpmPlusPlus3M"/>, which is of order 3.
/// </remarks>
/// <param name="Second">How the second-order steps of the start and the end weigh the slope; the third-order ones do not change.</param>
public readonly record struct DpmPlusPlus3MLegacy(SecondOrder Second = SecondOrder.Midpoint) : IDiffusionSolver<DpmPlusPlus3MLegacy, DpmMultistep>
{
    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dpmpp-3m-legacy",
        Title = "DPM-Solver++(3M) as published",
        Reference = "Lu et al., 2211.01095, the authors' program",
        Orders = Orders.OfFlow(new OrderClaim.Measured(2)),
        HistoryDepth = 2,
        Keeps = Parametrisation.Denoised,
        WhenToUse = "to repeat results of other libraries",
        ConfusedWith = "dpmpp-3m, which is of order 3",
    };

    /// <inheritdoc/>
    public DpmMultistep Plan(in StepWindow window) =>
        DpmMultistep.Of(window, ExponentialStep.OfData(window.From, window.To), 3, Second, halved: true);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<DpmMultistep> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        DpmMultistep.Step(in step, x, ref model, ref noise, ref history);
}
