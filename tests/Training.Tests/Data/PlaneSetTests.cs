using ScoreSde.Training.Data;

namespace ScoreSde.Training.Tests.Data;

public sealed class PlaneSetTests
{
    private const int Count = 100_000;

    // Every mean is compared in units of its own standard error; |z| > 6.2 has probability 5.7e-10, and the fewer than 40 comparisons of this
    // class together stay below 1e-7 (the laws have bounded or Gaussian parts, so the central limit is close at this count).
    private const double Limit = 6.2;

    [Fact]
    public void Ring_HasItsMomentsAndEqualParts()
    {
        var points = Draw(PlaneSet.Ring);
        var (r, s) = (PlaneSet.RingRadius, PlaneSet.RingDeviation);
        AssertMean(0, points, p => p.X);
        AssertMean(0, points, p => p.Y);
        AssertMean(r * r / 2 + s * s, points, p => p.X * p.X);
        AssertMean(r * r / 2 + s * s, points, p => p.Y * p.Y);
        AssertMean(0, points, p => p.X * p.Y);
        for (var part = 0; part < 8; part++)
        {
            var (label, angle) = (part, Math.PI * part / 4);
            AssertMean(1.0 / 8, points, p => p.Label == label ? 1 : 0);
            var mine = points.Where(p => p.Label == label).ToArray();
            AssertMean(s * s, mine, p => Square(p.X - r * Math.Cos(angle)));
            AssertMean(r * Math.Sin(angle), mine, p => p.Y);
        }
    }

    [Fact]
    public void Moons_HaveTheirMoments()
    {
        var points = Draw(PlaneSet.Moons);
        var s2 = Square(PlaneSet.CurveDeviation);
        AssertMean(0.5, points, p => p.Label);
        AssertMean(0, points, p => p.X);
        AssertMean(0, points, p => p.Y);
        // Upper half: x = −1 + 2 cos θ, y = −½ + 2 sin θ, θ uniform on [0, π]; E cos = 0, E cos² = E sin² = ½, E sin = 2/π.
        AssertMean(3 + s2, points, p => p.X * p.X);
        AssertMean(2.25 - 4 / Math.PI + s2, points, p => p.Y * p.Y);
        AssertMean(-1, [.. points.Where(p => p.Label == 0)], p => p.X);
    }

    [Fact]
    public void SwissRoll_HasItsRadius()
    {
        var (a, b) = (1.5 * Math.PI, 4.5 * Math.PI);
        var expected = (b * b * b - a * a * a) / (3 * (b - a)) / 9 + 2 * Square(PlaneSet.CurveDeviation);
        AssertMean(expected, Draw(PlaneSet.SwissRoll), p => p.X * p.X + p.Y * p.Y);
    }

    [Fact]
    public void Checkerboard_StaysOnItsColour()
    {
        var points = Draw(PlaneSet.Checkerboard);
        foreach (var (x, y, _) in points)
        {
            Assert.InRange(x, -4, 4);
            Assert.InRange(y, -4, 4);
        }
        // Float rounding can push a point over an edge of its square: at most a few in 1e5.
        Assert.InRange(points.Count(p => (((int)Math.Floor(p.X / 2) + (int)Math.Floor(p.Y / 2)) & 1) != 0), 0, 5);
        AssertMean(0, points, p => p.X);
        AssertMean(0, points, p => p.Y);
        AssertMean(16.0 / 3, points, p => p.X * p.X);
        AssertMean(16.0 / 3, points, p => p.Y * p.Y);
        AssertMean(1, points, p => p.X * p.Y); // centres (−3, −1), (−1, 1), (1, −1), (3, 1) on average
    }

    [Fact]
    public void Draw_OfOneSeedAndNumber_IsAlwaysTheSame()
    {
        foreach (var set in PlaneSet.All)
        {
            float[] one = new float[2], again = new float[2], other = new float[2];
            set.Read(new TrainingRandomness(5), 1000, one);
            set.Read(new TrainingRandomness(5), 999, other);
            set.Read(new TrainingRandomness(5), 1000, again);
            Assert.Equal(one, again);
            Assert.NotEqual(one, other);
        }
    }

    [Fact]
    public void AssertMean_OnAWrongMean_Fails() =>
        Assert.ThrowsAny<Exception>(() => AssertMean(0.1, Draw(PlaneSet.Ring), p => p.X));

    private static (double X, double Y, int Label)[] Draw(PlaneSet set)
    {
        var randomness = new TrainingRandomness(20260101);
        var x = new float[2];
        var points = new (double, double, int)[Count];
        for (var n = 0; n < Count; n++)
        {
            var label = set.Read(randomness, n, x);
            points[n] = (x[0], x[1], label);
        }
        return points;
    }

    private static void AssertMean(double expected, (double X, double Y, int Label)[] points, Func<(double X, double Y, int Label), double> value)
    {
        var mean = points.Average(value);
        var deviation = Math.Sqrt(points.Average(p => Square(value(p) - mean)));
        var z = (mean - expected) / (deviation / Math.Sqrt(points.Length));
        Assert.True(Math.Abs(z) < Limit, $"mean {mean}, expected {expected}: z = {z}");
    }

    private static double Square(double x) => x * x;
}
