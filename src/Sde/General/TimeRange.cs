namespace ScoreSde.Sde.General;

/// <summary>The times a general process runs between; its levels carry the time alone.</summary>
/// <param name="Start">Earliest time.</param>
/// <param name="End">Latest time, after <paramref name="Start"/>.</param>
public readonly record struct TimeRange(double Start, double End)
{
    /// <summary>0 to 1.</summary>
    public static TimeRange Unit => new(0, 1);

    /// <summary>End − Start.</summary>
    public double Length => End - Start;

    /// <summary>The level at a time of the range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is outside, or the range is empty.</exception>
    public Level At(double time) => time >= Start && time <= End
        ? Level.OfTime(time)
        : throw new ArgumentOutOfRangeException(nameof(time), time, FormattableString.Invariant($"time is {time}; the process runs from {Start} to {End}"));
}
