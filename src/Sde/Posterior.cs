using static ScoreSde.Sde.CancellationFree;

namespace ScoreSde.Sde;

/// <summary>Which variance a step of a discrete chain back from t to s uses in place of that of the true reverse kernel.</summary>
public enum PosteriorVariance
{
    /// <summary>β̃ = σ_s²(1 − e^{2(λ_t − λ_s)}), the variance given x_0: right for data at one point.</summary>
    FixedSmall,

    /// <summary>β, the variance of the forward kernel: right (to first order) for data that is N(0, I) already.</summary>
    FixedLarge,
}

/// <summary>q(x_s | x_t, x_0) for s ≤ t, each coordinate Gaussian with mean <see cref="OfNoisy"/>·x_t + <see cref="OfData"/>·x_0.</summary>
/// <remarks>
/// Ho et al., 2006.11239, section 2, for any α and σ: in terms of λ no difference of near numbers is left. Note: docs/derivations/posterior.md.
/// </remarks>
/// <param name="OfNoisy">(α_t/α_s)(σ_s/σ_t)².</param>
/// <param name="OfData">α_s (1 − e^{2(λ_t − λ_s)}).</param>
/// <param name="SmallVariance">σ_s²(1 − e^{2(λ_t − λ_s)}), the variance of this law.</param>
/// <param name="LargeVariance">σ_t²(1 − e^{2(λ_t − λ_s)}), the variance of the forward kernel.</param>
public readonly record struct Posterior(double OfNoisy, double OfData, double SmallVariance, double LargeVariance)
{
    /// <summary>The posterior at s given the state at t and the data.</summary>
    /// <exception cref="ArgumentException">s is after t.</exception>
    public static Posterior Between(in Level s, in Level t)
    {
        if (t.Time < s.Time) throw new ArgumentException(FormattableString.Invariant($"the posterior is at s ≤ t; s is {s.Time}, t is {t.Time}"));
        if (t.Time == s.Time) return new Posterior(1, 0, 0, 0);
        var gain = -Expm1(2 * (t.Lambda - s.Lambda)); // 1 where α_t = 0 or σ_s = 0
        var ofNoisy = t.Alpha == 0 || s.Sigma == 0 ? 0 : Math.Exp(t.LogAlpha - s.LogAlpha + 2 * (s.LogSigma - t.LogSigma));
        return new Posterior(ofNoisy, s.Alpha * gain, s.Sigma * s.Sigma * gain, t.Sigma * t.Sigma * gain);
    }

    /// <summary>The variance of a step.</summary>
    public double Variance(PosteriorVariance kind) => kind == PosteriorVariance.FixedSmall ? SmallVariance : LargeVariance;
}
