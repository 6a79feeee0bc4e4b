namespace ScoreSde.Benchmarks.Running;

/// <summary>A contest as it was measured; times are medians in nanoseconds a unit.</summary>
internal sealed record ContestResult
{
    public required string Name { get; init; }
    public required string Title { get; init; }
    public required int Place { get; init; }
    public required double Bar { get; init; }
    public required string Unit { get; init; }
    public required Times Ours { get; init; }
    public required IReadOnlyList<RivalResult> Rivals { get; init; }
    public string? LimitName { get; init; }
    public double? Limit { get; init; }
    public string? Check { get; init; }
    public required int Rounds { get; init; }
    public required string When { get; init; }
    public required double Load { get; init; }

    /// <summary>The rival to beat.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public RivalResult Fastest => Rivals.Where(r => r.Times is not null).MinBy(r => r.Times!.Value.Wall)!;

    /// <summary>Times the fastest rival takes as long, by the wall clock.</summary>
    public double Ratio => Fastest.Times!.Value.Wall / Ours.Wall;

    /// <summary>The same in processor time.</summary>
    public double ProcessorRatio => Fastest.Times!.Value.Processor / Ours.Processor;

    /// <summary>How far from the limit: 1 is at it.</summary>
    public double? Distance => Ours.Wall / Limit;
}

/// <summary>A rival's part.</summary>
/// <param name="Name">Who.</param>
/// <param name="Times">Medians, or none where it failed.</param>
/// <param name="Rounds">In how many rounds it ran.</param>
/// <param name="Choice">What it found best, or why it failed.</param>
/// <param name="Check">What its runs ended on.</param>
internal sealed record RivalResult(string Name, Times? Times, int Rounds, string Choice, string Check);
