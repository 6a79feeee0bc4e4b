using System.Runtime.CompilerServices;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.General;

/// <summary>Heun's method in time: the trapezoidal rule with an Euler predictor, second order.</summary>
/// <remarks>
/// Hairer, Nørsett and Wanner, Solving ODEs I, section II.1. Two evaluations a step. Confused with EDM's Heun, which steps in σ/α
/// (<see cref="Diffusion.EdmHeun"/>).
/// </remarks>
public readonly record struct Heun : IGeneralSolver<Heun, double>, IRungeKutta
{
    private static readonly ButcherTableau Entries = new("heun", [0, 1], [[1]], [0.5, 0.5], 2);

    /// <inheritdoc/>
    public ButcherTableau Tableau => Entries;

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "heun",
        Title = "Heun in time",
        Reference = "Hairer, Nørsett and Wanner, Solving ODEs I, section II.1",
        Orders = Orders.OfFlow(new OrderClaim.Proven(2, "Hairer, Nørsett and Wanner, section II.1")),
        EvaluationsPerStep = 2,
        WhenToUse = "smooth ODEs in time; for the probability flow edm-heun needs fewer steps",
        ConfusedWith = "edm-heun, which steps in sigma/alpha",
    };

    /// <inheritdoc/>
    public double Plan(in StepWindow window) => window.TimeStep;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, W, TSde, TNoise>(in Transition<double> step, T x, ref TSde sde, ref TNoise noise, ref History<T> history)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TNoise : struct, INoise<W>
    {
        var h = step.Plan;
        var k1 = T.Settle(sde.Drift(x, step.From));
        var k2 = sde.Drift(T.Settle(x + h * k1), step.To);
        return x + 0.5 * h * (k1 + k2);
    }
}
