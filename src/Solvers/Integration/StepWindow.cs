using ScoreSde.Sde;

namespace ScoreSde.Solvers.Integration;

/// <summary>What a solver sees of the grid when it plans a step: the two ends, the levels its history was taken at, and the process.</summary>
public readonly ref struct StepWindow(ITimeline timeline, ReadOnlySpan<Level> past, Level from, Level to, int remaining)
{
    /// <summary>Levels of the earlier steps since the last restart, oldest first; ends before <see cref="From"/>.</summary>
    public ReadOnlySpan<Level> Past { get; } = past;

    /// <summary>Where the step begins.</summary>
    public Level From { get; } = from;

    /// <summary>Where it ends.</summary>
    public Level To { get; } = to;

    /// <summary>How many steps follow this one.</summary>
    public int Remaining { get; } = remaining;

    /// <summary>t_to − t_from, negative when sampling.</summary>
    public double TimeStep => To.Time - From.Time;

    /// <summary>λ_to − λ_from, positive when sampling.</summary>
    public double LambdaStep => To.Lambda - From.Lambda;

    /// <summary>The level at a stage time inside the step.</summary>
    public Level At(double time) => timeline.At(time);
}
