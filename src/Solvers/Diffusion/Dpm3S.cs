using System.Runtime.CompilerServices;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>DPM-Solver-3: noise prediction with inner stages at λ + r1 h and λ + r2 h.</summary>
/// <remarks>
/// Lu et al., 2206.00927, algorithm 2; "parabola" is the authors' "taylor" (formulas re-derived: docs/derivations/dpm-solver.md). Order 3 with r2 = 2/3,
/// 2 else. Three evaluations a step, one into σ = 0; where the policy lowers orders at the end the last two steps are of order 2 and 1.
/// Confused with DPM-Solver-3M, which has no inner stages.
/// </remarks>
/// <param name="R1">Where the second stage is, in units of Δλ.</param>
/// <param name="R2">Where the third stage is; with another r2 than 2/3 the order is 2, as the second stage is itself of order 1 (docs/derivations/dpm-solver.md).</param>
/// <param name="Third">How the last formula uses the stages.</param>
/// <param name="Inner">How the third stage weighs the slope; "midpoint" is diffusers' (of the same order).</param>
public readonly record struct Dpm3S(
    double R1 = 1.0 / 3, double R2 = 2.0 / 3, ThirdOrder Third = ThirdOrder.Line, SecondOrder Inner = SecondOrder.Heun)
    : IDiffusionSolver<Dpm3S, DpmStages>
{
    /// <summary>With stages at one and two thirds.</summary>
    public Dpm3S() : this(1.0 / 3) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dpm-3s",
        Title = "DPM-Solver-3",
        Reference = "Lu et al., 2206.00927, algorithm 2",
        Orders = Orders.OfFlow(Math.Abs(R2 - 2.0 / 3) > 1e-12 ? new OrderClaim.Measured(2) : new OrderClaim.Proven(3, "2206.00927, theorem 3.2")),
        EvaluationsPerStep = 3,
        WhenToUse = "unconditional models to high accuracy, without history",
        ConfusedWith = "dpm-3m, which reuses earlier outputs; dpm-fast, which mixes orders",
    };

    /// <inheritdoc/>
    public DpmStages Plan(in StepWindow window) => DpmStages.OrderOf(window, 3) switch
    {
        1 => DpmStages.One(window.From, window.To, data: false),
        2 => DpmStages.Two(window, window.To, data: false, 0.5, SecondOrder.Midpoint),
        _ => DpmStages.Three(window, window.To, data: false, R1, R2, Third, Inner),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<DpmStages> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> => step.Plan.Apply(in step.From, x, ref model);
}
