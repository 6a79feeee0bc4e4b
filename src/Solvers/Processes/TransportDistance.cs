using MathNet.Numerics.Distributions;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.Processes;

/// <summary>The Wasserstein-2 distance of particles to a law, with an interval.</summary>
/// <param name="Distance">Of all particles to the law: the empirical measure's distance, which sampling alone keeps above 0.</param>
/// <param name="Low">Lower end for the distance of the law the particles are drawn from.</param>
/// <param name="High">Upper end for it.</param>
/// <param name="Confidence">Confidence of the interval.</param>
public readonly record struct TransportInterval(double Distance, double Low, double High, double Confidence);

/// <summary>Distance of ink particles to the exact law of the drop.</summary>
/// <remarks>
/// In one dimension the optimal coupling is by rank; for laws whose coordinates are independent, as here, W2² is the sum over coordinates. The
/// interval is a bracket from B batches of n particles: the mean over batches of W2²(batch, law) is at least W2² in expectation (W2² is convex),
/// and the squared difference of mean order statistics of batches and of fresh draws from the law, less its own variance, is at most W2² in expectation
/// (Jensen, on the coupling by rank); each end is moved outwards by Student's factor times its error over batches (docs/derivations/ink-drop.md, section 7).
/// </remarks>
public static class TransportDistance
{
    private const int Batches = 20;

    // Points a batch member at which the quantile function is read: the cell of a member is not a point.
    private const int Refinement = 4;

    /// <summary>W2 between particles and the law of the drop at a time.</summary>
    /// <param name="law">The drop.</param>
    /// <param name="t">The time.</param>
    /// <param name="positions">[count, d], count a multiple of 20 and at least 200.</param>
    /// <param name="seed">Key of the fresh draws.</param>
    /// <param name="confidence">Confidence of the two-sided interval.</param>
    public static TransportInterval ToDrop(InkDropLaw law, double t, ReadOnlySpan<double> positions, ulong seed, double confidence = 0.99)
    {
        ArgumentNullException.ThrowIfNull(law);
        var d = law.Dimension;
        var count = positions.Length / d;
        if (count * d != positions.Length || count < 10 * Batches || count % Batches != 0)
            throw new ArgumentException($"{positions.Length} coordinates are given; the count must be a multiple of {Batches} particles of {d} coordinates, at least {10 * Batches}", nameof(positions));
        if (!(confidence is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "the confidence lies in (0, 1)");
        var n = count / Batches;
        double total = 0;
        var upper = new double[Batches];
        var differences = new double[Batches][];
        for (var b = 0; b < Batches; b++) differences[b] = new double[n * d];
        var z = new float[positions.Length];
        NormalNoise.Fill(z, seed, NoiseStream.Probe, 0, 0, d);
        for (var i = 0; i < d; i++)
        {
            var axis = law.Axis(i, t);
            var quantiles = Quantiles(axis, n * Refinement);
            var all = new double[count];
            for (var p = 0; p < count; p++) all[p] = positions[p * d + i];
            var fresh = new double[count];
            for (var p = 0; p < count; p++)
                fresh[p] = Folding.Fold(axis.Centre + axis.Deviation * z[p * d + i], axis.Side);
            for (var b = 0; b < Batches; b++)
            {
                var batch = all.AsSpan(b * n, n);
                var other = fresh.AsSpan(b * n, n);
                batch.Sort();
                other.Sort();
                upper[b] += Squared(batch, quantiles);
                for (var j = 0; j < n; j++) differences[b][i * n + j] = batch[j] - other[j];
            }
            Array.Sort(all);
            total += SquaredOfAll(all, quantiles);
        }
        var lower = LowerEstimate(differences, n, out var lowerError);
        var factor = StudentT.InvCDF(0, 1, Batches - 1, 0.5 + 0.5 * confidence);
        var (mean, error) = MeanAndError(upper);
        return new TransportInterval(Math.Sqrt(total), Math.Sqrt(Math.Max(0, lower - factor * lowerError)), Math.Sqrt(mean + factor * error), confidence);
    }

    private static double[] Quantiles(ReflectedGaussian axis, int points)
    {
        var quantiles = new double[points];
        Parallel.For(0, points, j => quantiles[j] = axis.Quantile((j + 0.5) / points));
        return quantiles;
    }

    private static double Squared(ReadOnlySpan<double> sorted, double[] quantiles)
    {
        var sum = 0.0;
        for (var q = 0; q < quantiles.Length; q++)
        {
            var e = sorted[q / Refinement] - quantiles[q];
            sum += e * e;
        }
        return sum / quantiles.Length;
    }

    /// <summary>The whole sample against the same quantile points, each of which stands for Batches/Refinement members.</summary>
    private static double SquaredOfAll(double[] sorted, double[] quantiles)
    {
        var sum = 0.0;
        for (var p = 0; p < sorted.Length; p++)
        {
            var q = (p + 0.5) / sorted.Length * quantiles.Length - 0.5; // linear between neighbouring points
            var left = Math.Clamp((int)Math.Floor(q), 0, quantiles.Length - 2);
            var e = sorted[p] - (quantiles[left] + (q - left) * (quantiles[left + 1] - quantiles[left]));
            sum += e * e;
        }
        return sum / sorted.Length;
    }

    /// <summary>Σ (mean difference)² less its variance, over ranks and coordinates, and its jackknife error over batches.</summary>
    private static double LowerEstimate(double[][] differences, int n, out double error)
    {
        var ranks = differences[0].Length;
        var sum = new double[ranks];
        var squares = new double[ranks];
        foreach (var batch in differences)
            for (var j = 0; j < ranks; j++)
            {
                sum[j] += batch[j];
                squares[j] += batch[j] * batch[j];
            }
        // Σ_{a≠b} d_a d_b / (B(B − 1)): the pairs of different batches, whose noise has mean zero.
        double Pairs(double[]? without)
        {
            var batches = differences.Length - (without is null ? 0 : 1);
            var total = 0.0;
            for (var j = 0; j < ranks; j++)
            {
                var left = without is null ? 0 : without[j];
                var s = sum[j] - left;
                total += (s * s - (squares[j] - left * left)) / (batches * (batches - 1.0));
            }
            return total / n;
        }
        var without = Array.ConvertAll(differences, Pairs);
        var mean = without.Average();
        error = Math.Sqrt((differences.Length - 1.0) / differences.Length * without.Sum(v => (v - mean) * (v - mean)));
        return Pairs(null);
    }

    private static (double Mean, double Error) MeanAndError(double[] values)
    {
        var mean = values.Average();
        var variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
        return (mean, Math.Sqrt(variance / values.Length));
    }
}
