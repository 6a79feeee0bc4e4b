namespace ScoreSde.Solvers.Noise;

/// <summary>The times a path covers, cut into 2³⁰ cells; a time is the cell boundary nearest to it, an exact integer.</summary>
internal readonly record struct PathSpan
{
    /// <summary>Number of cells.</summary>
    public const long Cell = 1L << 30;

    public PathSpan(double start, double end)
    {
        if (!double.IsFinite(start) || !double.IsFinite(end) || start == end)
            throw new ArgumentException(FormattableString.Invariant($"a path covers a span of some length; given {start} to {end}"));
        (Low, High) = (Math.Min(start, end), Math.Max(start, end));
    }

    public double Low { get; }

    public double High { get; }

    /// <summary>The time of a boundary.</summary>
    public double Time(long cell) => cell == Cell ? High : Low + (High - Low) * (cell * (1.0 / Cell));

    /// <summary>The boundaries of an interval.</summary>
    public (long From, long To) Cells(in Interval interval)
    {
        var (from, to) = (Boundary(interval.From), Boundary(interval.To));
        return from != to ? (from, to) : throw new ArgumentOutOfRangeException(nameof(interval), FormattableString.Invariant(
            $"step {interval.Step} from {interval.From} to {interval.To} is shorter than the path's cells, {(High - Low) / Cell:g3}"));
    }

    private long Boundary(double time)
    {
        var place = (time - Low) / (High - Low) * Cell;
        if (!(place >= -0.5 && place <= Cell + 0.5))
            throw new ArgumentOutOfRangeException(nameof(time), time, FormattableString.Invariant($"the path covers {Low} to {High}; asked for {time}"));
        return Math.Clamp((long)Math.Round(place), 0, Cell);
    }
}
