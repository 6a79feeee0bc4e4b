using static ScoreSde.Sde.CancellationFree;

namespace ScoreSde.Sde;

/// <summary>
/// α(t) = cos(½π(t + s)/(1 + s)) / cos(½πs/(1 + s)), which is exactly 0 at t = 1 (Nichol and Dhariwal, 2102.09672, section 3.2, whose ᾱ is α²).
/// </summary>
/// <remarks>
/// log α(1) = −∞ and β(1) = +∞. The betas clipped at 0.999 of the discrete chain are <see cref="DiscreteSchedule.CosineBetas"/>.
/// Note: docs/derivations/vp-kernels.md.
/// </remarks>
[Named("cosine")]
public sealed class CosineSchedule : NoiseSchedule
{
    private readonly double c, a, tanA, logCosA;

    /// <summary>A schedule with offset 0 ≤ s, which keeps β(0) = π tan(½πs/(1 + s))/(1 + s) above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative or infinite.</exception>
    public CosineSchedule(double s = 0.008)
    {
        if (!(s >= 0 && double.IsFinite(s)))
            throw new ArgumentOutOfRangeException(nameof(s), s, FormattableString.Invariant($"a cosine schedule needs an offset s ≥ 0, finite; given {s}"));
        Offset = s;
        c = 0.5 * Math.PI / (1 + s);
        a = s * c;
        tanA = Math.Tan(a);
        logCosA = Math.Log(Math.Sin(c)); // cos(½π − c) = sin c
    }

    /// <summary>s.</summary>
    public double Offset { get; }

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"cosine:{Offset}");

    /// <inheritdoc/>
    /// <remarks>
    /// With δ = ct: cos(a + δ)/cos a = 1 − (2 sin²(δ/2) + sin δ tan a), which keeps the digits of log α near t = 0;
    /// cos(a + ct) = sin(c(1 − t)) keeps those of α near t = 1.
    /// </remarks>
    public override double LogAlpha(double t)
    {
        if (t >= 0.5) return Math.Log(Math.Sin(c * (1 - t))) - logCosA;
        var half = Math.Sin(0.5 * c * t);
        return Log1p(-(2 * half * half + Math.Sin(c * t) * tanA));
    }

    /// <inheritdoc/>
    public override double Beta(double t) => t >= 0.5 ? 2 * c / Math.Tan(c * (1 - t)) : 2 * c * Math.Tan(a + c * t);

    /// <inheritdoc/>
    /// <remarks>
    /// Above α = ½: with m = 1 − α and T = tan(δ/2), (2 − m)T² + 2T tan a − m = 0, whose positive root is m over a sum. Below: arcsine.
    /// </remarks>
    public override double TimeOfLogAlpha(double logAlpha)
    {
        RequireReached(logAlpha);
        if (logAlpha == 0) return 0;
        if (logAlpha < -0.6931471805599453) return 1 - Math.Asin(Math.Exp(logAlpha + logCosA)) / c;
        var m = -Expm1(logAlpha);
        return 2 * Math.Atan(m / (tanA + Math.Sqrt(tanA * tanA + m * (2 - m)))) / c;
    }
}
