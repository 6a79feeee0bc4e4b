using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.General;

/// <summary>The explicit midpoint method in time (Runge's): Euler to the middle, then a whole step with the slope found there. Second order.</summary>
/// <remarks>Hairer, Nørsett and Wanner, Solving ODEs I, section II.1, eq. 1.4. Two evaluations a step. Confused with the implicit midpoint rule.</remarks>
public readonly record struct Midpoint : IGeneralSolver<Midpoint, Midpoint.Coefficients>, IRungeKutta
{
    private static readonly ButcherTableau Entries = new("midpoint", [0, 0.5], [[0.5]], [0, 1], 2);

    /// <inheritdoc/>
    public ButcherTableau Tableau => Entries;

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "midpoint",
        Title = "Explicit midpoint in time",
        Reference = "Hairer, Nørsett and Wanner, Solving ODEs I, eq. II.1.4",
        Orders = Orders.OfFlow(new OrderClaim.Proven(2, "Hairer, Nørsett and Wanner, section II.1")),
        EvaluationsPerStep = 2,
        WhenToUse = "smooth ODEs in time where the end of a step must not be evaluated",
        ConfusedWith = "heun, which averages the slopes at both ends",
    };

    /// <inheritdoc/>
    public Coefficients Plan(in StepWindow window) => new(window.TimeStep, window.At(window.From.Time + 0.5 * window.TimeStep));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, W, TSde, TNoise>(in Transition<Coefficients> step, T x, ref TSde sde, ref TNoise noise, ref History<T> history)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TNoise : struct, INoise<W>
    {
        var (h, middle) = step.Plan;
        var k1 = sde.Drift(x, step.From);
        var k2 = sde.Drift(T.Settle(x + 0.5 * h * k1), middle);
        return x + h * k2;
    }

    /// <summary>h, and the level half way.</summary>
    public readonly record struct Coefficients(double Step, Level Middle);
}
