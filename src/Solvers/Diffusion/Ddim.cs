using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Diffusion;

/// <summary>
/// DDIM with stochasticity η_d: x_s = α_s x̂_0 + √(σ_s² − c²) ε + c z with c² = η_d² σ_s² (1 − e^{2(λ_t − λ_s)}), from t down to s.
/// </summary>
/// <remarks>
/// Song, Meng and Ermon, 2010.02502, eq. 12 and 16 (their σ_t is c). η_d = 0 is the probability flow by Euler's method in σ/α; η_d = 1 is
/// DDPM's ancestral step with the small variance. η_d is per step and not the η of the reverse process: docs/derivations/conversions-and-eta.md
/// converts. Order 1; one evaluation a step. Confused with Euler in time on the same flow.
/// </remarks>
/// <param name="Eta">η_d ≥ 0; above 1/√(1 − e^{−2h}) of some step there is no real solution and the plan refuses.</param>
/// <param name="Limited">
/// Instead of refusing, put in all noise anew where η_d asks for more than there is: x_s = α_s x̂_0 + σ_s z, as k-diffusion's ancestral samplers do. On small
/// steps the law is that of the rate η_d².
/// </param>
public readonly record struct Ddim(double Eta = 0, bool Limited = false) : IDiffusionSolver<Ddim, Ddim.Coefficients>
{
    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "ddim",
        Title = "DDIM",
        Reference = "Song, Meng and Ermon, 2010.02502, eq. 12",
        Orders = Orders.AtRate(Eta, new OrderClaim.Proven(1, "Euler's method in sigma/alpha (2206.00927, section 3.2)"), new OrderClaim.Measured(1), new OrderClaim.Measured(1)),
        NoiseSlots = Eta == 0 ? 0 : 1,
        Rate = Eta * Eta,
        WhenToUse = "few steps, a deterministic map from noise to sample; the baseline of fast samplers",
        ConfusedWith = "euler in time; its eta is per step and is not the eta of the reverse process",
    };

    /// <inheritdoc/>
    public Coefficients Plan(in StepWindow window)
    {
        if (!(Eta >= 0)) throw new ArgumentException(FormattableString.Invariant($"eta is {Eta}; DDIM takes eta ≥ 0"));
        var (t, s) = (window.From, window.To);
        var noise = 0.0;
        if (Eta > 0 && s.Sigma > 0)
        {
            if (s.Time > t.Time) throw new ArgumentException("DDIM with eta > 0 samples only (time falls); encoding is deterministic, take eta = 0");
            // 1 − e^{2(λ_t − λ_s)}, the share of new noise at η_d = 1.
            var share = -CancellationFree.Expm1(2 * (t.Lambda - s.Lambda));
            noise = Eta * s.Sigma * Math.Sqrt(share);
            if (Limited) noise = Math.Min(noise, s.Sigma);
            else if (Eta * Eta * share > 1)
                throw new ArgumentException(FormattableString.Invariant($"eta is {Eta}; the step from {t} to {s} allows at most {1 / Math.Sqrt(share):g6}"));
        }
        var direction = noise == 0 ? s.Sigma : Math.Sqrt((s.Sigma - noise) * (s.Sigma + noise));
        return new Coefficients(s.Alpha, direction, noise);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, TModel, TNoise>(in Transition<Coefficients> step, T x, ref TModel model, ref TNoise noise, ref History<T> history)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        var (alpha, direction, c) = step.Plan;
        var p = model.Predict(x, in step.From);
        var y = alpha * p.Denoised + direction * p.Epsilon;
        return c == 0 ? y : y + c * noise.Increment(step.Interval, 0);
    }

    /// <summary>Factors of x̂_0, ε and the noise.</summary>
    public readonly record struct Coefficients(double Denoised, double Epsilon, double Noise);
}
