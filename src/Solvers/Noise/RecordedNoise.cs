namespace ScoreSde.Solvers.Noise;

/// <summary>Given draws, handed out in order whatever the interval: for comparison with runs of other programs. An area takes the next draw after its increment.</summary>
public readonly struct RecordedNoise<W> : INoise<W>
{
    private readonly Tape _tape;

    /// <summary>Noise from a list of unit normals.</summary>
    public RecordedNoise(IReadOnlyList<W> draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        _tape = new Tape(draws);
    }

    /// <summary>How many draws were taken.</summary>
    public int Taken => _tape.Position;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No draw is left.</exception>
    public W Increment(in Interval interval, int slot) => _tape.Next(interval, slot);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Not two draws are left.</exception>
    public (W W, W H) SpaceTime(in Interval interval, int slot) => (_tape.Next(interval, slot), _tape.Next(interval, slot));

    private sealed class Tape(IReadOnlyList<W> draws)
    {
        public int Position { get; private set; }

        public W Next(in Interval interval, int slot) => Position < draws.Count
            ? draws[Position++]
            : throw new InvalidOperationException($"all {draws.Count} recorded draws are taken; step {interval.Step}, slot {slot} asks for another");
    }
}
