using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Integration.Adaptive;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.General;

/// <summary>Tsitouras's pair of order 5(4) in time: one simplifying assumption less than Dormand and Prince, smaller error terms at the same cost.</summary>
/// <remarks>
/// Tsitouras, Runge–Kutta pairs of order 5(4) satisfying only the first column simplifying assumption, Comput. Math. Appl. 62 (2011). Six evaluations a
/// step; with an error estimate a seventh, which the next step reuses. Dense output: his quartic, given by its middle value. Confused with
/// dormand-prince-5.
/// </remarks>
public readonly record struct TsitourasFive : IGeneralSolver<TsitourasFive, StagePlan<StageLevels.Five>>, IEmbeddedPair
{
    private static readonly ButcherTableau Entries = new(
        "tsitouras-5",
        [0, 0.161, 0.327, 0.9, 0.98002554090450970, 1, 1],
        [
            [0.161],
            [-0.0084806554923569885, 0.33548065549235699],
            [2.8971530571054934, -6.3594484899750748, 4.3622954328695814],
            [5.3258648284392566, -11.748883564062828, 7.4955393428898362, -0.092495066361755249],
            [5.8614554429464200, -12.920969317847109, 8.1593678985761586, -0.071584973281400997, -0.028269050394068384],
            [0.096460766818065223, 0.01, 0.47988965041449960, 1.3790085741037419, -3.2900695154360807, 2.3247105240997740],
        ],
        [0.096460766818065223, 0.01, 0.47988965041449960, 1.3790085741037419, -3.2900695154360807, 2.3247105240997740, 0], 5,
        [
            0.094680755765839458, 0.0091835655403432531, 0.48777052842476157, 1.2342975669304790, -2.7077123499835255, 1.8666284181705870,
            1.0 / 66,
        ],
        4);

    private static readonly Interpolant Dense = Interpolant.ThroughMiddle(
        Entries,
        [
            0.10741235230100380, 0.011356250000000000, 0.39560903056045309, -0.34475214352593547, 1.3161853649581647, -1.0170608542936511,
            0.03125,
        ],
        4);

    /// <inheritdoc/>
    public ButcherTableau Tableau => Entries;

    /// <inheritdoc/>
    public Interpolant Interpolant => Dense;

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "tsitouras-5",
        Title = "Tsitouras 5(4) in time",
        Reference = "Tsitouras, Comput. Math. Appl. 62 (2011)",
        Orders = Orders.OfFlow(new OrderClaim.Proven(5, "Tsitouras (2011)")),
        EvaluationsPerStep = 6,
        WhenToUse = "adaptive steps at tolerances 1e-4 to 1e-8, usually fewer than dormand-prince-5 takes",
        ConfusedWith = "dormand-prince-5",
    };

    /// <inheritdoc/>
    public StagePlan<StageLevels.Five> Plan(in StepWindow window) => RungeKutta.Plan<StageLevels.Five>(Entries, window);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, W, TSde, TNoise>(in Transition<StagePlan<StageLevels.Five>> step, T x, ref TSde sde, ref TNoise noise, ref History<T> history)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TNoise : struct, INoise<W> =>
        RungeKutta.Step<T, W, TSde, StageLevels.Five>(Entries, in step, x, ref sde);
}
