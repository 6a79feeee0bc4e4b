namespace ScoreSde.Models.Replay;

/// <summary>How many of a network's calls were replayed from a recording instead of being launched operation by operation.</summary>
/// <param name="Calls">Calls in all.</param>
/// <param name="Replayed">Those of them that were replayed.</param>
/// <param name="Recordings">Recordings made.</param>
/// <param name="Reason">Why the last call that was not replayed was not; empty where all were.</param>
public readonly record struct ReplayCounts(long Calls, long Replayed, long Recordings, string Reason)
{
    /// <summary>What was added since an earlier count.</summary>
    public ReplayCounts Since(ReplayCounts earlier) => new(Calls - earlier.Calls, Replayed - earlier.Replayed, Recordings - earlier.Recordings, Calls == earlier.Calls ? "" : Reason);

    /// <summary>In words, as "48 of 50 network calls were replayed", with the reason for the others, or why none was.</summary>
    public override string ToString() =>
        Replayed == 0 ? $"network calls were not replayed: {Reason}"
        : FormattableString.Invariant($"{Replayed} of {Calls} network calls were replayed{(Replayed == Calls ? "" : $", the last of the others not because {Reason}")}");
}

/// <summary>A score whose network's calls may be replayed.</summary>
public interface IReplayedScore
{
    /// <summary>The network's counts since it was made.</summary>
    ReplayCounts Replays { get; }
}
