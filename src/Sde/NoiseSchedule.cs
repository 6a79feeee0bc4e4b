namespace ScoreSde.Sde;

/// <summary>
/// The noise schedule of a variance-preserving process: log α(t) = −½ ∫₀ᵗ β, with β(t) ≥ 0 the rate at which noise is mixed in.
/// </summary>
public abstract class NoiseSchedule
{
    /// <summary>The name used on the command line and in checkpoints.</summary>
    public abstract string Name { get; }

    /// <summary>log α(t) for 0 ≤ t ≤ 1; 0 at t = 0, falling, −∞ allowed at t = 1.</summary>
    public abstract double LogAlpha(double t);

    /// <summary>β(t) = −2 d log α/dt.</summary>
    public abstract double Beta(double t);

    /// <summary>The time with a given log α.</summary>
    public virtual double TimeOfLogAlpha(double logAlpha) => MonotoneRoot.OfDecreasing(LogAlpha, logAlpha, 0, 1);
}
