using static ScoreSde.Sde.CancellationFree;

namespace ScoreSde.Sde;

/// <summary>
/// α(t)² = (S(e) − S(u)) / (S(e) − S(s)) with the logistic function S and u from s = start/τ at t = 0 to e = end/τ at t = 1
/// (Jabri et al., 2212.11972, and Chen, 2301.10972, whose γ is α², here without their clip: α(1) = 0 exactly).
/// </summary>
/// <remarks>Differences of S are written S(y) − S(x) = sinh(½(y − x)) / (2 cosh ½x cosh ½y). Note: docs/derivations/vp-kernels.md.</remarks>
[Named("sigmoid")]
public sealed class SigmoidSchedule : NoiseSchedule
{
    private readonly double s, e, w, spread;

    /// <summary>A schedule over the part of the logistic function from start/τ to end/τ; Chen's defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">end is not above start, τ is not positive, or an end is past ±300 τ.</exception>
    public SigmoidSchedule(double start = -3, double end = 3, double tau = 1)
    {
        (s, e) = (start / tau, end / tau);
        if (!(tau > 0 && s < e && s >= -300 && e <= 300))
            throw new ArgumentOutOfRangeException(nameof(start), start,
                FormattableString.Invariant($"a sigmoid schedule needs start < end, tau > 0 and both within ±300 tau; given {start}, {end}, {tau}"));
        (From, To, Temperature) = (start, end, tau);
        w = e - s;
        spread = Math.Sinh(0.5 * w) / Math.Cosh(0.5 * s) / (2 * Math.Cosh(0.5 * e)); // S(e) − S(s)
    }

    /// <summary>start.</summary>
    public double From { get; }

    /// <summary>end.</summary>
    public double To { get; }

    /// <summary>τ.</summary>
    public double Temperature { get; }

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"sigmoid:{From},{To},{Temperature}");

    /// <inheritdoc/>
    public override double LogAlpha(double t)
    {
        var coshU = Math.Cosh(0.5 * (s + t * w));
        var sinhW = Math.Sinh(0.5 * w);
        var noise = Math.Sinh(0.5 * t * w) / sinhW * (Math.Cosh(0.5 * e) / coshU); // 1 − α²
        return noise < 0.5
            ? 0.5 * Log1p(-noise)
            : 0.5 * Math.Log(Math.Sinh(0.5 * (1 - t) * w) / sinhW * (Math.Cosh(0.5 * s) / coshU));
    }

    /// <inheritdoc/>
    public override double Beta(double t) =>
        w * (Math.Cosh(0.5 * e) / Math.Cosh(0.5 * (s + t * w))) / (2 * Math.Sinh(0.5 * (1 - t) * w));

    /// <inheritdoc/>
    /// <remarks>
    /// S(u) is known to be v = S(s) + (1 − α²)D with D = S(e) − S(s), and 1 − v = S(−e) + α²D, both sums; then
    /// u − s = log(1 + (1 − α²)D/(S(s)(1 − v))) and e − u = log(1 + α²D/(S(−e) v)), the first near data, the second near noise.
    /// </remarks>
    public override double TimeOfLogAlpha(double logAlpha)
    {
        RequireReached(logAlpha);
        var signal = Math.Exp(2 * logAlpha) * spread;
        var noise = -Expm1(2 * logAlpha) * spread;
        var v = Logistic(s) + noise;
        var rest = Logistic(-e) + signal;
        return signal > noise
            ? Math.Min(1, Log1p(noise / Logistic(s) / rest) / w)
            : Math.Max(0, 1 - Log1p(signal / Logistic(-e) / v) / w);
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
