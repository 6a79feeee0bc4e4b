namespace ScoreSde.Evaluation.Distances;

/// <summary>n points of d coordinates, point after point.</summary>
public sealed class PointSet
{
    /// <summary>Points from n·d numbers.</summary>
    /// <exception cref="ArgumentException">No whole number of points, or a number that is not finite.</exception>
    public PointSet(double[] coordinates, int dimension)
    {
        if (dimension < 1 || coordinates.Length == 0 || coordinates.Length % dimension != 0)
            throw new ArgumentException($"points of {dimension} coordinates are a multiple of {dimension} numbers, at least one; given {coordinates.Length}", nameof(coordinates));
        var bad = Array.FindIndex(coordinates, x => !double.IsFinite(x));
        if (bad >= 0) throw new ArgumentException(FormattableString.Invariant($"coordinate {bad % dimension} of point {bad / dimension} is {coordinates[bad]}"), nameof(coordinates));
        (Coordinates, Dimension) = (coordinates, dimension);
    }

    /// <summary>Points from n·d numbers of single precision.</summary>
    public static PointSet Of(ReadOnlySpan<float> coordinates, int dimension)
    {
        var wide = new double[coordinates.Length];
        for (var k = 0; k < wide.Length; k++) wide[k] = coordinates[k];
        return new PointSet(wide, dimension);
    }

    /// <summary>n·d numbers.</summary>
    public double[] Coordinates { get; }

    /// <summary>d.</summary>
    public int Dimension { get; }

    /// <summary>n.</summary>
    public int Count => Coordinates.Length / Dimension;

    /// <summary>Point i.</summary>
    public ReadOnlySpan<double> this[int i] => Coordinates.AsSpan(i * Dimension, Dimension);

    /// <summary>The points' coordinates along a direction (length d).</summary>
    public double[] Along(ReadOnlySpan<double> direction)
    {
        var result = new double[Count];
        for (var i = 0; i < result.Length; i++)
        {
            var point = this[i];
            for (var k = 0; k < Dimension; k++) result[i] += point[k] * direction[k];
        }
        return result;
    }
}
