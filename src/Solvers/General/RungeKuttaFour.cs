using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.General;

/// <summary>"The" Runge–Kutta method in time: Simpson's rule with two slopes in the middle. Fourth order.</summary>
/// <remarks>
/// Hairer, Nørsett and Wanner, Solving ODEs I, table II.1.2 (left). Four evaluations a step. Confused with the 3/8 rule, which torchdiffeq calls rk4
/// (<see cref="RungeKuttaThreeEighths"/>).
/// </remarks>
public readonly record struct RungeKuttaFour : IGeneralSolver<RungeKuttaFour, RungeKuttaFour.Coefficients>, IRungeKutta
{
    private static readonly ButcherTableau Entries = new(
        "rk4", [0, 0.5, 0.5, 1], [[0.5], [0, 0.5], [0, 0, 1]], [1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6], 4);

    /// <inheritdoc/>
    public ButcherTableau Tableau => Entries;

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "rk4",
        Title = "Runge–Kutta of fourth order in time",
        Reference = "Hairer, Nørsett and Wanner, Solving ODEs I, table II.1.2",
        Orders = Orders.OfFlow(new OrderClaim.Proven(4, "Hairer, Nørsett and Wanner, section II.1")),
        EvaluationsPerStep = 4,
        WhenToUse = "smooth ODEs in time at moderate accuracy, fixed steps",
        ConfusedWith = "rk4-three-eighths, which torchdiffeq calls rk4",
    };

    /// <inheritdoc/>
    public Coefficients Plan(in StepWindow window) => new(window.TimeStep, window.At(window.From.Time + 0.5 * window.TimeStep));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, W, TSde, TNoise>(in Transition<Coefficients> step, T x, ref TSde sde, ref TNoise noise, ref History<T> history)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TNoise : struct, INoise<W>
    {
        var (h, middle) = step.Plan;
        var k1 = T.Settle(sde.Drift(x, step.From));
        var k2 = T.Settle(sde.Drift(T.Settle(x + 0.5 * h * k1), middle));
        var k3 = T.Settle(sde.Drift(T.Settle(x + 0.5 * h * k2), middle));
        var k4 = sde.Drift(T.Settle(x + h * k3), step.To);
        return x + h / 6 * (k1 + k4) + h / 3 * (k2 + k3);
    }

    /// <summary>h, and the level half way.</summary>
    public readonly record struct Coefficients(double Step, Level Middle);
}
