namespace ScoreSde.Evaluation.Distances;

/// <summary>
/// The sliced Wasserstein distance of order 2 between two samples: the root of the mean, over directions, of the squared distance of the
/// projected samples, each exact by sorting (Rabin et al., "Wasserstein barycenter and its application to texture mixing").
/// </summary>
/// <remarks>
/// Two finite samples of one law are not at distance 0: the squared distance has a positive mean of order 1/n. <see cref="Between"/> therefore
/// means something only beside the distance of two samples that are known to be alike; <see cref="EnergyDistance"/> has no such floor.
/// </remarks>
public static class SlicedWasserstein
{
    /// <summary>The distance, with the jackknife's error over groups of both samples.</summary>
    /// <param name="a">A sample.</param>
    /// <param name="b">Another of the same dimension; the sizes may differ.</param>
    /// <param name="directions">How many directions.</param>
    /// <param name="seed">Of the directions, above two dimensions.</param>
    /// <param name="groups">Groups of the jackknife; each sample has at least as many points.</param>
    public static Estimate Between(PointSet a, PointSet b, int directions = 64, ulong seed = 1, int groups = 20)
    {
        if (a.Dimension != b.Dimension) throw new ArgumentException($"samples have one dimension; given {a.Dimension} and {b.Dimension}");
        if (a.Count < 2 * groups || b.Count < 2 * groups)
            throw new ArgumentException($"samples have at least two points for each of {groups} groups; given {a.Count} and {b.Count}");
        var vectors = Directions.Of(a.Dimension, directions, seed);
        var squares = new double[vectors.Length][];
        Parallel.For(0, vectors.Length, k => squares[k] = Squares(a.Along(vectors[k]), b.Along(vectors[k]), groups));
        var without = new double[groups];
        for (var g = 0; g < groups; g++) without[g] = Math.Sqrt(squares.Average(s => s[g + 1]));
        return Estimate.Jackknife(Math.Sqrt(squares.Average(s => s[0])), without);
    }

    /// <summary>The exact squared distance of two one-dimensional samples: ∫ (F⁻¹ − G⁻¹)² over levels, both sorted.</summary>
    public static double SquaredOfSorted(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        // Both quantile functions are steps: value i of n up to level (i+1)/n. Walk over the union of the levels.
        double sum = 0, level = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            long endA = (i + 1L) * b.Length, endB = (j + 1L) * a.Length; // levels times both lengths, whole numbers
            var end = Math.Min(endA, endB) / ((double)a.Length * b.Length);
            sum += (a[i] - b[j]) * (a[i] - b[j]) * (end - level);
            level = end;
            if (endA <= endB) i++;
            if (endB <= endA) j++;
        }
        return sum;
    }

    /// <summary>Element 0: of all; element g + 1: without the points whose index is g modulo the groups.</summary>
    private static double[] Squares(double[] a, double[] b, int groups)
    {
        var (orderA, orderB) = (Order(a), Order(b));
        var result = new double[groups + 1];
        for (var g = -1; g < groups; g++) result[g + 1] = SquaredOfSorted(Kept(a, orderA, g, groups), Kept(b, orderB, g, groups));
        return result;
    }

    private static int[] Order(double[] values)
    {
        var order = new int[values.Length];
        for (var k = 0; k < order.Length; k++) order[k] = k;
        Array.Sort((double[])values.Clone(), order);
        return order;
    }

    private static double[] Kept(double[] values, int[] order, int group, int groups)
    {
        var kept = new List<double>(values.Length);
        foreach (var k in order)
            if (group < 0 || k % groups != group) kept.Add(values[k]);
        return [.. kept];
    }
}
