using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests;

/// <summary>The helpers of the tests fail on a wrong value.</summary>
public class PropertyRunnerTests
{
    private static readonly Tolerance Tight = new(1e-12, "for the test of the helper");

    [Fact]
    public void Check_LawThatFails_ReportsSeedAndShrunkCase()
    {
        var e = Assert.Throws<PropertyException>(() => Property.Check("x stays below a half", draws =>
        {
            var unused = draws.Uniform("unused", 0, 1);
            var x = draws.Uniform("x", 0, 1);
            Assert.True(x < 0.5 && unused >= 0, "x is large");
        }, seed: 7));
        Assert.Contains("Replay seed 7", e.Message, StringComparison.Ordinal);
        Assert.Contains("unused = 0\n", e.Message, StringComparison.Ordinal);
        Assert.Contains("x is large", e.Message, StringComparison.Ordinal);
        var x = double.Parse(e.Message.Split("x = ")[1].Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(x, 0.5, 1.0);
    }

    [Fact]
    public void Check_LawThatFailsRarely_IsFound() =>
        Assert.Throws<PropertyException>(() => Property.Check("no x above 0.99", draws => Assert.True(draws.Uniform("x", 0, 1) < 0.99), seed: 3, cases: 1000));

    [Fact]
    public void Check_SameSeed_DrawsTheSameCases()
    {
        static List<double> Run()
        {
            var seen = new List<double>();
            Property.Check("any", draws => seen.Add(draws.Symmetric("x", 1)), seed: 11, cases: 50);
            return seen;
        }
        var first = Run();
        Assert.Equal(first, Run());
        Assert.True(first.Distinct().Count() > 40);
    }

    [Fact]
    public void Check_TooManyTrivialCases_Fails()
    {
        void Run(int oneIn) => Property.Check("any", draws =>
        {
            if (draws.OnceIn(oneIn)) draws.Trivial();
        }, seed: 5, cases: 1000);
        Assert.Contains("shows nothing", Assert.Throws<PropertyException>(() => Run(5)).Message, StringComparison.Ordinal);
        Run(20);
    }

    [Fact]
    public void Near_WrongValue_Fails()
    {
        Near.Relative(2, 2 + 1e-12, Tight);
        Near.Absolute(2, 2 + 5e-13, Tight);
        Near.Scaled(2, 2 + 5e-11, 100, Tight);
        Near.Vector([1, 2], [1, 2 + 1e-12], Tight);
        Near.Relative(double.NegativeInfinity, double.NegativeInfinity, Tight);
        Assert.Throws<PropertyException>(() => Near.Relative(2, 2 + 3e-12, Tight));
        Assert.Throws<PropertyException>(() => Near.Relative(0, 1e-300, Tight));
        Assert.Throws<PropertyException>(() => Near.Absolute(2, 2 + 2e-12, Tight));
        Assert.Throws<PropertyException>(() => Near.Absolute(0, double.NaN, Tight));
        Assert.Throws<PropertyException>(() => Near.Relative(double.NaN, double.NaN, Tight));
        Assert.Throws<PropertyException>(() => Near.Scaled(2, 2 + 5e-10, 100, Tight));
        Assert.Throws<PropertyException>(() => Near.Vector([1, 2], [1, 2 + 1e-11], Tight));
        Assert.Throws<PropertyException>(() => Near.Vector([1, 2], [1, 2, 3], Tight));
        Assert.Throws<PropertyException>(() => Near.Relative(double.PositiveInfinity, double.NegativeInfinity, Tight));
        Assert.Contains("for the test", Assert.Throws<PropertyException>(() => Near.Absolute(0, 1, Tight)).Message, StringComparison.Ordinal);
    }
}
