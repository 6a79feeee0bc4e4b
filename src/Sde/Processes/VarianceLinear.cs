namespace ScoreSde.Sde;

/// <summary>
/// x_t = x_0 + σ ε with σ = σ_max t: the process of Karras et al. (2206.00364, section 3, where σ is the time itself), on 0 ≤ t ≤ 1.
/// </summary>
[Named("edm")]
public sealed class VarianceLinear : ForwardSde
{
    private readonly double logMax;

    /// <summary>A process with σ_max > 0; the default is theirs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">σ_max is not positive or infinite.</exception>
    public VarianceLinear(double sigmaMax = 80)
    {
        if (!(sigmaMax > 0 && double.IsFinite(sigmaMax)))
            throw new ArgumentOutOfRangeException(nameof(sigmaMax), sigmaMax, FormattableString.Invariant($"sigmaMax is positive and finite; given {sigmaMax}"));
        SigmaMax = sigmaMax;
        logMax = Math.Log(sigmaMax);
    }

    /// <summary>σ(1).</summary>
    public double SigmaMax { get; }

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"edm:{SigmaMax}");

    /// <inheritdoc/>
    public override double LogAlpha(double t) => 0;

    /// <inheritdoc/>
    public override double LogSigma(double t) => logMax + Math.Log(t);

    /// <inheritdoc/>
    public override double Drift(double t) => 0;

    /// <inheritdoc/>
    public override double DiffusionSquared(double t) => 2 * SigmaMax * SigmaMax * t;

    /// <inheritdoc/>
    public override double TimeOfLambda(double lambda)
    {
        if (!(lambda >= Lambda(1))) throw MonotoneRoot.OutOfRange(lambda, Lambda(1), Lambda(0), "λ");
        return Math.Min(1, Math.Exp(-lambda - logMax));
    }
}
