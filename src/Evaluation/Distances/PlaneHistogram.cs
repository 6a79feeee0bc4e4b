namespace ScoreSde.Evaluation.Distances;

/// <summary>Counts of points over the equal cells of a square in the plane, one cell more for points outside. Points come in any number of pieces; memory depends on the cells alone.</summary>
public sealed class PlaneHistogram
{
    private readonly double _scale; // cells a unit of length
    private readonly long[][] _counts; // [group][cell]: rows along y, and last those outside

    /// <summary>No points yet.</summary>
    /// <param name="low">Lower end of both axes.</param>
    /// <param name="high">Upper end of both axes.</param>
    /// <param name="cells">Cells along an axis.</param>
    /// <param name="groups">Groups that points take turns in: those of a jackknife.</param>
    /// <exception cref="ArgumentException">A square without area, no cell, or fewer than two groups.</exception>
    public PlaneHistogram(double low, double high, int cells, int groups = 20)
    {
        if (!(high > low) || cells < 1) throw new ArgumentException(FormattableString.Invariant($"a grid has low < high and at least one cell; given [{low}, {high}] and {cells}"));
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 2);
        (Low, High, Cells, _scale) = (low, high, cells, cells / (high - low));
        _counts = new long[groups][];
        for (var g = 0; g < groups; g++) _counts[g] = new long[cells * cells + 1];
    }

    /// <summary>Lower end of both axes.</summary>
    public double Low { get; }

    /// <summary>Upper end of both axes.</summary>
    public double High { get; }

    /// <summary>Cells along an axis.</summary>
    public int Cells { get; }

    /// <summary>How many groups there are.</summary>
    public int Groups => _counts.Length;

    /// <summary>Points so far.</summary>
    public long Count { get; private set; }

    /// <summary>Points of a group.</summary>
    public long InGroup(int group) => (Count - group + Groups - 1) / Groups;

    /// <summary>The counts of a group: cell i + <see cref="Cells"/>·j is the i-th along x and the j-th along y, the last holds what is outside.</summary>
    public ReadOnlySpan<long> OfGroup(int group) => _counts[group];

    /// <summary>One point more.</summary>
    public void Add(double x, double y)
    {
        _counts[Count % Groups][Cell(x, y)]++;
        Count++;
    }

    /// <summary>The share of points in the cell of a place, over the cell's area.</summary>
    public double Density(double x, double y)
    {
        var (cell, count) = (Cell(x, y), 0L);
        if (cell == Cells * Cells) return 0;
        foreach (var group in _counts) count += group[cell];
        return count * _scale * _scale / Count;
    }

    private int Cell(double x, double y)
    {
        double i = (x - Low) * _scale, j = (y - Low) * _scale;
        return i >= 0 && i < Cells && j >= 0 && j < Cells ? (int)j * Cells + (int)i : Cells * Cells;
    }
}
