using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Integration.Adaptive;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.General;

/// <summary>Fehlberg's pair of order 2(1) in time, RKF1(2) run at its higher order.</summary>
/// <remarks>
/// Fehlberg, Low-order classical Runge–Kutta formulas with stepsize control, NASA TR R-315 (1969), table for RK1(2), with local extrapolation. Three
/// evaluations a step. Dense output by the cubic Hermite polynomial. Confused with RKF4(5), which is what "Fehlberg" means elsewhere.
/// </remarks>
public readonly record struct FehlbergTwo : IGeneralSolver<FehlbergTwo, StagePlan<StageLevels.Two>>, IEmbeddedPair
{
    private static readonly ButcherTableau Entries = new(
        "fehlberg-2", [0, 0.5, 1], [[0.5], [1.0 / 256, 255.0 / 256]], [1.0 / 512, 255.0 / 256, 1.0 / 512], 2,
        [1.0 / 256, 255.0 / 256, 0], 1);

    private static readonly Interpolant Dense = Interpolant.Hermite(Entries);

    /// <inheritdoc/>
    public ButcherTableau Tableau => Entries;

    /// <inheritdoc/>
    public Interpolant Interpolant => Dense;

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "fehlberg-2",
        Title = "Fehlberg 2(1) in time",
        Reference = "Fehlberg, NASA TR R-315 (1969)",
        Orders = new Orders(
            new OrderClaim.Proven(2, "Fehlberg (1969); order conditions are checked"),
            new OrderClaim.None("deterministic"),
            new OrderClaim.None("deterministic")),
        EvaluationsPerStep = 3,
        WhenToUse = "comparison with libraries that have it; bogacki-shampine costs the same and has an order more",
        ConfusedWith = "Fehlberg's 4(5) pair",
    };

    /// <inheritdoc/>
    public StagePlan<StageLevels.Two> Plan(in StepWindow window) => RungeKutta.Plan<StageLevels.Two>(Entries, window);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, W, TSde, TNoise>(in Transition<StagePlan<StageLevels.Two>> step, T x, ref TSde sde, ref TNoise noise, ref History<T> history)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TNoise : struct, INoise<W> =>
        RungeKutta.Step<T, W, TSde, StageLevels.Two>(Entries, in step, x, ref sde);
}
