using ScoreSde.Sde;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.States;

namespace ScoreSde.Solvers.Tests.Noise;

public class BrownianPathTests
{
    private const double CriticalValue = 5.4; // two-sided 7e-8 for one normal statistic; a test makes at most ten

    [Fact]
    public void Increment_SplitAnywhere_AddsUp()
    {
        var random = new Random(2);
        var path = new BrownianPath<Scalar, ScalarDraws>(new ScalarDraws(5, NoiseStream.Step, 0), 0, 3);
        var clocked = new ClockedPath<Scalar, ScalarDraws, DiffusionClock>(new ScalarDraws(5, NoiseStream.Step, 0), Clock, 1, 1e-3);
        for (var i = 0; i < 200; i++)
        {
            // Cell boundaries, so that lengths are known to rounding: sums then agree to some roundings of numbers of the path's size.
            var cells = Enumerable.Range(0, 3).Select(_ => random.NextInt64(1L << 30) * (1.0 / (1L << 30))).Order().ToArray();
            var t = cells.Select(x => 3 * x).ToArray();
            var (a, b, c) = (Area(ref path, t[0], t[1]), Area(ref path, t[1], t[2]), Area(ref path, t[0], t[2]));
            Assert.Equal(c.W, a.W + b.W, 1e-13);
            Assert.Equal(c.I, a.I + b.I + (t[2] - t[1]) * a.W, 1e-13);
            Assert.Equal(-a.W, Area(ref path, t[1], t[0]).W, 1e-15);
            var u = cells.Select(x => 1e-3 + (1 - 1e-3) * x).ToArray();
            Assert.Equal(W(ref clocked, u[0], u[2]), W(ref clocked, u[0], u[1]) + W(ref clocked, u[1], u[2]), 1e-13 * Math.Sqrt(Clock.At(1e-3)));
        }
    }

    [Fact]
    public void Increment_AnyOrderOfQueries_SeesTheSamePath()
    {
        var grid = Enumerable.Range(0, 65).Select(i => 1 - 0.999 * i / 64).ToArray();
        var path = new ClockedPath<Scalar, ScalarDraws, DiffusionClock>(new ScalarDraws(5, NoiseStream.Step, 0), Clock, 1, 1e-3);
        var inOrder = Enumerable.Range(0, 64).Select(i => path.Increment(new Interval(i, grid[i], grid[i + 1]), 0)).ToArray();
        foreach (var i in Enumerable.Range(0, 64).OrderBy(i => i * 37 % 64)) Assert.Equal(inOrder[i], path.Increment(new Interval(0, grid[i], grid[i + 1]), 1));
    }

    [Fact]
    public void SpaceTime_Law_IsTwoIndependentStandardNormals()
    {
        // 20 000 paths, intervals that are no dyadic ones; each mean and second moment has standard error √(2/n) at most.
        const int n = 20_000;
        double[][] intervals = [[0.1, 0.37], [0.37, 0.4], [0.4, 0.93]];
        var values = new double[n][];
        for (var i = 0; i < n; i++)
        {
            var path = new BrownianPath<Scalar, ScalarDraws>(new ScalarDraws(5, NoiseStream.Step, i), 0, 1);
            values[i] = [.. intervals.SelectMany(t => { var (w, h) = path.SpaceTime(new Interval(0, t[0], t[1]), 0); return new[] { w.Value, h.Value }; })];
        }
        Whitened(values);
    }

    [Fact]
    public void ClockedIncrement_Law_IsIndependentStandardNormals()
    {
        const int n = 20_000;
        double[] times = [1, 0.9, 0.31, 0.3, 0.01, 1e-3];
        var values = new double[n][];
        for (var i = 0; i < n; i++)
        {
            var path = new ClockedPath<Scalar, ScalarDraws, DiffusionClock>(new ScalarDraws(6, NoiseStream.Step, i), Clock, 1, 1e-3);
            values[i] = [.. Enumerable.Range(0, 5).Select(k => path.Increment(new Interval(k, times[k], times[k + 1]), 0).Value)];
        }
        Whitened(values);
    }

    [Fact]
    public void Whitened_CorrelatedOrScaledNumbers_AreSeen()
    {
        var random = new Random(3);
        var independent = Enumerable.Range(0, 20_000).Select(i => new[] { Normal(random), Normal(random) }).ToArray();
        Whitened(independent);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Whitened([.. independent.Select(z => new[] { z[0], 0.1 * z[0] + 0.995 * z[1] })]));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Whitened([.. independent.Select(z => new[] { 1.06 * z[0], z[1] })]));
        static double Normal(Random r) => Math.Sqrt(-2 * Math.Log(1 - r.NextDouble())) * Math.Cos(2 * Math.PI * r.NextDouble());
    }

    [Fact]
    public void Lanes_AgainstScalar_SeeTheSamePath()
    {
        var lanes = new BrownianPath<Lanes1, LaneDraws<Lanes1>>(new LaneDraws<Lanes1>(8, NoiseStream.Step, 0), 0, 1);
        var (w, h) = lanes.SpaceTime(new Interval(0, 0.2, 0.7), 0);
        for (var i = 0; i < 16; i++)
        {
            var one = new BrownianPath<Scalar, ScalarDraws>(new ScalarDraws(8, NoiseStream.Step, i), 0, 1);
            var (v, g) = one.SpaceTime(new Interval(0, 0.2, 0.7), 0);
            Assert.Equal(v.Value, w.X[i], 2e-5); // some 60 float operations on numbers of size 1 to 3
            Assert.Equal(g.Value, h.X[i], 6e-5);
        }
    }

    [Fact]
    public void Increment_OutsideTheSpanOrTooShort_IsRefused()
    {
        var path = new BrownianPath<Scalar, ScalarDraws>(new ScalarDraws(8, NoiseStream.Step, 0), 0, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => path.Increment(new Interval(0, 0.5, 1.1), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => path.Increment(new Interval(0, 0.5, 0.5 + 1e-12), 0));
        Assert.Throws<ArgumentException>(() => new BrownianPath<Scalar, ScalarDraws>(default, 1, 1));
        Assert.Throws<ArgumentException>(() => new ClockedPath<Scalar, ScalarDraws, DiffusionClock>(default, Clock, 1, 0)); // λ is infinite at 0
        var clocked = new ClockedPath<Scalar, ScalarDraws, DiffusionClock>(new ScalarDraws(5, NoiseStream.Step, 0), Clock, 1, 1e-3);
        Assert.Throws<NotSupportedException>(() => clocked.SpaceTime(new Interval(0, 1, 0.5), 0));
    }

    private static readonly DiffusionClock Clock = new(new VariancePreserving(new LinearSchedule(0.1, 20)), 1);

    /// <summary>Means 0, second moments 1, correlations 0, each within the critical value of its standard error.</summary>
    private static void Whitened(double[][] values)
    {
        var n = values.Length;
        var d = values[0].Length;
        for (var j = 0; j < d; j++)
        {
            Assert.InRange(values.Average(z => z[j]) * Math.Sqrt(n), -CriticalValue, CriticalValue);
            Assert.InRange((values.Average(z => z[j] * z[j]) - 1) * Math.Sqrt(n / 2.0), -CriticalValue, CriticalValue);
            for (var k = 0; k < j; k++) Assert.InRange(values.Average(z => z[j] * z[k]) * Math.Sqrt(n), -CriticalValue, CriticalValue);
        }
    }

    /// <summary>W and ∫(B − B_start) over the interval.</summary>
    private static (double W, double I) Area(ref BrownianPath<Scalar, ScalarDraws> path, double from, double to)
    {
        var h = Math.Abs(to - from);
        var (w, a) = path.SpaceTime(new Interval(0, from, to), 0);
        return (Math.Sqrt(h) * w.Value, h * (Math.Sqrt(h / 12) * a.Value + Math.Sqrt(h) * w.Value / 2));
    }

    private static double W(ref ClockedPath<Scalar, ScalarDraws, DiffusionClock> path, double from, double to) =>
        Math.Sqrt(Math.Abs(Clock.At(to) - Clock.At(from))) * path.Increment(new Interval(0, from, to), 0).Value;
}
