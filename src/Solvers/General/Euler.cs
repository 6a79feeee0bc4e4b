using System.Runtime.CompilerServices;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.General;

/// <summary>Euler's method in time. On the probability flow it is first order and needs many small steps near the data.</summary>
/// <remarks>Song et al., 2011.13456, eq. 13 for the flow. One evaluation a step. Confused with DDIM, which is Euler in σ/α and much better.</remarks>
public readonly record struct Euler : IGeneralSolver<Euler, double>
{
    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "euler",
        Title = "Euler in time",
        Reference = "Hairer, Nørsett and Wanner, Solving ODEs I, section I.7",
        Orders = Orders.OfFlow(new OrderClaim.Proven(1, "Hairer, Nørsett and Wanner, section I.7")),
        WhenToUse = "the reference for the probability flow in time; DDIM is the better first-order method",
        ConfusedWith = "ddim, which is Euler in sigma/alpha",
    };

    /// <inheritdoc/>
    public double Plan(in StepWindow window) => window.TimeStep;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, W, TSde, TNoise>(in Transition<double> step, T x, ref TSde sde, ref TNoise noise, ref History<T> history)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TNoise : struct, INoise<W> =>
        x + step.Plan * sde.Drift(x, step.From);
}
