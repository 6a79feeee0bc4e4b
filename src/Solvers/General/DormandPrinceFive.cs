using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Integration.Adaptive;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.General;

/// <summary>The Dormand–Prince pair of order 5(4) in time: dopri5, RK45, ode45.</summary>
/// <remarks>
/// Dormand and Prince, A family of embedded Runge–Kutta formulae, J. Comput. Appl. Math. 6 (1980); Hairer, Nørsett and Wanner, Solving ODEs I, table
/// II.5.2. Six evaluations a step; with an error estimate a seventh, which the next step reuses. Dense output: the quartic through Shampine's middle value
/// (Some practical Runge–Kutta formulas, Math. Comp. 46 (1986)). Confused with Fehlberg's 4(5) pair, which carries on its lower order.
/// </remarks>
public readonly record struct DormandPrinceFive : IGeneralSolver<DormandPrinceFive, StagePlan<StageLevels.Five>>, IEmbeddedPair
{
    private static readonly ButcherTableau Entries = new(
        "dormand-prince-5",
        [0, 0.2, 0.3, 0.8, 8.0 / 9, 1, 1],
        [
            [0.2],
            [3.0 / 40, 9.0 / 40],
            [44.0 / 45, -56.0 / 15, 32.0 / 9],
            [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
            [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
            [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
        ],
        [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84, 0], 5,
        [5179.0 / 57600, 0, 7571.0 / 16695, 393.0 / 640, -92097.0 / 339200, 187.0 / 2100, 1.0 / 40], 4);

    private static readonly Interpolant Dense = Interpolant.ThroughMiddle(
        Entries,
        [
            6025192743 / 60171106304.0, 0, 51252292925 / 130801643196.0, -2691868925 / 90256659456.0,
            187940372067 / 3189068634112.0, -1776094331 / 39487288512.0, 11237099 / 470086768.0,
        ],
        4);

    /// <inheritdoc/>
    public ButcherTableau Tableau => Entries;

    /// <inheritdoc/>
    public Interpolant Interpolant => Dense;

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dormand-prince-5",
        Title = "Dormand–Prince 5(4) in time",
        Reference = "Dormand and Prince, J. Comput. Appl. Math. 6 (1980)",
        Orders = Orders.OfFlow(new OrderClaim.Proven(5, "Dormand and Prince (1980)")),
        EvaluationsPerStep = 6,
        WhenToUse = "adaptive steps at tolerances 1e-4 to 1e-8",
        ConfusedWith = "Fehlberg's 4(5) pair and tsitouras-5",
    };

    /// <inheritdoc/>
    public StagePlan<StageLevels.Five> Plan(in StepWindow window) => RungeKutta.Plan<StageLevels.Five>(Entries, window);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, W, TSde, TNoise>(in Transition<StagePlan<StageLevels.Five>> step, T x, ref TSde sde, ref TNoise noise, ref History<T> history)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TNoise : struct, INoise<W> =>
        RungeKutta.Step<T, W, TSde, StageLevels.Five>(Entries, in step, x, ref sde);
}
