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

    /// <summary>The time with a given log α. By default by bisection to the last bit; override it where a closed form is known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No time of [0, 1] has this log α.</exception>
    public virtual double TimeOfLogAlpha(double logAlpha) => MonotoneRoot.OfDecreasing(LogAlpha, logAlpha, 0, 1, "log α");

    /// <summary>Throws unless some time has this log α.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No time of [0, 1] has this log α.</exception>
    protected void RequireReached(double logAlpha)
    {
        var least = LogAlpha(1);
        if (!(logAlpha <= 0 && logAlpha >= least)) throw MonotoneRoot.OutOfRange(logAlpha, least, 0, "log α");
    }
}
