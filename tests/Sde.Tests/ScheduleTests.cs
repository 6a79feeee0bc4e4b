using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests;

public class ScheduleTests
{
    [Fact]
    public void Schedules_AgainstTheTextbookFormula_Agree() => Property.Check("α is the α of the paper", draws =>
    {
        var t = draws.Uniform("t", 0.05, 0.95); // where the plain form keeps 14 digits
        double s = draws.LogUniform("s", 1e-4, 0.1), low = -draws.Uniform("−start", 0.5, 6), high = draws.Uniform("end", 0.5, 6), tau = draws.LogUniform("tau", 0.3, 2);
        double Cosine(double u) => Math.Pow(Math.Cos((u + s) / (1 + s) * Math.PI / 2), 2);
        Near.Relative(Cosine(t) / Cosine(0), Math.Exp(2 * new CosineSchedule(s).LogAlpha(t)), Plain, "cosine");
        double S(double x) => 1 / (1 + Math.Exp(-x / tau));
        Near.Relative((S(high) - S(t * (high - low) + low)) / (S(high) - S(low)), Math.Exp(2 * new SigmoidSchedule(low, high, tau).LogAlpha(t)), Plain.Times(Math.Exp(high / tau)), "sigmoid");
        var least = draws.Uniform("betaMin", 0, 2);
        Near.Relative(Math.Exp(-least * t - 0.5 * t * t * (20 - least)), Math.Exp(2 * new LinearSchedule(least, 20).LogAlpha(t)), Plain, "linear");
    }, seed: 201);

    [Fact]
    public void Cosine_NearData_KeepsTheDigitsOfTheNoise() => Property.Check("σ² of the cosine schedule at small t", draws =>
    {
        var t = (decimal)draws.LogUniform("t", 1e-6, 0.4);
        const decimal s = 0.008m, pi = 3.1415926535897932384626433833m;
        var c = pi / 2 / (1 + s);
        // 1 − cos(a + δ)/cos a = ((1 − cos δ) cos a + sin δ sin a)/cos a
        var alphaLoss = DecimalFunctions.OneMinusCos(c * t) + DecimalFunctions.Sin(c * t) * DecimalFunctions.Sin(c * s) / (1 - DecimalFunctions.OneMinusCos(c * s));
        var variance = alphaLoss * (2 - alphaLoss);
        Near.Relative(Math.Sqrt((double)variance), new VariancePreserving(new CosineSchedule()).At((double)t).Sigma, Tolerances.Rounding, "σ");
    }, seed: 202);

    [Fact]
    public void Schedules_InverseOfLogAlpha_ReturnsTheTime() => Property.Check("TimeOfLogAlpha(LogAlpha(t)) = t", draws =>
    {
        var schedule = draws.Schedule();
        var t = draws.Time();
        var logAlpha = schedule.LogAlpha(t);
        // A rounding of log α is worth |log α|/(½β) in time; and t itself has roundings of its own.
        var condition = 4 + Math.Abs(logAlpha) / (0.5 * schedule.Beta(t) * t);
        Near.Relative(t, schedule.TimeOfLogAlpha(logAlpha), Tolerances.Conditioned.Times(condition), schedule.Name);
    }, seed: 203, cases: 1000);

    [Fact]
    public void Schedules_Beta_IsTheSlopeOfLogAlpha() => Property.Check("β = −2 d log α/dt", draws =>
    {
        var schedule = draws.Schedule();
        var t = Smooth(draws, schedule, out var room);
        var (slope, error) = Derivative.Richardson(schedule.LogAlpha, t, 0.3 * room);
        var beta = schedule.Beta(t);
        Near.Scaled(-2 * slope, beta, beta + Math.Abs(schedule.LogAlpha(t)) / room + 1e8 * error, Tolerances.Differences, schedule.Name);
    }, seed: 204, cases: 1000);

    [Fact]
    public void Schedules_AtTheEnds_AreExact()
    {
        NoiseSchedule[] all = [new LinearSchedule(), new CosineSchedule(), new SigmoidSchedule(), DiscreteSchedule.LinearBetas(), DiscreteSchedule.CosineBetas()];
        foreach (var schedule in all)
        {
            Assert.Equal(0, schedule.LogAlpha(0));
            Assert.Equal(0, schedule.TimeOfLogAlpha(0));
            Assert.Equal(1, schedule.TimeOfLogAlpha(schedule.LogAlpha(1)), 1e-15);
            Assert.Throws<ArgumentOutOfRangeException>(() => schedule.TimeOfLogAlpha(0.1));
            Assert.Throws<ArgumentOutOfRangeException>(() => schedule.TimeOfLogAlpha(double.NaN));
        }
        Assert.Equal(double.NegativeInfinity, new CosineSchedule().LogAlpha(1));
        Assert.Equal(double.PositiveInfinity, new CosineSchedule().Beta(1));
        Assert.Equal(double.NegativeInfinity, new SigmoidSchedule().LogAlpha(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearSchedule().TimeOfLogAlpha(-6));
    }

    [Fact]
    public void Discrete_AtTheSteps_IsTheProductOfTheBetas()
    {
        var schedule = DiscreteSchedule.LinearBetas();
        Assert.Equal((1e-4, 0.02, 1000), (schedule.Betas[0], schedule.Betas[^1], schedule.Steps));
        decimal product = 1;
        for (var k = 1; k <= schedule.Steps; k++)
        {
            product *= 1 - (decimal)schedule.Betas[k - 1]; // 28 digits
            Near.Relative(0.5 * Math.Log((double)product), schedule.LogAlpha(k / 1000.0), new Tolerance(4e-13, "a decimal holds 15 digits of a double beta of 1e-4"));
            Near.Relative(-1000 * Math.Log(1 - schedule.Betas[k - 1]), schedule.Beta((k - 0.5) / 1000), new Tolerance(2e-12, "log(1 − 1e-4) by the plain form has 12 digits"));
        }
    }

    [Fact]
    public void Discrete_CosineBetas_AreClippedAndFollowTheCosine()
    {
        var schedule = DiscreteSchedule.CosineBetas(1000);
        Assert.Equal(0.999, schedule.Betas[^1]);
        Assert.True(schedule.Betas[^2] < 0.999);
        Near.Relative(new CosineSchedule().LogAlpha(0.9), schedule.LogAlpha(0.9), new Tolerance(1e-12, "a sum of 900 logarithms of betas with 1e-13 each"));
    }

    [Fact]
    public void Schedules_ImpossibleNumbers_AreRefusedWithWhatWasGiven()
    {
        Assert.Contains("given 3, 2", Assert.Throws<ArgumentOutOfRangeException>(() => new LinearSchedule(3, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearSchedule(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearSchedule(0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SigmoidSchedule(3, -3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SigmoidSchedule(-3, 3, 0));
        Assert.Contains("beta 2 of 2 is 1", Assert.Throws<ArgumentException>(() => new DiscreteSchedule([0.1, 1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DiscreteSchedule([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DiscreteSchedule.LinearBetas(steps: 0));
    }

    // α² and its plain form: a difference of numbers of size 1 at t ≥ 0.05 and at t ≤ 0.95.
    private static readonly Tolerance Plain = new(1e-13, "the plain form loses up to two digits of 16 for 0.05 ≤ t ≤ 0.95");

    /// <summary>A time away from the corners of the schedule and the ends, and how far.</summary>
    internal static double Smooth(Draws draws, NoiseSchedule? schedule, out double room)
    {
        if (schedule is DiscreteSchedule table)
        {
            var k = draws.Whole("step", 0, table.Steps - 1);
            var part = draws.Uniform("part of the step", 0.2, 0.8);
            room = Math.Min(part, 1 - part) / table.Steps;
            return (k + part) / table.Steps;
        }
        var t = draws.Time();
        room = Math.Min(t, 1 - t);
        return t;
    }
}
