using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.General;

/// <summary>Heun's method of third order in time: slopes at 0, ⅓ and ⅔ of the step, weights ¼, 0, ¾.</summary>
/// <remarks>Hairer, Nørsett and Wanner, Solving ODEs I, table II.1.1. Three evaluations a step. Confused with Heun's method of second order.</remarks>
public readonly record struct HeunThree : IGeneralSolver<HeunThree, HeunThree.Coefficients>, IRungeKutta
{
    private static readonly ButcherTableau Entries = new("heun-3", [0, 1.0 / 3, 2.0 / 3], [[1.0 / 3], [0, 2.0 / 3]], [0.25, 0, 0.75], 3);

    /// <inheritdoc/>
    public ButcherTableau Tableau => Entries;

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "heun-3",
        Title = "Heun of third order in time",
        Reference = "Hairer, Nørsett and Wanner, Solving ODEs I, table II.1.1",
        Orders = Orders.OfFlow(new OrderClaim.Proven(3, "Hairer, Nørsett and Wanner, table II.1.1")),
        EvaluationsPerStep = 3,
        WhenToUse = "smooth ODEs in time at three evaluations a step",
        ConfusedWith = "heun, of second order",
    };

    /// <inheritdoc/>
    public Coefficients Plan(in StepWindow window)
    {
        var (t, h) = (window.From.Time, window.TimeStep);
        return new(h, window.At(t + 1.0 / 3 * h), window.At(t + 2.0 / 3 * h));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, W, TSde, TNoise>(in Transition<Coefficients> step, T x, ref TSde sde, ref TNoise noise, ref History<T> history)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TNoise : struct, INoise<W>
    {
        var (h, first, second) = step.Plan;
        var k1 = T.Settle(sde.Drift(x, step.From));
        var k2 = sde.Drift(T.Settle(x + 1.0 / 3 * h * k1), first);
        var k3 = sde.Drift(T.Settle(x + 2.0 / 3 * h * k2), second);
        return x + 0.25 * h * k1 + 0.75 * h * k3;
    }

    /// <summary>h, and the levels one and two thirds of the way.</summary>
    public readonly record struct Coefficients(double Step, Level First, Level Second);
}
