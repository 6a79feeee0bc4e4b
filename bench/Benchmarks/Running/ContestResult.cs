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

    /// <summary>What each round took us by the wall clock.</summary>
    public IReadOnlyList<double> Walls { get; init; } = [];

    /// <summary>The limit beside each round: the mean of before and after.</summary>
    public IReadOnlyList<double> Limits { get; init; } = [];
    public string? Check { get; init; }
    public required int Rounds { get; init; }
    public required string When { get; init; }
    public required double Load { get; init; }

    /// <summary>The rival to beat.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public RivalResult Fastest => Rivals.Where(r => r.Times is not null).MinBy(r => r.Times!.Value.Wall)!;

    /// <summary>Times the fastest rival takes as long in a round, by the wall clock. Sides of one round are compared, seconds apart: from minute to minute a machine changes its speed.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<double> Ratios => [.. Fastest.Walls.Zip(Walls, (theirs, ours) => theirs / ours)];

    /// <summary>The median of them.</summary>
    public double Ratio => Times.Middle(Ratios);

    /// <summary>The same in processor time, of the medians.</summary>
    public double ProcessorRatio => Fastest.Times!.Value.Processor / Ours.Processor;

    /// <summary>Median of the limits.</summary>
    public double? Limit => Limits.Count > 0 ? Times.Middle(Limits) : null;

    /// <summary>How far from the limit: 1 is at it. The median of the rounds' own.</summary>
    public double? Distance => Limits.Count > 0 ? Times.Middle(Walls.Zip(Limits, (ours, limit) => ours / limit)) : null;
}

/// <summary>A rival's part.</summary>
/// <param name="Name">Who.</param>
/// <param name="Times">Medians, or none where it failed.</param>
/// <param name="Rounds">In how many rounds it ran.</param>
/// <param name="Walls">What each of them took by the wall clock.</param>
/// <param name="Choice">What it found best, or why it failed.</param>
/// <param name="Check">What its runs ended on.</param>
internal sealed record RivalResult(string Name, Times? Times, int Rounds, IReadOnlyList<double> Walls, string Choice, string Check);
