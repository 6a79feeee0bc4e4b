using System.Runtime.Intrinsics;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.States;
using ScoreSde.Solvers.Noise.Widths;

namespace ScoreSde.Solvers.Tests.Lanes;

public class LanesTests
{
    [Fact]
    public void Normal_EveryDimension_IsTheNormalOfItsCounter()
    {
        Normals<Lanes1>();
        Normals<Lanes2>();
        Normals<Lanes3>();
        Normals<Lanes4>();
        Normals<Lanes8>();
    }

    [Fact]
    public void Normal_AnyOrderOfDraws_GivesTheSameBits()
    {
        var draws = new LaneDraws<Lanes1>(3, NoiseStream.Step, 32);
        var again = new LaneDraws<Lanes1>(3, NoiseStream.Step, 32);
        var inOrder = Enumerable.Range(0, 40).Select(n => draws.Normal((uint)n)).ToArray();
        foreach (var n in (int[])[7, 6, 5, 4, 39, 0, 2, 1, 3, 38, 37, 36, 8, 9, 11, 10]) Assert.Equal(inOrder[n], again.Normal((uint)n));
        var pairs = new LaneDraws<Lanes2>(3, NoiseStream.Step, 32);
        var pairsAgain = new LaneDraws<Lanes2>(3, NoiseStream.Step, 32);
        var second = Enumerable.Range(0, 10).Select(n => pairs.Normal((uint)n)).ToArray();
        foreach (var n in (int[])[9, 8, 3, 2, 1, 1, 0, 5, 4]) Assert.Equal(second[n], pairsAgain.Normal((uint)n));
    }

    [Fact]
    public void Arithmetic_EveryDimension_IsTheFloatArithmeticOfEachCoordinate()
    {
        Arithmetic<Lanes1>();
        Arithmetic<Lanes2>();
        Arithmetic<Lanes3>();
        Arithmetic<Lanes4>();
        Arithmetic<Lanes8>();
    }

    [Fact]
    public void FirstNonFinite_OneBadLane_IsNamed()
    {
        foreach (var bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            var numbers = new float[48];
            Assert.Equal(-1, Lanes3.FirstNonFinite(LaneMath.Load<Lanes3>(numbers)));
            numbers[3 * 11 + 2] = bad;
            Assert.Equal(11, Lanes3.FirstNonFinite(LaneMath.Load<Lanes3>(numbers)));
            numbers[3 * 4] = bad;
            Assert.Equal(4, Lanes3.FirstNonFinite(LaneMath.Load<Lanes3>(numbers)));
        }
    }

    [Fact]
    public void Exp2_AgainstDouble_IsWithinTwoUnitsInTheLastPlace()
    {
        // docs/derivations/mixture-score.md: polynomial 0.99 units and two roundings.
        var worst = 0.0;
        for (var i = 0; i <= 1 << 20; i++)
        {
            var x = -126f * i / (1 << 20);
            var exact = Math.Pow(2, x);
            var unit = MathF.BitIncrement((float)exact) - (float)exact;
            var value = LaneMath.Exp2<Width1, float, uint>(x);
            worst = Math.Max(worst, Math.Abs(value - exact) / unit);
            if (i % 64 == 0) Assert.Equal(value, LaneMath.Exp2(Vector512.Create(x))[9]);
        }
        Assert.InRange(worst, 0.4, 2);
        foreach (var x in (float[])[-1e-9f, -2e-8f, -3e-8f, -5.9e-8f, -6e-8f, -7e-8f, -1e-7f, -0.49999997f, -0.5f, -0.99999994f, -1f, -1.0000001f, 0.3f, 17.7f, 126.5f])
        {
            var value = LaneMath.Exp2<Width1, float, uint>(x); // where the fraction rounds
            Assert.Equal(Math.Pow(2, x), value, 2.4e-7 * Math.Pow(2, x));
            Assert.Equal(value, LaneMath.Exp2(Vector512.Create(x))[5]);
            Assert.Equal(value, LaneMath.Exp2<Width8, Vector256<float>, Vector256<uint>>(Vector256.Create(x))[5]);
            Assert.Equal(value, LaneMath.Exp2<Width4, Vector128<float>, Vector128<uint>>(Vector128.Create(x))[1]);
        }
        Assert.Equal(1f, LaneMath.Exp2<Width1, float, uint>(0));
        Assert.InRange(LaneMath.Exp2(Vector512.Create(-1e30f))[0], 0, 1.2e-38f);
    }

    [Fact]
    public void Log2_AgainstDouble_IsWithinItsError()
    {
        for (var i = 1; i <= 1 << 16; i++)
        {
            var x = MathF.Pow(10, -12 + 24f * i / (1 << 16));
            Assert.Equal(Math.Log2(x), LaneMath.Log2(Vector512.Create(x))[3], 1.5e-7 + Math.Abs(Math.Log2(x)) / (1 << 23));
        }
    }

    private static void Normals<T>() where T : struct, ILanes<T>
    {
        var d = T.Coordinates;
        const long first = (1L << 40) + 48;
        var draws = new LaneDraws<T>(0xFEDCBA9876543210, NoiseStream.Corrector, first);
        foreach (var draw in (uint[])[0, 1, 2, 3, 4, 5, 1000, 4_000_000_001])
        {
            var z = draws.Normal(draw);
            for (var i = 0; i < 16; i++)
                for (var j = 0; j < d; j++)
                    Assert.Equal(NormalNoise.At(0xFEDCBA9876543210, NoiseStream.Corrector, draw, first + i, j, d), T.Coordinate(in z, j)[i]);
        }
    }

    private static void Arithmetic<T>() where T : struct, ILanes<T>
    {
        var d = T.Coordinates;
        Assert.Equal(d, T.Dimension(default));
        var (p, q) = (new float[16 * d], new float[16 * d]);
        NormalNoise.Fill(p, 1, NoiseStream.Probe, 0, 0, d);
        NormalNoise.Fill(q, 1, NoiseStream.Probe, 1, 0, d);
        var (a, b) = (LaneMath.Load<T>(p), LaneMath.Load<T>(q));
        var r = Vector512.Create(3f) + Vector512.ConvertToSingle(Vector512<int>.Indices);
        var condition = Vector512.ConvertToSingle(Vector512<int>.Indices) - Vector512.Create(7f);
        Elements<T>(a + b, i => p[i] + q[i]);
        Elements<T>(a - b, i => p[i] - q[i]);
        Elements<T>(a * b, i => p[i] * q[i]);
        Elements<T>(0.1 * a, i => 0.1f * p[i]);
        Elements<T>(r * a, i => (3 + i / d) * p[i]);
        Elements<T>(T.Where(condition, a, b), i => i / d > 7 ? p[i] : q[i]);
        Elements<T>(T.Map(default(Doubling), a), i => 2 * p[i]);
        var (dot, square) = (T.Dot(a, b), T.ScaledSquare(a, a, b, 0.5, 0.25));
        for (var i = 0; i < 16; i++)
        {
            var (exact, size, scaled) = (0.0, 0.0, 0.0);
            for (var j = i * d; j < (i + 1) * d; j++)
            {
                exact += (double)p[j] * q[j];
                size += Math.Abs((double)p[j] * q[j]);
                scaled += Math.Pow(p[j] / (0.5 + 0.25 * Math.Max(Math.Abs(p[j]), Math.Abs(q[j]))), 2);
            }
            Assert.Equal(exact, dot[i], size * d / (1 << 23)); // a rounding a term and a sum
            Assert.Equal(scaled, square[i], scaled * (d + 6) / (1 << 23));
        }
    }

    private static void Elements<T>(T actual, Func<int, float> expected) where T : struct, ILanes<T>
    {
        var numbers = new float[16 * T.Coordinates];
        LaneMath.Store(in actual, numbers);
        for (var i = 0; i < numbers.Length; i++) Assert.Equal(expected(i), numbers[i]);
    }

    private readonly struct Doubling : IElementMap
    {
        public double Apply(double x) => 2 * x;

        public Vector512<float> Apply(Vector512<float> x) => x + x;
    }
}
