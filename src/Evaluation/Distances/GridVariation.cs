namespace ScoreSde.Evaluation.Distances;

/// <summary>
/// Total variation ½ Σ |share − probability| over the cells of a grid in the plane, points outside counted as one more cell. A sample of the
/// true law has about <see cref="Floor"/>, not 0: compare with it.
/// </summary>
/// <param name="Distance">The distance, with the jackknife's error.</param>
/// <param name="Floor">What a sample of the law itself gives in the mean: ½ Σ √(2 p(1−p)/(π n)), the mean of |normal| in every cell.</param>
public sealed record GridVariation(Estimate Distance, double Floor)
{
    private static readonly double[] Nodes = [-Math.Sqrt(0.6), 0, Math.Sqrt(0.6)], Weights = [5 / 18.0, 8 / 18.0, 5 / 18.0];

    /// <summary>Measures points against a density.</summary>
    /// <param name="points">Points in the plane.</param>
    /// <param name="density">The density at (x, y); integrated over each cell with 3 × 3 Gauss points, so it is smooth on the scale of a cell.</param>
    /// <param name="low">Lower end of both axes.</param>
    /// <param name="high">Upper end of both axes.</param>
    /// <param name="cells">Cells along an axis.</param>
    /// <param name="groups">Groups of the jackknife.</param>
    public static GridVariation Of(PointSet points, Func<double, double, double> density, double low, double high, int cells, int groups = 20)
    {
        if (points.Dimension != 2) throw new ArgumentException($"the grid is in the plane; given points of {points.Dimension} coordinates");
        var counts = new PlaneHistogram(low, high, cells, groups);
        for (var i = 0; i < points.Count; i++) counts.Add(points[i][0], points[i][1]);
        return Of(counts, density);
    }

    /// <summary>Measures counted points against a density.</summary>
    /// <exception cref="ArgumentException">Fewer than two points a group.</exception>
    public static GridVariation Of(PlaneHistogram counts, Func<double, double, double> density)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(density);
        if (counts.Count < 2 * counts.Groups) throw new ArgumentException($"a sample has at least two points for each of {counts.Groups} groups; given {counts.Count}");
        var probabilities = Probabilities(density, counts.Low, counts.High, counts.Cells);
        var all = new long[probabilities.Length];
        for (var g = 0; g < counts.Groups; g++)
            for (var c = 0; c < all.Length; c++) all[c] += counts.OfGroup(g)[c];
        var without = new double[counts.Groups];
        for (var g = 0; g < without.Length; g++) without[g] = Half(all, counts.OfGroup(g), counts.Count - counts.InGroup(g), probabilities);
        var floor = 0.0;
        foreach (var p in probabilities) floor += 0.5 * Math.Sqrt(2 * Math.Max(0, p * (1 - p)) / (Math.PI * counts.Count));
        return new GridVariation(Estimate.Jackknife(Half(all, new long[all.Length], counts.Count, probabilities), without), floor);
    }

    /// <summary>½ Σ |share − probability| of what is kept when some are left out.</summary>
    private static double Half(ReadOnlySpan<long> all, ReadOnlySpan<long> left, long kept, ReadOnlySpan<double> probabilities)
    {
        var sum = 0.0;
        for (var c = 0; c < probabilities.Length; c++) sum += 0.5 * Math.Abs((double)(all[c] - left[c]) / kept - probabilities[c]);
        return sum;
    }

    private static double[] Probabilities(Func<double, double, double> density, double low, double high, int cells)
    {
        var result = new double[cells * cells + 1];
        var side = (high - low) / cells;
        Parallel.For(0, cells, j =>
        {
            for (var i = 0; i < cells; i++)
                for (var a = 0; a < 3; a++)
                    for (var b = 0; b < 3; b++)
                        result[j * cells + i] += side * side * Weights[a] * Weights[b]
                            * density(low + (i + 0.5 + 0.5 * Nodes[a]) * side, low + (j + 0.5 + 0.5 * Nodes[b]) * side);
        });
        result[^1] = Math.Max(0, 1 - result.Sum());
        return result;
    }
}
