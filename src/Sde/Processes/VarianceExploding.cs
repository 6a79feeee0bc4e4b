namespace ScoreSde.Sde;

/// <summary>
/// dx = √(dσ²/dt) dW with σ(t) = σ_min (σ_max/σ_min)^t and α = 1 (Song et al., 2011.13456, section 3.4 and appendix C). At t = 0 the noise is σ_min.
/// </summary>
[Named("ve")]
public sealed class VarianceExploding : ForwardSde
{
    private readonly double logMin, logRatio;

    /// <summary>A process with 0 &lt; σ_min &lt; σ_max.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The noise levels are not positive and rising, or infinite.</exception>
    public VarianceExploding(double sigmaMin = 0.01, double sigmaMax = 50)
    {
        if (!(sigmaMin > 0 && sigmaMin < sigmaMax && double.IsFinite(sigmaMax)))
            throw new ArgumentOutOfRangeException(nameof(sigmaMin), sigmaMin,
                FormattableString.Invariant($"a variance-exploding process needs 0 < sigmaMin < sigmaMax, finite; given {sigmaMin}, {sigmaMax}"));
        (SigmaMin, SigmaMax) = (sigmaMin, sigmaMax);
        logMin = Math.Log(sigmaMin);
        logRatio = Math.Log(sigmaMax / sigmaMin);
    }

    /// <summary>σ(0).</summary>
    public double SigmaMin { get; }

    /// <summary>σ(1).</summary>
    public double SigmaMax { get; }

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"ve:{SigmaMin},{SigmaMax}");

    /// <inheritdoc/>
    public override double LogAlpha(double t) => 0;

    /// <inheritdoc/>
    public override double LogSigma(double t) => logMin + t * logRatio;

    /// <inheritdoc/>
    public override double Drift(double t) => 0;

    /// <inheritdoc/>
    public override double DiffusionSquared(double t) => 2 * logRatio * Math.Exp(2 * LogSigma(t));

    /// <inheritdoc/>
    public override double TimeOfLambda(double lambda)
    {
        if (!(lambda <= Lambda(0) && lambda >= Lambda(1))) throw MonotoneRoot.OutOfRange(lambda, Lambda(1), Lambda(0), "λ");
        return Math.Clamp((-lambda - logMin) / logRatio, 0, 1);
    }
}
