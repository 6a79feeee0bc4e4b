using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>DPM-Solver-3M as in the authors' program: the parabola's bend is taken by half. Order 2.</summary>
/// <remarks>For parity with other libraries only; see <see cref="Dpm3M"/>. One evaluation a step; history: two ε.</remarks>
/// <param name="Second">How the second-order steps of the start and the end weigh the slope; the third-order ones do not change.</param>
public readonly record struct Dpm3MLegacy(SecondOrder Second = SecondOrder.Midpoint) : IDiffusionSolver<Dpm3MLegacy, DpmMultistep>
{
    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dpm-3m-legacy",
        Title = "DPM-Solver-3M as published",
        Reference = "Lu et al., 2206.00927, the authors' program",
        Orders = Orders.OfFlow(new OrderClaim.Measured(2)),
        HistoryDepth = 2,
        WhenToUse = "to repeat results of other libraries",
        ConfusedWith = "dpm-3m, which is of order 3",
    };

    /// <inheritdoc/>
    public DpmMultistep Plan(in StepWindow window) =>
        DpmMultistep.Of(window, ExponentialStep.OfNoise(window.From, window.To), 3, Second, halved: true);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<DpmMultistep> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        DpmMultistep.Step(in step, x, ref model, ref noise, ref history);
}
