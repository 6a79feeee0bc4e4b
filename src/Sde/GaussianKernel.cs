using static ScoreSde.Sde.CancellationFree;

namespace ScoreSde.Sde;

/// <summary>A Gaussian transition of one coordinate: mean <see cref="Scale"/>·x, variance <see cref="Variance"/>.</summary>
/// <param name="Scale">Factor of the earlier state in the mean.</param>
/// <param name="Variance">Variance of each coordinate.</param>
public readonly record struct GaussianKernel(double Scale, double Variance)
{
    /// <summary>Standard deviation of each coordinate.</summary>
    public double Deviation => Math.Sqrt(Variance);

    /// <summary>
    /// q(x_t | x_s): scale α_t/α_s, variance σ_t² − (α_t/α_s)²σ_s² = −σ_t² (e^{2(λ_t − λ_s)} − 1), the second form because the first
    /// cancels when t − s is small.
    /// </summary>
    /// <exception cref="ArgumentException">t is before s.</exception>
    public static GaussianKernel Between(in Level s, in Level t)
    {
        if (t.Time < s.Time) throw new ArgumentException(FormattableString.Invariant($"the kernel runs from s to t with s ≤ t; s is {s.Time}, t is {t.Time}"));
        if (t.Time == s.Time) return new GaussianKernel(1, 0);
        if (t.Alpha == 0) return new GaussianKernel(0, t.Sigma * t.Sigma); // nothing of x_s is left; also covers α_s = 0
        var variance = s.Sigma == 0 ? t.Sigma * t.Sigma : -t.Sigma * t.Sigma * Expm1(2 * (t.Lambda - s.Lambda));
        return new GaussianKernel(Math.Exp(t.LogAlpha - s.LogAlpha), variance);
    }

    /// <summary>This transition followed by another.</summary>
    public GaussianKernel Then(GaussianKernel next) =>
        new(next.Scale * Scale, next.Scale * next.Scale * Variance + next.Variance);
}
