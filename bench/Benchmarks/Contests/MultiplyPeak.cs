using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ScoreSde.Benchmarks.Contests;

/// <summary>Fused multiply-adds in registers, twelve sums a core that do not wait for each other: what no product of matrices can exceed.</summary>
internal static class MultiplyPeak
{
    private const long Rounds = 1 << 20;

    /// <summary>Multiply-adds of float32 in a nanosecond on all cores: the best of five.</summary>
    public static double PerNanosecond()
    {
        var best = 0.0;
        var sums = new float[Environment.ProcessorCount];
        for (var k = 0; k < 5; k++)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var threads = Enumerable.Range(0, sums.Length).Select(i => new Thread(() => sums[i] = Loop())).ToArray();
            foreach (var thread in threads) thread.Start();
            foreach (var thread in threads) thread.Join();
            best = Math.Max(best, sums.Length * Rounds * 12.0 * Lanes / (watch.Elapsed.TotalSeconds * 1e9));
        }
        if (!float.IsFinite(sums.Sum())) throw new InvalidOperationException("the sums overflowed");
        return best;
    }

    private static int Lanes => Avx512F.IsSupported ? 16 : Fma.IsSupported ? 8 : 4;

    private static float Loop()
    {
        if (Avx512F.IsSupported) return Vector512.Sum(Wide());
        return Fma.IsSupported ? Vector256.Sum(Middle()) : Vector128.Sum(Narrow());
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Wide()
    {
        var (m, c) = (Vector512.Create(0.999f), Vector512.Create(0.001f));
        Vector512<float> a = m, b = c, d = m, e = c, f = m, g = c, h = m, i = c, j = m, k = c, l = m, n = c;
        for (var r = 0L; r < Rounds; r++)
        {
            a = Avx512F.FusedMultiplyAdd(a, m, c);
            b = Avx512F.FusedMultiplyAdd(b, m, c);
            d = Avx512F.FusedMultiplyAdd(d, m, c);
            e = Avx512F.FusedMultiplyAdd(e, m, c);
            f = Avx512F.FusedMultiplyAdd(f, m, c);
            g = Avx512F.FusedMultiplyAdd(g, m, c);
            h = Avx512F.FusedMultiplyAdd(h, m, c);
            i = Avx512F.FusedMultiplyAdd(i, m, c);
            j = Avx512F.FusedMultiplyAdd(j, m, c);
            k = Avx512F.FusedMultiplyAdd(k, m, c);
            l = Avx512F.FusedMultiplyAdd(l, m, c);
            n = Avx512F.FusedMultiplyAdd(n, m, c);
        }
        return a + b + d + e + f + g + h + i + j + k + l + n;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector256<float> Middle()
    {
        var (m, c) = (Vector256.Create(0.999f), Vector256.Create(0.001f));
        Vector256<float> a = m, b = c, d = m, e = c, f = m, g = c, h = m, i = c, j = m, k = c, l = m, n = c;
        for (var r = 0L; r < Rounds; r++)
        {
            a = Fma.MultiplyAdd(a, m, c);
            b = Fma.MultiplyAdd(b, m, c);
            d = Fma.MultiplyAdd(d, m, c);
            e = Fma.MultiplyAdd(e, m, c);
            f = Fma.MultiplyAdd(f, m, c);
            g = Fma.MultiplyAdd(g, m, c);
            h = Fma.MultiplyAdd(h, m, c);
            i = Fma.MultiplyAdd(i, m, c);
            j = Fma.MultiplyAdd(j, m, c);
            k = Fma.MultiplyAdd(k, m, c);
            l = Fma.MultiplyAdd(l, m, c);
            n = Fma.MultiplyAdd(n, m, c);
        }
        return a + b + d + e + f + g + h + i + j + k + l + n;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<float> Narrow()
    {
        var (m, c) = (Vector128.Create(0.999f), Vector128.Create(0.001f));
        Vector128<float> a = m, b = c, d = m, e = c, f = m, g = c, h = m, i = c, j = m, k = c, l = m, n = c;
        for (var r = 0L; r < Rounds; r++)
            (a, b, d, e, f, g, h, i, j, k, l, n) = (a * m + c, b * m + c, d * m + c, e * m + c, f * m + c, g * m + c, h * m + c, i * m + c, j * m + c, k * m + c, l * m + c, n * m + c);
        return a + b + d + e + f + g + h + i + j + k + l + n;
    }
}
