namespace ScoreSde.Evaluation.Distances;

/// <summary>Unit vectors along which sliced distances look. The same call gives the same vectors on every machine.</summary>
public static class Directions
{
    /// <summary>
    /// In one dimension the axis, in two equal angles over the half circle (exact for polynomials of the direction up to degree 2·count − 1),
    /// above that uniform on the sphere from a seed.
    /// </summary>
    public static double[][] Of(int dimension, int count, ulong seed = 1)
    {
        if (dimension < 1 || count < 1) throw new ArgumentException($"directions need a dimension and a count of at least 1; given {dimension} and {count}");
        if (dimension == 1) return [[1]];
        var result = new double[count][];
        for (var k = 0; k < count; k++)
        {
            if (dimension == 2)
            {
                var (sin, cos) = Math.SinCos(Math.PI * (k + 0.5) / count);
                result[k] = [cos, sin];
                continue;
            }
            var direction = new double[dimension];
            var square = 0.0;
            for (var j = 0; j < dimension; j++)
            {
                // Box and Muller on two uniform numbers of (0, 1].
                var radius = Math.Sqrt(-2 * Math.Log(Uniform(ref seed)));
                direction[j] = radius * Math.Cos(2 * Math.PI * Uniform(ref seed));
                square += direction[j] * direction[j];
            }
            for (var j = 0; j < dimension; j++) direction[j] /= Math.Sqrt(square);
            result[k] = direction;
        }
        return result;
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood, 2014), the upper 53 bits.</summary>
    private static double Uniform(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (((z ^ (z >> 31)) >> 11) + 1) / 9007199254740992.0;
    }
}
