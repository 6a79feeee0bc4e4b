using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Integration.Adaptive;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.General;

/// <summary>Heun's method with Euler's inside it for the error, order 2(1), in time. On a fixed grid it is <see cref="Heun"/>.</summary>
/// <remarks>
/// Hairer, Nørsett and Wanner, Solving ODEs I, section II.4. Two evaluations a step. Dense output by the cubic Hermite polynomial. Confused with heun,
/// the same map without an error estimate.
/// </remarks>
public readonly record struct AdaptiveHeun : IGeneralSolver<AdaptiveHeun, StagePlan<StageLevels.One>>, IEmbeddedPair
{
    private static readonly ButcherTableau Entries = new(
        "adaptive-heun", [0, 1], [[1]], [0.5, 0.5], 2, [1, 0], 1);

    private static readonly Interpolant Dense = Interpolant.Hermite(Entries);

    /// <inheritdoc/>
    public ButcherTableau Tableau => Entries;

    /// <inheritdoc/>
    public Interpolant Interpolant => Dense;

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "adaptive-heun",
        Title = "Heun–Euler 2(1) in time",
        Reference = "Hairer, Nørsett and Wanner, Solving ODEs I, section II.4",
        Orders = Orders.OfFlow(new OrderClaim.Proven(2, "Hairer, Nørsett and Wanner, section II.1")),
        EvaluationsPerStep = 2,
        WhenToUse = "the simplest adaptive method",
        ConfusedWith = "heun, the same steps without an error estimate",
    };

    /// <inheritdoc/>
    public StagePlan<StageLevels.One> Plan(in StepWindow window) => RungeKutta.Plan<StageLevels.One>(Entries, window);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, W, TSde, TNoise>(in Transition<StagePlan<StageLevels.One>> step, T x, ref TSde sde, ref TNoise noise, ref History<T> history)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TNoise : struct, INoise<W> =>
        RungeKutta.Step<T, W, TSde, StageLevels.One>(Entries, in step, x, ref sde);
}
