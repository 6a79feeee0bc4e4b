using System.Runtime.CompilerServices;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>
/// DPM-Solver-2: noise prediction with one inner stage at λ + r1 h. With r1 = 1/2: u = (α₁/α) x − σ₁(e^(h/2) − 1) ε, x' = (α'/α) x − σ'(e^h − 1) ε(u).
/// </summary>
/// <remarks>
/// Lu et al., 2206.00927, algorithm 1 (r1 = 1/2) and algorithm 4 of its appendix (any r1); the type "heun" is the authors' "taylor". Order 2, two
/// evaluations a step, one into σ = 0. At r1 = 1/2 it is k-diffusion's and diffusers' DPM2 (the midpoint rule in σ/α with the middle taken in λ), at
/// r1 = 1 of the type heun an exponential Heun. Confused with DPM-Solver-2M, which has no inner stage, and with EDM's Heun.
/// </remarks>
/// <param name="R1">Where the inner stage is, in units of Δλ: 0 &lt; r1 ≤ 1.</param>
/// <param name="Second">How the slope is weighed.</param>
public readonly record struct Dpm2S(double R1 = 0.5, SecondOrder Second = SecondOrder.Midpoint) : IDiffusionSolver<Dpm2S, DpmStages>
{
    /// <summary>With the inner stage in the middle.</summary>
    public Dpm2S() : this(0.5) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dpm-2s",
        Title = "DPM-Solver-2",
        Reference = "Lu et al., 2206.00927, algorithm 1",
        Orders = Orders.OfFlow(new OrderClaim.Proven(2, "2206.00927, theorem 3.2")),
        EvaluationsPerStep = 2,
        WhenToUse = "where history is unwanted: large steps, strong guidance, walks that go up and down",
        ConfusedWith = "dpm-2m, which reuses the last output instead of an inner stage",
    };

    /// <inheritdoc/>
    public DpmStages Plan(in StepWindow window) => DpmStages.OrderOf(window, 2) == 1
        ? DpmStages.One(window.From, window.To, data: false)
        : DpmStages.Two(window, window.To, data: false, R1, Second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<DpmStages> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> => step.Plan.Apply(in step.From, x, ref model);
}
