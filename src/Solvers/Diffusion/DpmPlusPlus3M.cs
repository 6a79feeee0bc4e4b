using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>DPM-Solver++(3M): data prediction with the parabola through the last three denoised states, exactly weighed. Order 3.</summary>
/// <remarks>
/// Lu et al., 2211.01095, appendix on multistep third order, with the second difference 2(D1_0 − D1_1)/(r0 + r1) that a parabola has: the published
/// programs take half of it and are of order 2 (<see cref="DpmPlusPlus3MLegacy"/>; derived in docs/derivations/dpm-solver.md). One evaluation a step;
/// history: two denoised states. The ramp of orders 1, 2, 3 at the start leaves a global error of order 2; a refined start keeps order 3.
/// </remarks>
/// <param name="Second">How the second-order steps of the start and the end weigh the slope; the third-order ones do not change.</param>
public readonly record struct DpmPlusPlus3M(SecondOrder Second = SecondOrder.Midpoint) : IDiffusionSolver<DpmPlusPlus3M, DpmMultistep>
{
    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dpmpp-3m",
        Title = "DPM-Solver++(3M)",
        Reference = "Lu et al., 2211.01095; second difference re-derived",
        Orders = new Orders(
            new OrderClaim.Proven(3, "exponential Adams-Bashforth: Calvo and Palencia, Numer. Math. 102 (2006); Hochbruck and Ostermann, Acta Numerica 2010, section 2.5"),
            new OrderClaim.None("deterministic"),
            new OrderClaim.None("deterministic")),
        HistoryDepth = 2,
        Keeps = Parametrisation.Denoised,
        WhenToUse = "smooth models without strong guidance, 15 steps and more",
        ConfusedWith = "dpmpp-3m-legacy, the published formula of order 2",
    };

    /// <inheritdoc/>
    public DpmMultistep Plan(in StepWindow window) =>
        DpmMultistep.Of(window, ExponentialStep.OfData(window.From, window.To), 3, Second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<DpmMultistep> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> =>
        DpmMultistep.Step(in step, x, ref model, ref noise, ref history);
}
