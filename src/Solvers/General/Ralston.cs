using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.General;

/// <summary>Ralston's method in time: of all two-stage methods of second order the one with the least bound on its local error.</summary>
/// <remarks>
/// Ralston, Runge–Kutta Methods with Minimum Error Bounds, Math. Comp. 16 (1962): c₂ = ⅔, b = (¼, ¾). Two evaluations a step. Confused with Heun's
/// (c₂ = 1) and midpoint (c₂ = ½), the other members of the family.
/// </remarks>
public readonly record struct Ralston : IGeneralSolver<Ralston, Ralston.Coefficients>, IRungeKutta
{
    private static readonly ButcherTableau Entries = new("ralston", [0, 2.0 / 3], [[2.0 / 3]], [0.25, 0.75], 2);

    /// <inheritdoc/>
    public ButcherTableau Tableau => Entries;

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "ralston",
        Title = "Ralston in time",
        Reference = "Ralston, Math. Comp. 16 (1962)",
        Orders = Orders.OfFlow(new OrderClaim.Proven(2, "Ralston (1962)")),
        EvaluationsPerStep = 2,
        WhenToUse = "second order with the smallest error bound of two stages",
        ConfusedWith = "heun and midpoint, the other usual two-stage methods",
    };

    /// <inheritdoc/>
    public Coefficients Plan(in StepWindow window) => new(window.TimeStep, window.At(window.From.Time + 2.0 / 3 * window.TimeStep));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, W, TSde, TNoise>(in Transition<Coefficients> step, T x, ref TSde sde, ref TNoise noise, ref History<T> history)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TNoise : struct, INoise<W>
    {
        var (h, stage) = step.Plan;
        var k1 = T.Settle(sde.Drift(x, step.From));
        var k2 = sde.Drift(T.Settle(x + 2.0 / 3 * h * k1), stage);
        return x + 0.25 * h * k1 + 0.75 * h * k2;
    }

    /// <summary>h, and the level two thirds of the way.</summary>
    public readonly record struct Coefficients(double Step, Level Stage);
}
