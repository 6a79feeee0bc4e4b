namespace ScoreSde.Tests.Support;

/// <summary>A tolerance and where it comes from: a derivation, or a measurement with its margin.</summary>
/// <param name="Value">The largest error allowed.</param>
/// <param name="Source">Why that much; printed on failure.</param>
public readonly record struct Tolerance(double Value, string Source)
{
    /// <summary>The tolerance times a factor that the case gives, such as a condition number.</summary>
    public Tolerance Times(double factor) => this with { Value = Value * factor };
}
