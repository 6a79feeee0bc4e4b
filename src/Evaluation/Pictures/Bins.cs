namespace ScoreSde.Evaluation.Pictures;

/// <summary>Counts over equal bins.</summary>
public static class Bins
{
    /// <summary>How many values lie in each of equal bins of [low, high); the last bin holds high too, other values are left out.</summary>
    public static int[] Count(ReadOnlySpan<double> values, double low, double high, int bins)
    {
        if (bins < 1 || !(high > low)) throw new ArgumentException(FormattableString.Invariant($"bins need low < high and at least one bin; given [{low}, {high}] and {bins}"));
        var counts = new int[bins];
        foreach (var value in values)
            if (value >= low && value <= high) counts[Math.Min(bins - 1, (int)((value - low) / (high - low) * bins))]++;
        return counts;
    }
}
