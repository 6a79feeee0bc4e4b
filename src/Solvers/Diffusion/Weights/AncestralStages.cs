using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>How an ancestral step shares out the noise of its end: what the flow goes down to, and what is drawn anew. Both in units of x.</summary>
/// <param name="Kept">σ_down = √(σ'² − σ_up²).</param>
/// <param name="Fresh">σ_up = σ' min(1, η_d √(1 − e^(−2h))).</param>
public readonly record struct AncestralShare(double Kept, double Fresh)
{
    /// <summary>From t to s with DDIM's η_d, which may be as large as one likes: more than all noise is not renewed.</summary>
    /// <exception cref="ArgumentException">η_d is negative, or positive while time rises.</exception>
    public static AncestralShare Of(in Level t, in Level s, double eta)
    {
        if (!(eta >= 0)) throw new ArgumentException(FormattableString.Invariant($"eta is {eta}; it is at least 0"));
        if (eta == 0 || s.Sigma == 0) return new AncestralShare(s.Sigma, 0);
        if (s.Time > t.Time) throw new ArgumentException("an ancestral step samples only (time falls); encoding is deterministic, take eta = 0");
        var fresh = s.Sigma * Math.Min(1, eta * Math.Sqrt(-CancellationFree.Expm1(2 * (t.Lambda - s.Lambda))));
        return new AncestralShare(Math.Sqrt((s.Sigma - fresh) * (s.Sigma + fresh)), fresh);
    }
}

/// <summary>A step of the probability flow to σ_down, merged with the way to the next level's α, and the deviation of the noise that is added.</summary>
/// <param name="Flow">The flow's step.</param>
/// <param name="Noise">Deviation of the noise.</param>
public readonly record struct AncestralStages(DpmStages Flow, double Noise) : IStepPlan
{
    /// <inheritdoc/>
    public int Order => Flow.Order;

    /// <inheritdoc/>
    public int Evaluations => Flow.Evaluations;

    /// <summary>Second order with the inner stage in the middle of the flow's λ; first order where that is infinite.</summary>
    public static AncestralStages Of(in StepWindow window, double eta, bool data)
    {
        var share = AncestralShare.Of(window.From, window.To, eta);
        var alpha = window.To.Alpha;
        if (share.Fresh > 0 && share.Kept > 0 && DpmStages.OrderOf(window, 2) == 2)
        {
            // The flow in y = x/α goes to σ_down/α', at the α of the step's end. The model is not asked there, so the process need not have that level.
            var down = window.To with { Sigma = share.Kept, LogSigma = Math.Log(share.Kept) };
            return new AncestralStages(DpmStages.Two(window, down, data, 0.5, SecondOrder.Midpoint), share.Fresh);
        }
        if (share.Fresh == 0 && DpmStages.OrderOf(window, 2) == 2)
            return new AncestralStages(DpmStages.Two(window, window.To, data, 0.5, SecondOrder.Midpoint), 0);
        if (share.Fresh == 0 && window.To.Sigma > 0) return new AncestralStages(DpmStages.One(window.From, window.To, data), 0);
        // (σ_down/σ) x + (α' − α σ_down/σ) x̂_0: Euler's step in σ/α, also out of α = 0 and into σ_down = 0.
        var state = share.Kept / window.From.Sigma;
        var first = new DpmStages(1, Parametrisation.Denoised, default, default, state, alpha - state * window.From.Alpha, 0, 0);
        return new AncestralStages(first, share.Fresh);
    }

    /// <summary>The step: the flow's part, then the noise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Step<T, TModel, TNoise>(in Transition<AncestralStages> step, T x, ref TModel model, ref TNoise noise)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        var plan = step.Plan;
        var y = plan.Flow.Apply(in step.From, x, ref model);
        return plan.Noise == 0 ? y : y + plan.Noise * noise.Increment(step.Interval, 0);
    }
}
