using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.General;

/// <summary>The 3/8 rule of Kutta in time: Newton's three-eighths quadrature as a Runge–Kutta method. Fourth order, smaller error terms than rk4.</summary>
/// <remarks>
/// Hairer, Nørsett and Wanner, Solving ODEs I, table II.1.2 (right). Four evaluations a step. What torchdiffeq runs under the name rk4; confused with the
/// classical <see cref="RungeKuttaFour"/>.
/// </remarks>
public readonly record struct RungeKuttaThreeEighths : IGeneralSolver<RungeKuttaThreeEighths, RungeKuttaThreeEighths.Coefficients>, IRungeKutta
{
    private static readonly ButcherTableau Entries = new(
        "rk4-three-eighths", [0, 1.0 / 3, 2.0 / 3, 1], [[1.0 / 3], [-1.0 / 3, 1], [1, -1, 1]], [0.125, 0.375, 0.375, 0.125], 4);

    /// <inheritdoc/>
    public ButcherTableau Tableau => Entries;

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "rk4-three-eighths",
        Title = "3/8 rule in time",
        Reference = "Hairer, Nørsett and Wanner, Solving ODEs I, table II.1.2",
        Orders = Orders.OfFlow(new OrderClaim.Proven(4, "Hairer, Nørsett and Wanner, section II.1")),
        EvaluationsPerStep = 4,
        WhenToUse = "as rk4, with somewhat smaller errors",
        ConfusedWith = "rk4, the classical method",
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
        return Step<T, W, TSde>(h, first, second, step.To, x, T.Settle(sde.Drift(x, step.From)), ref sde);
    }

    /// <summary>The step from a first slope already known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Step<T, W, TSde>(double h, in Level first, in Level second, in Level to, T x, T k1, ref TSde sde)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W>
    {
        var k2 = T.Settle(sde.Drift(T.Settle(x + 1.0 / 3 * h * k1), first));
        var k3 = T.Settle(sde.Drift(T.Settle(x + h * (k2 - 1.0 / 3 * k1)), second));
        var k4 = sde.Drift(T.Settle(x + h * (k1 - k2 + k3)), to);
        return x + 0.125 * h * (k1 + k4) + 0.375 * h * (k2 + k3);
    }

    /// <summary>h, and the levels one and two thirds of the way.</summary>
    public readonly record struct Coefficients(double Step, Level First, Level Second);
}
