using System.Runtime.CompilerServices;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>
/// DPM-Solver++(2S): data prediction with one inner stage at λ + r1 h. With r1 = 1/2: u = (σ₁/σ) x + α₁(1 − e^(−h/2)) x̂_0, x' = (σ'/σ) x + α'(1 − e^(−h)) x̂_0(u).
/// </summary>
/// <remarks>
/// Lu et al., 2211.01095, algorithm 1; the type "heun" is the authors' "taylor". Order 2, two evaluations a step, one into σ = 0. Confused with
/// DPM-Solver++(2M), which has no inner stage, and with DPM++ SDE, its stochastic form.
/// </remarks>
/// <param name="R1">Where the inner stage is, in units of Δλ: 0 &lt; r1 ≤ 1.</param>
/// <param name="Second">How the slope is weighed.</param>
public readonly record struct DpmPlusPlus2S(double R1 = 0.5, SecondOrder Second = SecondOrder.Midpoint) : IDiffusionSolver<DpmPlusPlus2S, DpmStages>
{
    /// <summary>With the inner stage in the middle.</summary>
    public DpmPlusPlus2S() : this(0.5) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "dpmpp-2s",
        Title = "DPM-Solver++(2S)",
        Reference = "Lu et al., 2211.01095, algorithm 1",
        Orders = Orders.OfFlow(new OrderClaim.Proven(2, "2211.01095, theorem on DPM-Solver++(2S), appendix")),
        EvaluationsPerStep = 2,
        WhenToUse = "where history is unwanted: strong guidance, walks that go up and down",
        ConfusedWith = "dpmpp-2m, which reuses the last output; dpmpp-sde, which adds noise",
    };

    /// <inheritdoc/>
    public DpmStages Plan(in StepWindow window) => DpmStages.OrderOf(window, 2) == 1
        ? DpmStages.One(window.From, window.To, data: true)
        : DpmStages.Two(window, window.To, data: true, R1, Second);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<DpmStages> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T> => step.Plan.Apply(in step.From, x, ref model);
}
