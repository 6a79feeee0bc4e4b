using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>SEEDS-1, exponential Euler–Maruyama: the reverse process at any rate r = η² with the denoised state held over the step.</summary>
/// <remarks>
/// Gonzalez et al., 2305.14267, algorithm 1 (data prediction), for any rate; re-derived in <see cref="ExactStep"/>. At r = 1 it is DDPM with the small
/// variance, at r = 0 DDIM, and at any r DDIM with the η_d of <see cref="Stochasticity.ToDdim"/> for each step. Exact for data that is one point. One
/// evaluation a step. Confused with DDIM's η_d, whose rate changes with the step.
/// </remarks>
/// <param name="Rate">r = η² ≥ 0.</param>
public readonly record struct Seeds1(double Rate = 1) : IDiffusionSolver<Seeds1, ExactStep>
{
    /// <summary>With the defaults.</summary>
    public Seeds1() : this(1) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "seeds-1",
        Title = "SEEDS-1 (exponential Euler-Maruyama)",
        Reference = "Gonzalez et al., 2305.14267, algorithm 1",
        Orders = Orders.AtRate(Rate, Rate == 0 ? new OrderClaim.Proven(1, "exponential Euler") : new OrderClaim.None("stochastic"), new OrderClaim.Measured(1), new OrderClaim.Measured(1)),
        NoiseSlots = Rate == 0 ? 0 : 1,
        Rate = Rate,
        WhenToUse = "ddpm's step at another rate of noise",
        ConfusedWith = "ddim with its per-step eta",
    };

    /// <inheritdoc/>
    public ExactStep Plan(in StepWindow window) => ExactStep.Between(window.From, window.To, Stochasticity.OfRate(Rate).Rate);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<ExactStep> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        var (a, b, c) = step.Plan;
        var mean = a * x + b * model.Predict(x, in step.From).Denoised;
        return c == 0 ? mean : mean + c * noise.Increment(step.Interval, 0);
    }
}
