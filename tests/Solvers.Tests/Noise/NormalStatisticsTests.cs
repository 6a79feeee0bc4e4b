using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.Tests.Noise;

/// <summary>
/// 2²² normals of consecutive samples, draws and elements. The seed is a constant, so that the tests are deterministic; over seeds each would fail by
/// chance at most once in 10⁶. Power: a mean off by 0.003, a variance off by 0.4 %, a correlation of 0.003, a cumulative probability off by 0.002.
/// </summary>
public class NormalStatisticsTests
{
    private const int Count = 1 << 22;
    private const double CriticalValue = 5.6; // 2.1e-8 two-sided, with at most 24 statistics a test

    [Fact]
    public void Normals_MomentsUpToEight_AreTheNormals()
    {
        foreach (var z in Layouts()) Moments(z);
    }

    [Fact]
    public void Normals_CumulativeDistribution_IsTheNormals()
    {
        foreach (var z in Layouts()) Assert.InRange(KolmogorovSmirnov(z), 0, 2.75); // P = 2·exp(−2·2.75²) = 5e-7
    }

    [Fact]
    public void Normals_NeighboursInSampleDrawAndElement_AreUncorrelated()
    {
        const int d = 8, samples = 1024, draws = Count / d / samples;
        var z = new float[draws][];
        for (var n = 0; n < draws; n++)
        {
            z[n] = new float[samples * d];
            NormalNoise.Fill(z[n], 77, NoiseStream.Step, (uint)n, 0, d);
        }
        var (element, sample, draw, square) = (0.0, 0.0, 0.0, 0.0);
        for (var n = 0; n < draws; n++)
            for (var i = 0; i < samples; i++)
                for (var j = 0; j < d; j++)
                {
                    var x = z[n][i * d + j];
                    element += x * z[n][i * d + (j + 1) % d];
                    sample += x * z[n][(i + 1) % samples * d + j];
                    draw += x * z[(n + 1) % draws][i * d + j];
                    square += (x * x - 1) * ((double)z[n][i * d + (j + 1) % d] * z[n][i * d + (j + 1) % d] - 1) / 2;
                }
        foreach (var sum in (double[])[element, sample, draw, square]) Assert.InRange(sum / Math.Sqrt(Count), -CriticalValue, CriticalValue);
    }

    [Fact]
    public void Normals_SeedsAndStreams_AreUncorrelated()
    {
        var (a, b, c) = (new float[Count], new float[Count], new float[Count]);
        NormalNoise.Fill(a, 1, NoiseStream.Step, 0, 0, 4);
        NormalNoise.Fill(b, 2, NoiseStream.Step, 0, 0, 4);
        NormalNoise.Fill(c, 1, NoiseStream.Bridge, 0, 0, 4);
        var (seeds, streams) = (0.0, 0.0);
        for (var i = 0; i < Count; i++)
        {
            seeds += a[i] * b[i];
            streams += a[i] * c[i];
        }
        Assert.InRange(seeds / Math.Sqrt(Count), -CriticalValue, CriticalValue);
        Assert.InRange(streams / Math.Sqrt(Count), -CriticalValue, CriticalValue);
    }

    [Fact]
    public void Statistics_ShiftedOrScaledNumbers_AreSeen()
    {
        var z = Layouts().First();
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Moments([.. z.Select(x => x + 0.004f)]));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Moments([.. z.Select(x => 1.003f * x)]));
        Assert.True(KolmogorovSmirnov([.. z.Select(x => x + 0.006f)]) > 2.75);
    }

    private static IEnumerable<float[]> Layouts()
    {
        var z = new float[Count];
        NormalNoise.Fill(z, 12345, NoiseStream.Step, 3, 0, 1);
        yield return z;
        NormalNoise.Fill(z, 12345, NoiseStream.Step, 3, 0, 2);
        yield return z;
        NormalNoise.Fill(z, 12345, NoiseStream.Step, 3, 0, 1 << 12);
        yield return z;
    }

    private static void Moments(float[] z)
    {
        double[] factorials = [1, 0, 1, 0, 3, 0, 15, 0, 105, 0, 945, 0, 10395, 0, 135135, 0, 2027025]; // E z^k
        for (var k = 1; k <= 8; k++)
        {
            var sum = 0.0;
            foreach (var x in z) sum += Math.Pow(x, k);
            var deviation = Math.Sqrt((factorials[2 * k] - factorials[k] * factorials[k]) / z.Length);
            Assert.InRange((sum / z.Length - factorials[k]) / deviation, -CriticalValue, CriticalValue);
        }
    }

    private static double KolmogorovSmirnov(float[] z)
    {
        var sorted = (float[])z.Clone();
        Array.Sort(sorted);
        var worst = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var p = Cumulative(sorted[i]);
            worst = Math.Max(worst, Math.Max(p - (double)i / z.Length, (i + 1.0) / z.Length - p));
        }
        return worst * Math.Sqrt(z.Length);
    }

    /// <summary>Φ by its Taylor series about 0 (Marsaglia 2004, "Evaluating the normal distribution"): ½ + φ(x) Σ x^(2k+1)/(2k+1)!!.</summary>
    private static double Cumulative(double x)
    {
        var (sum, term) = (x, x);
        for (var k = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum) && k < 400; k += 2) sum += term *= x * x / k;
        return 0.5 + sum * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
    }
}
