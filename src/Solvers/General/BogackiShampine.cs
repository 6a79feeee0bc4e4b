using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Integration.Adaptive;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.General;

/// <summary>The Bogacki–Shampine pair of order 3(2) in time: the pair for loose tolerances.</summary>
/// <remarks>
/// Bogacki and Shampine, A 3(2) Pair of Runge–Kutta Formulas, Appl. Math. Lett. 2 (1989). Three evaluations a step; with an error estimate a fourth, which
/// the next step reuses. Dense output by the cubic Hermite polynomial. Confused with heun-3, which has no error estimate.
/// </remarks>
public readonly record struct BogackiShampine : IGeneralSolver<BogackiShampine, StagePlan<StageLevels.Two>>, IEmbeddedPair
{
    private static readonly ButcherTableau Entries = new(
        "bogacki-shampine", [0, 0.5, 0.75, 1], [[0.5], [0, 0.75], [2.0 / 9, 1.0 / 3, 4.0 / 9]], [2.0 / 9, 1.0 / 3, 4.0 / 9, 0], 3,
        [7.0 / 24, 0.25, 1.0 / 3, 0.125], 2);

    private static readonly Interpolant Dense = Interpolant.Hermite(Entries);

    /// <inheritdoc/>
    public ButcherTableau Tableau => Entries;

    /// <inheritdoc/>
    public Interpolant Interpolant => Dense;

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "bogacki-shampine",
        Title = "Bogacki–Shampine 3(2) in time",
        Reference = "Bogacki and Shampine, Appl. Math. Lett. 2 (1989)",
        Orders = Orders.OfFlow(new OrderClaim.Proven(3, "Bogacki and Shampine (1989)")),
        EvaluationsPerStep = 3,
        WhenToUse = "adaptive steps at tolerances above 1e-4; fixed steps as heun-3",
        ConfusedWith = "heun-3, without an error estimate",
    };

    /// <inheritdoc/>
    public StagePlan<StageLevels.Two> Plan(in StepWindow window) => RungeKutta.Plan<StageLevels.Two>(Entries, window);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, W, TSde, TNoise>(in Transition<StagePlan<StageLevels.Two>> step, T x, ref TSde sde, ref TNoise noise, ref History<T> history)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TNoise : struct, INoise<W> =>
        RungeKutta.Step<T, W, TSde, StageLevels.Two>(Entries, in step, x, ref sde);
}
