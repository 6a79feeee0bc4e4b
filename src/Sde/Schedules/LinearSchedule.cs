namespace ScoreSde.Sde;

/// <summary>
/// β(t) = β_min + t (β_max − β_min): the continuous limit of DDPM's linear betas (Song et al., 2011.13456, appendix C).
/// </summary>
[Named("linear")]
public sealed class LinearSchedule : NoiseSchedule
{
    /// <summary>A schedule with 0 ≤ β_min ≤ β_max, β_max > 0; the defaults are those of Song et al.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rates are negative, falling, zero or infinite.</exception>
    public LinearSchedule(double betaMin = 0.1, double betaMax = 20)
    {
        if (!(betaMin >= 0 && betaMin <= betaMax && betaMax > 0 && double.IsFinite(betaMax)))
            throw new ArgumentOutOfRangeException(nameof(betaMin), betaMin,
                FormattableString.Invariant($"a linear schedule needs 0 ≤ betaMin ≤ betaMax and betaMax > 0, finite; given {betaMin}, {betaMax}"));
        (BetaMin, BetaMax) = (betaMin, betaMax);
    }

    /// <summary>β(0).</summary>
    public double BetaMin { get; }

    /// <summary>β(1).</summary>
    public double BetaMax { get; }

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"linear:{BetaMin},{BetaMax}");

    /// <inheritdoc/>
    public override double LogAlpha(double t) => -0.5 * t * (BetaMin + 0.5 * t * (BetaMax - BetaMin));

    /// <inheritdoc/>
    public override double Beta(double t) => BetaMin + t * (BetaMax - BetaMin);

    /// <inheritdoc/>
    /// <remarks>
    /// The root of ¼(β_max − β_min)t² + ½β_min t + log α = 0 in the form whose denominator is a sum: β_min + β(t), with
    /// β(t)² = β_min² − 4(β_max − β_min) log α.
    /// </remarks>
    public override double TimeOfLogAlpha(double logAlpha)
    {
        RequireReached(logAlpha);
        if (logAlpha == 0) return 0;
        var beta = Math.Sqrt(BetaMin * BetaMin - 4 * (BetaMax - BetaMin) * logAlpha);
        return Math.Min(1, -4 * logAlpha / (BetaMin + beta));
    }
}
