using ScoreSde.Sde.General;
using ScoreSde.Solvers.Processes;

namespace ScoreSde.Solvers.Tests.Processes;

public class InkDropTests
{
    private const int Particles = 20_000;

    // Enough for a tenth of the drop's deviation; the steps back cost most of the time.
    private const int Traced = 6_000;

    // Hoeffding: the mean of N numbers of [−1, 1] is off by more than √(2 ln(2/δ)/N) with probability at most δ. δ = 1e-8 a mode; no test looks at
    // more than 60, so a false alarm has probability below 1e-6.
    private static readonly double ModeError = Math.Sqrt(2 * Math.Log(2 / 1e-8) / Particles);

    [Fact]
    public void Spread_AtEveryTime_HasTheModesOfTheExactLaw()
    {
        var drop = InkDrop.Picture;
        var frames = drop.Spread(Particles, [0, 0.01, 0.1, 0.5, 2], 11);
        for (var k = 0; k < frames.Times.Length; k++) CheckModes(drop.Law, frames.Times[k], frames.At(k));
    }

    [Fact]
    public void Spread_OfAnyCount_MovesParticleIAlike()
    {
        var many = InkDrop.Picture.Spread(1000, [0.1, 0.3], 5);
        var few = InkDrop.Picture.Spread(3, [0.1, 0.3], 5);
        Assert.Equal(many.Last[..6].ToArray(), few.Last.ToArray());
        Assert.NotEqual(many.Last[..6].ToArray(), InkDrop.Picture.Spread(3, [0.1, 0.3], 6).Last.ToArray());
    }

    [Fact]
    public void Trace_OfAnyCount_MovesParticleIAlike()
    {
        foreach (var method in (TraceMethod[])[TraceMethod.EulerMaruyama, TraceMethod.Exact])
        {
            var many = InkDrop.Picture.Trace(600, [3, 0], 5, 20, method);
            var few = InkDrop.Picture.Trace(3, [3, 0], 5, 20, method);
            Assert.Equal(many.Last[..6].ToArray(), few.Last.ToArray());
        }
    }

    [Fact]
    public void Trace_ByTheExactTransition_HasTheModesOfTheExactLawAtEveryTime()
    {
        var drop = InkDrop.Picture;
        var end = drop.Law.TimeToUniform(1e-4); // the uniform start costs at most 2e-4 in a mode
        var frames = drop.Trace(Particles, [end, 1, 0.2, 0.02, 0], 12, 8, TraceMethod.Exact);
        for (var k = 0; k < frames.Times.Length; k++) CheckModes(drop.Law, frames.Times[k], frames.At(k), 2e-4);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void Trace_ByEulerMaruyama_ReturnsToWhereTheDropFell(double eta)
    {
        var drop = InkDrop.Picture;
        var end = drop.Law.TimeToUniform(1e-3);
        var start = TransportDistance.ToDrop(drop.Law, 0, drop.Trace(Traced, [end], 13).Last, 1, 0.999999);
        var back = TransportDistance.ToDrop(drop.Law, 0, drop.Trace(Traced, [end, 0], 13, 200, eta: eta).Last, 1, 0.999999);
        // Uniform particles are over 0.4 from the drop; returned ones within a tenth of its own deviation (200 steps over log(v_T/v_0) ≈ 6.5 leave about
        // 3 % of it, batches of 300 add a tenth of sampling to the upper end).
        Assert.True(start.Low > 0.3, $"{start}");
        Assert.True(back.High < 0.2 * drop.Law.Deviation, $"{back}");
        Assert.InRange(back.Distance, 0, 0.1 * drop.Law.Deviation);
    }

    [Fact]
    public void Trace_FromTheSpreadParticles_ReturnsToo()
    {
        var drop = new InkDrop(new InkDropLaw([0.8], [1], 0.05, 1));
        var spread = drop.Spread(Traced, [0.05], 3);
        var back = drop.Trace(Traced, [0.05, 0], 3, 200, start: spread.Last.ToArray());
        var distance = TransportDistance.ToDrop(drop.Law, 0, back.Last, 1, 0.999999);
        Assert.True(distance.High < 0.2 * drop.Law.Deviation, $"{distance}");
    }

    [Fact]
    public void Trace_WithTheScoreOfAnotherDrop_DoesNotReturn()
    {
        var drop = new InkDrop(new InkDropLaw([0.2], [1], 0.05, 1));
        var other = new InkDrop(new InkDropLaw([0.25], [1], 0.05, 1));
        var end = other.Law.TimeToUniform(1e-3);
        var distance = TransportDistance.ToDrop(drop.Law, 0, other.Trace(Traced, [end, 0], 3, 200).Last, 1, 0.999999);
        // A shift of 0.05 is a distance of 0.05; the interval is one of 99.9999 % from 20 batches.
        Assert.InRange(distance.Low, 0.6 * 0.05, 0.05);
        Assert.InRange(distance.High, 0.05, 1.2 * 0.05);
    }

    [Fact]
    public void TransportDistance_OfParticlesOfTheLaw_HasZeroInItsInterval()
    {
        var drop = InkDrop.Picture;
        var distance = TransportDistance.ToDrop(drop.Law, 0.3, drop.Spread(Particles, [0.3], 21).Last, 2);
        Assert.Equal(0, distance.Low, 3e-3);
        Assert.InRange(distance.Distance, distance.Low, distance.High);
        Assert.InRange(distance.High, 0, 0.05);
    }

    [Fact]
    public void Trace_WithAnOptionWithoutEffect_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => InkDrop.Picture.Trace(10, [1, 0], 1, 10, TraceMethod.Exact, eta: 0.5));
        Assert.Throws<ArgumentException>(() => InkDrop.Picture.Trace(10, [0, 1], 1));
        Assert.Throws<ArgumentException>(() => InkDrop.Picture.Spread(10, [1, 0.5], 1));
        Assert.Throws<ArgumentException>(() => InkDrop.Picture.Spread(10, [-1], 1));
    }

    [Fact]
    public void Histogram_OfAllParticles_CountsEachOnceInItsCell()
    {
        var drop = new InkDrop(new InkDropLaw([0.1, 1.9], [1, 2], 1e-6, 1));
        var counts = drop.Spread(50, [0], 1).Histogram(0, 4, drop.Law.Sides);
        Assert.Equal(50, counts[0 * 4 + 3]);
        Assert.Equal(50, counts.Sum());
    }

    private static void CheckModes(InkDropLaw law, double t, ReadOnlySpan<double> positions, double slack = 0)
    {
        for (var i = 0; i < law.Dimension; i++)
            for (var mode = 1; mode <= 6; mode++)
            {
                // E cos(kπx/a) = e^{−k²π²v/(2a²)} cos(kπc/a): the eigenfunctions of the box.
                var w = mode * Math.PI / law.Sides[i];
                var mean = 0.0;
                for (var p = i; p < positions.Length; p += law.Dimension) mean += Math.Cos(w * positions[p]) * law.Dimension / positions.Length;
                var exact = Math.Exp(-0.5 * w * w * law.VarianceAt(t)) * Math.Cos(w * law.Centre[i]);
                Assert.True(Math.Abs(mean - exact) <= ModeError + slack, FormattableString.Invariant($"coordinate {i}, mode {mode}, t = {t}: {mean} for {exact} ± {ModeError}"));
            }
    }
}
