using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests;

public class ProcessTests
{
    [Fact]
    public void VariancePreserving_AtEveryTime_HasUnitVariance() => Property.Check("α² + σ² = 1", draws =>
    {
        var level = draws.VariancePreserving().At(draws.Time());
        Near.Relative(1, level.Alpha * level.Alpha + level.Sigma * level.Sigma, Tolerances.Rounding);
    }, seed: 301, cases: 1000);

    [Fact]
    public void SubVariancePreserving_AtEveryTime_IsBelowVariancePreserving() => Property.Check("σ = 1 − α² = the square of the σ of VP", draws =>
    {
        var schedule = draws.Schedule();
        var t = draws.Time();
        var vp = new VariancePreserving(schedule).At(t);
        var sub = new SubVariancePreserving(schedule).At(t);
        Near.Relative(vp.Sigma * vp.Sigma, sub.Sigma, Tolerances.Rounding.Times(1 + Math.Abs(vp.LogSigma)));
        Assert.True(sub.Sigma <= vp.Sigma);
        // Song et al., 2011.13456: g² = β(1 − e^{−2∫β}), by the plain form.
        Near.Scaled(schedule.Beta(t) * (1 - Math.Exp(4 * schedule.LogAlpha(t))), sub.DiffusionSquared, schedule.Beta(t), Tolerances.Rounding);
    }, seed: 302);

    [Fact]
    public void Processes_DriftAndDiffusion_FollowFromAlphaAndSigma() => Property.Check("f = d log α/dt and g² = dσ²/dt − 2fσ²", draws =>
    {
        var process = draws.Process();
        var t = ScheduleTests.Smooth(draws, ScheduleOf(process), out var room);
        var level = process.At(t);
        var (f, fError) = Derivative.Richardson(process.LogAlpha, t, 0.3 * room);
        var (growth, growthError) = Derivative.Richardson(u => Math.Exp(2 * (process.LogSigma(u) - level.LogSigma)), t, 0.3 * room);
        var (variance, fScale) = (level.Sigma * level.Sigma, Math.Abs(f) + Math.Abs(level.LogAlpha) / room + 1e8 * fError);
        Near.Scaled(f, level.Drift, fScale + double.Epsilon, Tolerances.Differences, "f");
        Near.Scaled(variance * (growth - 2 * f), level.DiffusionSquared,
            variance * (Math.Abs(growth) + (1 + Math.Abs(level.LogSigma)) / room + 1e8 * growthError + 2 * fScale), Tolerances.Differences, "g²");
    }, seed: 303, cases: 1000);

    [Fact]
    public void Processes_Lambda_FallsStrictly() => Property.Check("λ(s) > λ(t) for s < t", draws =>
    {
        var process = draws.Process();
        var times = draws.Times(2);
        Assert.True(process.Lambda(times[0]) > process.Lambda(times[1]), $"λ({times[0]:r}) = {process.Lambda(times[0]):r}, λ({times[1]:r}) = {process.Lambda(times[1]):r}");
    }, seed: 304, cases: 1000);

    [Fact]
    public void Processes_InverseOfLambda_ReturnsTheTime() => Property.Check("λ⁻¹(λ(t)) = t, by the closed form and by bisection", draws =>
    {
        var process = draws.Process();
        var t = draws.Time();
        var level = process.At(t);
        // dλ/dt = −g²/(2σ²); a rounding of log α or log σ moves λ, that moves t.
        var speed = level.DiffusionSquared / (2 * level.Sigma * level.Sigma);
        var tolerance = Tolerances.Conditioned.Times(4 + (1 + Math.Abs(level.LogAlpha) + Math.Abs(level.LogSigma)) / (speed * t));
        Near.Relative(t, process.TimeOfLambda(level.Lambda), tolerance, "closed form");
        Near.Relative(t, new Relayed(process).TimeOfLambda(level.Lambda), tolerance, "bisection");
    }, seed: 305, cases: 1000);

    [Fact]
    public void Processes_LambdaThatNoTimeHas_IsRefused()
    {
        foreach (var process in ProcessCatalogue.All())
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => process.TimeOfLambda(double.NaN));
            if (double.IsFinite(process.Lambda(1)))
                Assert.Throws<ArgumentOutOfRangeException>(() => process.TimeOfLambda(process.Lambda(1) - 0.1));
            if (double.IsFinite(process.Lambda(0)))
                Assert.Throws<ArgumentOutOfRangeException>(() => process.TimeOfLambda(process.Lambda(0) + 0.1));
            Assert.Equal(0, process.TimeOfLambda(process.Lambda(0)));
            Assert.Equal(1, process.TimeOfLambda(process.Lambda(1)), 1e-14);
            foreach (var outside in new[] { -1e-9, 1 + 1e-9, double.NaN })
                Assert.Contains(process.Name, Assert.Throws<ArgumentOutOfRangeException>(() => process.At(outside)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Processes_AtTheEnds_HaveNoNaN()
    {
        foreach (var process in ProcessCatalogue.All())
        {
            foreach (var level in new[] { process.At(0), process.At(1) })
            {
                Assert.All([level.Alpha, level.Sigma, level.Lambda, level.Drift, level.DiffusionSquared], x => Assert.False(double.IsNaN(x), process.Name));
                Assert.True(level.Drift <= 0 && level.DiffusionSquared >= 0, process.Name);
            }
        }
    }

    [Fact]
    public void Bisection_NextToData_FindsTheTimeToTheLastDigits()
    {
        // λ → ∞ there, and bisection of the interval's length would leave an absolute error of 1e-16.
        var process = new Relayed(new VariancePreserving(new LinearSchedule()));
        foreach (var t in new[] { 1e-3, 1e-9, 1e-17, 1e-200 })
            Near.Relative(t, process.TimeOfLambda(process.Lambda(t)), new Tolerance(1e-13, "2 ulp of λ = 230, doubled"));
        Assert.Equal(0, process.TimeOfLambda(double.PositiveInfinity));
    }

    [Fact]
    public void Bisection_FunctionThatIsNotANumber_IsReported() =>
        Assert.Throws<ArithmeticException>(() => new Broken().TimeOfLambda(-0.3));

    internal static NoiseSchedule? ScheduleOf(ForwardSde process) => process switch
    {
        VariancePreserving vp => vp.Schedule,
        SubVariancePreserving sub => sub.Schedule,
        _ => null,
    };

    /// <summary>Only the two functions that a process of one's own must have.</summary>
    internal sealed class Relayed(ForwardSde inner) : ForwardSde
    {
        public override string Name => "relayed " + inner.Name;

        public override double LogAlpha(double t) => inner.LogAlpha(t);

        public override double LogSigma(double t) => inner.LogSigma(t);
    }

    private sealed class Broken : ForwardSde
    {
        public override string Name => "broken";

        public override double LogAlpha(double t) => t is 0 or 1 ? 0 : double.NaN;

        public override double LogSigma(double t) => t;
    }
}
