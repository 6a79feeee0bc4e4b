using ScoreSde.Sde;

namespace ScoreSde.Evaluation.Distances;

/// <summary>
/// The squared energy distance 2E|X−Y| − E|X−X′| − E|Y−Y′| of a sample to the exact law, averaged over directions (Székely and Rizzo, "Energy
/// statistics"). Its estimate has mean 0 for a sample of that law, so that the error bar says whether a difference is seen at all.
/// </summary>
/// <remarks>
/// Along a direction u a Gaussian mixture is a mixture of normals, where E|x − Y| and E|Y − Y′| are closed forms; E|X − X′| is the U-statistic
/// over pairs, by sorting. A sample costs O(directions · n (log n + components)).
/// </remarks>
public static class EnergyDistance
{
    /// <summary>The distance of points to the law of x_t = α x_0 + σ ε with x_0 of the mixture.</summary>
    /// <param name="points">The sample.</param>
    /// <param name="law">The law of x_0.</param>
    /// <param name="level">Where: α and σ; a level with α = 1 and σ = 0 is the law itself.</param>
    /// <param name="directions">How many directions.</param>
    /// <param name="groups">Groups of the jackknife.</param>
    public static Estimate To(PointSet points, GaussianMixture law, in Level level, int directions = 32, int groups = 20)
    {
        if (points.Dimension != law.Dimension) throw new ArgumentException($"points and law have one dimension; given {points.Dimension} and {law.Dimension}");
        if (points.Count < 2 * groups) throw new ArgumentException($"a sample has at least two points for each of {groups} groups; given {points.Count}");
        var vectors = Directions.Of(points.Dimension, directions);
        var (alpha, sigma) = (level.Alpha, level.Sigma);
        var parts = new double[vectors.Length][];
        Parallel.For(0, vectors.Length, k => parts[k] = Distances(points.Along(vectors[k]), Slice(law, alpha, sigma, vectors[k]), groups));
        var without = new double[groups];
        for (var g = 0; g < groups; g++) without[g] = parts.Average(p => p[g + 1]);
        return Estimate.Jackknife(parts.Average(p => p[0]), without);
    }

    /// <summary>E|z| for z ~ N(mean, deviation²).</summary>
    public static double MeanAbsolute(double mean, double deviation)
    {
        if (deviation == 0) return Math.Abs(mean);
        var z = mean / deviation;
        return deviation * (Math.Sqrt(2 / Math.PI) * Math.Exp(-0.5 * z * z) + z * MathNet.Numerics.SpecialFunctions.Erf(z / Math.Sqrt(2)));
    }

    /// <summary>The components along a direction: weight, mean and standard deviation of each.</summary>
    private static (double Weight, double Mean, double Deviation)[] Slice(GaussianMixture law, double alpha, double sigma, double[] u)
    {
        var slice = new (double, double, double)[law.Weights.Length];
        for (var k = 0; k < slice.Length; k++)
        {
            var mean = 0.0;
            for (var j = 0; j < u.Length; j++) mean += alpha * law.Means[k][j] * u[j];
            slice[k] = (law.Weights[k], mean, Math.Sqrt(alpha * alpha * VarianceAlong(law.Components[k], u) + sigma * sigma));
        }
        return slice;
    }

    private static double VarianceAlong(Gaussian component, double[] u)
    {
        if (component.IsIsotropic) return component.Eigenvalues[0];
        // uᵀSu = Σ s_i (v_i·u)², in the eigenvectors.
        var sum = 0.0;
        for (var i = 0; i < u.Length; i++)
        {
            var vector = component.Eigenvector(i);
            var dot = 0.0;
            for (var j = 0; j < u.Length; j++) dot += vector[j] * u[j];
            sum += component.Eigenvalues[i] * dot * dot;
        }
        return sum;
    }

    /// <summary>Element 0: of all; element g + 1: without the points whose index is g modulo the groups.</summary>
    private static double[] Distances(double[] x, (double Weight, double Mean, double Deviation)[] law, int groups)
    {
        var n = x.Length;
        var own = 0.0;
        foreach (var (v, m, s) in law)
            foreach (var (w, l, r) in law) own += v * w * MeanAbsolute(m - l, Math.Sqrt(s * s + r * r));
        var toLaw = new double[n];
        for (var i = 0; i < n; i++)
            foreach (var (w, m, s) in law) toLaw[i] += w * MeanAbsolute(x[i] - m, s);
        var order = new int[n];
        for (var i = 0; i < n; i++) order[i] = i;
        Array.Sort((double[])x.Clone(), order);
        var result = new double[groups + 1];
        for (var g = -1; g < groups; g++)
        {
            double pairs = 0, cross = 0, sum = 0;
            var count = 0;
            foreach (var i in order)
            {
                if (g >= 0 && i % groups == g) continue;
                pairs += x[i] * count - sum; // Σ over earlier, hence smaller, values of x_i − x_j
                sum += x[i];
                cross += toLaw[i];
                count++;
            }
            result[g + 1] = 2 * cross / count - 2 * pairs / ((double)count * (count - 1)) - own;
        }
        return result;
    }
}
