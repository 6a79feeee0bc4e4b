using ScoreSde.Sde.General;
using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests.General;

public class ReflectedGaussianTests
{
    // Both series are sums of at most 60 terms of size ≤ 1, each right to a few ulp; measured below 1e-15 of the largest value.
    private static readonly Tolerance Series = new(2e-14, "rounding of 60 terms, twenty times the largest measured");

    // Cells per deviation times the decay of the midpoint rule: exp(−2π²(s n/a)²) at s n/a ≥ 2.5 is 1e-53; what is left is rounding of the sum.
    private static readonly Tolerance Sum = new(3e-13, "rounding of a sum of up to 4000 terms, three times the largest measured");

    [Fact]
    public void Density_ByImagesAndByCosines_IsTheSameFunction() => Property.Check("image series = cosine series", draws =>
    {
        var law = Draw(draws, 0.05, 3);
        var x = law.Side * draws.Uniform("x/side", 0, 1);
        Near.Scaled(law.DensityByCosines(x), law.DensityByImages(x), 1 / Math.Min(law.Deviation, law.Side), Series, "density");
    }, seed: 7101, cases: 2000);

    [Fact]
    public void Score_ByImagesAndByCosines_IsTheSameFunction() => Property.Check("score by images = score by cosines", draws =>
    {
        var law = Draw(draws, 0.2, 3);
        var x = law.Side * draws.Uniform("x/side", 0, 1);
        // The cosine sums are divided by the density: what is lost is its smallness against the peak.
        var loss = 1 / (law.DensityByImages(x) * Math.Min(law.Deviation, law.Side));
        Near.Scaled(law.ScoreByImages(x), law.ScoreByCosines(x), loss / Math.Min(law.Deviation, law.Side), Series, "score");
    }, seed: 7102, cases: 2000);

    [Fact]
    public void Crossover_EverywhereInTheBox_LosesLessThanADigit()
    {
        var least = double.PositiveInfinity;
        for (var c = 0; c <= 20; c++)
            for (var x = 0; x <= 20; x++)
                least = Math.Min(least, new ReflectedGaussian(c / 20.0, ReflectedGaussian.Crossover, 1).DensityByImages(x / 20.0));
        Assert.InRange(least, 0.17, 0.18);
    }

    [Fact]
    public void Density_AnyWidth_IntegratesToOne() => Property.Check("∫ p = 1", draws =>
    {
        var law = Draw(draws, 2e-3, 5);
        Near.Relative(1, Quadrature.Midpoints(law.Density, law.Side, 4000), Sum, "mass");
    }, seed: 7103, cases: 300);

    [Fact]
    public void Density_StartAndPointExchanged_IsTheSame() => Property.Check("p(x|y) = p(y|x)", draws =>
    {
        var law = Draw(draws, 0.01, 3);
        var x = law.Side * draws.Uniform("x/side", 0, 1);
        Near.Scaled(law.Density(x), (law with { Centre = x }).Density(law.Centre), 1 / Math.Min(law.Deviation, law.Side), Series, "density");
    }, seed: 7104);

    [Fact]
    public void Density_AtTheWalls_HasNoNormalDerivative() => Property.Check("∂p/∂n = 0", draws =>
    {
        var law = Draw(draws, 0.01, 1.2);
        // A term contributes a/s² to the score at most: that is the scale of what cancels.
        var scale = law.Side / (law.Deviation * law.Deviation) + 1 / law.Side;
        var rounding = new Tolerance(1e-12, "rounding of the angle kπ at the far wall, five times the largest measured");
        Near.Absolute(0, law.Score(0) / scale, rounding, "score at 0");
        Near.Absolute(0, law.Score(law.Side) / scale, rounding, "score at the side");
        // It is the slope at the walls that vanishes, not the slope everywhere.
        var inside = 0.5 * (law.Centre < 0.5 * law.Side ? law.Centre + law.Side : law.Centre);
        if (law.Deviation > law.Side) draws.Trivial(); // uniform to rounding
        else Assert.NotEqual(0, law.Score(inside));
    }, seed: 7105);

    [Fact]
    public void Transition_OverTwoSteps_IsTheTransitionOverBoth() => Property.Check("Chapman–Kolmogorov", draws =>
    {
        var first = Draw(draws, 0.02, 2);
        var second = first.Side * draws.LogUniform("second deviation/side", 0.02, 2);
        var x = first.Side * draws.Uniform("x/side", 0, 1);
        var direct = first.Spread(second * second).Density(x);
        // p(x|y) p(y|c) is the even continuation of an analytic function in y: midpoints at 8 a deviation leave exp(−2π²·64).
        var composed = Quadrature.Midpoints(y => first.Density(y) * new ReflectedGaussian(y, second, first.Side).Density(x), first.Side, 600);
        Near.Scaled(direct, composed, 1 / Math.Min(Math.Sqrt(first.Deviation * first.Deviation + second * second), first.Side), Sum, "density");
    }, seed: 7106, cases: 150);

    [Fact]
    public void Folding_UnfoldedGaussian_HasTheImageDensity() => Property.Check("law of fold(N) = p", draws =>
    {
        // P(fold(V) ≤ x) is a sum over the preimages of [0, x]: the definition of folding, with no series shared with the law.
        var law = Draw(draws, 0.05, 2);
        var x = law.Side * draws.Uniform("x/side", 0, 1);
        var sum = 0.0;
        for (var k = -20; k <= 20; k++) sum += Normal(2 * k * law.Side + x) - Normal(2 * k * law.Side - x);
        Near.Absolute(sum, law.Cumulative(x), Series, "probability of [0, x]");

        double Normal(double v) => 0.5 * MathNet.Numerics.SpecialFunctions.Erfc((law.Centre - v) / (Math.Sqrt(2) * law.Deviation));
    }, seed: 7107);

    [Fact]
    public void Score_Anywhere_IsTheGradientOfTheLogDensity() => Property.Check("score = ∇ log p", draws =>
    {
        var law = Draw(draws, 0.01, 2);
        var h = 1e-3 * Math.Min(law.Deviation, law.Side);
        var x = h * 2 + (law.Side - 4 * h) * draws.Uniform("x/side", 0, 1);
        var slope = (8 * (law.LogDensity(x + h) - law.LogDensity(x - h)) - (law.LogDensity(x + 2 * h) - law.LogDensity(x - 2 * h))) / (12 * h);
        // Fourth-order difference: h⁴ f⁽⁵⁾/30 with f⁽⁵⁾ ~ (a/s²)⁵ at a ridge between two images is below (1e-3)⁴(a/s)⁵·(a/s²); rounding 1e-16 |log p|/h.
        var width = law.Side / Math.Min(law.Deviation, law.Side);
        var scale = law.Side / Math.Pow(Math.Min(law.Deviation, law.Side), 2);
        Near.Scaled(slope, law.Score(x), scale, new Tolerance(1e-12 * Math.Pow(width, 4) + 1e-11, "difference formula, h⁴ (a/s)⁴ and rounding over h"), "score");
    }, seed: 7108);

    [Fact]
    public void LogDensity_FarFromANarrowDrop_IsFinite()
    {
        var law = new ReflectedGaussian(0.1, 1e-3, 1);
        Near.Relative(-0.5 * 0.8 * 0.8 / 1e-6 - Math.Log(1e-3 * Math.Sqrt(2 * Math.PI)), law.LogDensity(0.9), Series, "log p, one image");
        Near.Relative(-0.8 / 1e-6, law.Score(0.9), Series, "score, one image");
        Assert.Equal(0, law.Density(0.9));
    }

    [Fact]
    public void Quantile_OfAnyProbability_InvertsTheDistributionFunction() => Property.Check("F(Q(u)) = u", draws =>
    {
        var law = Draw(draws, 0.02, 3);
        var u = draws.Uniform("u", 0.001, 0.999);
        Near.Absolute(u, law.Cumulative(law.Quantile(u)), Series, "probability");
    }, seed: 7109);

    [Fact]
    public void Moments_AnyWidth_AreThoseOfTheDensity() => Property.Check("mean and variance", draws =>
    {
        var law = Draw(draws, 0.02, 3);
        var (mean, variance) = law.Moments;
        // x and (x − m)² p have corners at the walls: the midpoint rule is of second order, error a²p_max/(24 n²) · O(1).
        var corner = new Tolerance(law.Side / Math.Min(law.Deviation, law.Side) / (4000.0 * 4000), "midpoint rule, a/s · n⁻²");
        Near.Scaled(Quadrature.Midpoints(x => x * law.Density(x), law.Side, 4000), mean, law.Side, corner, "mean");
        Near.Scaled(Quadrature.Midpoints(x => (x - mean) * (x - mean) * law.Density(x), law.Side, 4000), variance, law.Side * law.Side, corner, "variance");
    }, seed: 7110);

    [Fact]
    public void UniformWidth_FoldedGaussian_IsUniformToRounding()
    {
        for (var c = 0; c <= 10; c++)
            Assert.Equal(1.0, new ReflectedGaussian(c / 10.0, Folding.UniformWidth, 1).DensityByCosines(0.37));
    }

    [Theory]
    [InlineData(0.3, 0.3)]
    [InlineData(-0.3, 0.3)]
    [InlineData(1.3, 0.7)]
    [InlineData(2.3, 0.3)]
    [InlineData(-1.3, 0.7)]
    [InlineData(-7.75, 0.25)]
    public void Fold_OfAPoint_ReflectsAtBothWalls(double x, double expected) => Assert.Equal(expected, Folding.Fold(x, 1), 1e-14);

    internal static ReflectedGaussian Draw(Draws draws, double least, double greatest)
    {
        var side = draws.LogUniform("side", 0.1, 10);
        var deviation = side * draws.LogUniform("deviation/side", least, greatest);
        return new ReflectedGaussian(side * draws.Uniform("centre/side", 0, 1), deviation, side);
    }
}
