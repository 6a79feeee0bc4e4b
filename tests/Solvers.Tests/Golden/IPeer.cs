namespace ScoreSde.Solvers.Tests.Golden;

/// <summary>
/// One method of one other library: knows its files by their source and repeats them with a run of ours. A peer is one class in Peers/, found by
/// itself.
/// </summary>
internal interface IPeer
{
    /// <summary>Whether files of this source are this peer's.</summary>
    bool Made(GoldenFile file);

    /// <summary>Repeats the run and compares.</summary>
    /// <exception cref="NotCovered">The settings ask for what we do not have.</exception>
    void Repeat(GoldenFile file, Checks checks);
}
