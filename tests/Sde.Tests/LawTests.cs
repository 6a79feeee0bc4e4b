using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests;

public class LawTests
{
    [Fact]
    public void Laws_Score_IsTheGradientOfTheLogDensity() => Property.Check("∇ log p_t = s", draws =>
    {
        var law = AnyLaw(draws, draws.Whole("d", 1, 5));
        var level = draws.Process().At(draws.Uniform("t", 0.02, 0.98));
        var x = Sample(draws, law, level);
        var score = new double[law.Dimension];
        law.Score(x, level, score);
        var least = LeastDeviation(law, level);
        for (var j = 0; j < x.Length; j++)
        {
            double At(double c)
            {
                var y = (double[])x.Clone();
                y[j] = c;
                return law.LogDensity(y, level);
            }
            var (slope, error) = Derivative.Richardson(At, x[j], 0.3 * least);
            var size = Math.Abs(score[j]) + (1 + Math.Abs(law.LogDensity(x, level))) / least + 1e8 * error;
            Near.Scaled(slope, score[j], size, Tolerances.Differences, $"score[{j}]");
        }
    }, seed: 801, cases: 400);

    [Fact]
    public void Laws_DensityOnTheLine_IntegratesToOneWithItsMoments() => Property.Check("∫p = 1, E x² = α²E x_0² + σ²", draws =>
    {
        var law = AnyLaw(draws, 1);
        var level = draws.Process().At(draws.Uniform("t", 0.01, 1));
        var (low, high, n) = Span(law, level);
        double P(double x) => Math.Exp(law.LogDensity([x], level));
        Near.Relative(1, Quadrature.Trapezoid(P, low, high, n), Tolerances.Quadrature, "∫p");
        Near.Relative(level.Alpha * level.Alpha * law.SecondMoment + level.Sigma * level.Sigma,
            Quadrature.Trapezoid(x => x * x * P(x), low, high, n), Tolerances.Quadrature, "E x²");
    }, seed: 802, cases: 200);

    [Fact]
    public void Mixture_OfEqualComponents_IsTheGaussian() => Property.Check("score and density of coinciding components", draws =>
    {
        var d = draws.Whole("d", 1, 5);
        var gaussian = draws.OneOf("isotropic", true, false) ? new Gaussian(draws.Vector("mean", d, 3), draws.LogUniform("variance", 0.01, 1)) : draws.Gaussian(d);
        var mixture = new GaussianMixture([draws.Uniform("w0", 0.1, 1), draws.Uniform("w1", 0.1, 1), 1], gaussian, gaussian, gaussian);
        var level = draws.Process().At(draws.Uniform("t", 0.01, 0.99));
        var x = Sample(draws, gaussian, level);
        var (one, three) = (new double[d], new double[d]);
        gaussian.Score(x, level, one);
        mixture.Score(x, level, three);
        var size = Math.Abs(gaussian.LogDensity(x, level)) + 10;
        Near.Scaled(gaussian.LogDensity(x, level), mixture.LogDensity(x, level), size, Tolerances.Rounding, "log p");
        // In x the two forms of the isotropic score differ by a rounding of α m and of x, over the variance.
        var scale = (level.Alpha * 3 + x.Max(Math.Abs)) / Math.Pow(LeastDeviation(gaussian, level), 2);
        for (var j = 0; j < d; j++) Near.Scaled(one[j], three[j], scale, Tolerances.Rounding, $"score[{j}]");
    }, seed: 803);

    [Fact]
    public void Mixture_SharedIsotropicCovariance_IsTheGeneralFormula() => Property.Check("the short way is the long way", draws =>
    {
        var d = draws.Whole("d", 1, 4);
        var variance = draws.LogUniform("variance", 0.01, 1);
        var means = Enumerable.Range(0, draws.Whole("components", 1, 5)).Select(_ => draws.Vector("mean", d, 3)).ToArray();
        var shared = GaussianMixture.Isotropic(means, variance);
        // One component more, so far off that it has no weight, but of another variance.
        var general = new GaussianMixture([.. Enumerable.Repeat(1.0, means.Length), 1e-300], [.. shared.Components, new Gaussian(new double[d], 2 * variance)]);
        Assert.Equal(variance, shared.SharedVariance);
        Assert.Null(general.SharedVariance);
        var level = draws.Process().At(draws.Uniform("t", 0.01, 0.99));
        var x = Sample(draws, shared, level);
        var (a, b, r) = (new double[d], new double[d], new double[means.Length]);
        shared.Score(x, level, a);
        general.Score(x, level, b);
        shared.Responsibilities(x, level, r);
        Near.Relative(1, r.Sum(), Tolerances.Rounding.Times(10), "Σ r");
        var logp = shared.LogDensity(x, level);
        var scale = (1 + Math.Abs(logp)) * (1 + level.Alpha * 6 + x.Max(Math.Abs)) * (1 + Math.Abs(level.Alpha) * 6) / Math.Pow(LeastDeviation(shared, level), 2);
        for (var j = 0; j < d; j++) Near.Scaled(a[j], b[j], scale, Tolerances.Rounding, $"score[{j}]");
        Near.Scaled(logp, general.LogDensity(x, level), 10 + Math.Abs(logp), Tolerances.Rounding, "log p");
    }, seed: 804);

    [Fact]
    public void Draws_OfNormalsOnALattice_HaveTheMeanAndCovariance()
    {
        // Draw is affine in the normals, so its value at 0 and at the unit vectors says all: mean, and a root of the covariance.
        double[,] covariance = { { 2, 0.6 }, { 0.6, 0.5 } };
        var law = new Gaussian([1, -2], covariance);
        var (centre, e0, e1) = (new double[2], new double[2], new double[2]);
        law.Draw([0, 0], 0, centre);
        law.Draw([1, 0], 0, e0);
        law.Draw([0, 1], 0, e1);
        Assert.Equal([1, -2], centre);
        for (var i = 0; i < 2; i++)
            for (var j = 0; j < 2; j++)
                Near.Relative(covariance[i, j], (e0[i] - centre[i]) * (e0[j] - centre[j]) + (e1[i] - centre[i]) * (e1[j] - centre[j]), Tolerances.Rounding.Times(4), $"covariance {i}, {j}");
    }

    [Fact]
    public void Draws_OfAMixture_ChooseComponentsByWeight()
    {
        var law = GaussianMixture.Isotropic([[0.0], [10.0], [20.0]], 0, [1, 2, 1]);
        foreach (var (uniform, expected) in new[] { (0.0, 0.0), (0.2499, 0), (0.25, 10), (0.7499, 10), (0.75, 20), (0.999999, 20) })
        {
            var x = new double[1];
            law.Draw([0.3], uniform, x);
            Assert.Equal(expected, x[0]);
        }
        Assert.Equal(0.5 * 100 + 0.25 * 400, law.SecondMoment, 1e-12);
    }

    [Fact]
    public void Ring_Defaults_AreEightModesOnACircleOfFour()
    {
        var ring = GaussianMixture.Ring();
        Assert.Equal((8, 2, 0.0625), (ring.Components.Length, ring.Dimension, ring.SharedVariance));
        Assert.Equal([4.0, 0.0], ring.Means[0]);
        foreach (var m in ring.Means) Near.Relative(4, Math.Sqrt(m[0] * m[0] + m[1] * m[1]), Tolerances.Rounding);
    }

    [Fact]
    public void Laws_ScoreAndDensity_AllocateNothing()
    {
        IDataLaw[] laws = [GaussianMixture.Ring(), new Gaussian([1, 2], new double[,] { { 1, 0.2 }, { 0.2, 1 } }), new GaussianMixture([1, 2], new Gaussian([1, 2], new double[,] { { 1, 0.2 }, { 0.2, 1 } }), new Delta([0, 0]))];
        var level = new VariancePreserving(new LinearSchedule()).At(0.3);
        var (x, score) = (new double[] { 0.3, -0.2 }, new double[2]);
        foreach (var law in laws)
        {
            law.Score(x, level, score);
            law.LogDensity(x, level);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                law.Score(x, level, score);
                law.LogDensity(x, level);
            }
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Laws_WithoutADensity_SayAtWhichLevel()
    {
        var level = new VariancePreserving(new LinearSchedule()).At(0);
        var score = new double[1];
        foreach (var law in new IDataLaw[] { new Delta([1]), GaussianMixture.Isotropic([[1.0], [2.0]], 0) })
        {
            Assert.Contains("t = 0", Assert.Throws<InvalidOperationException>(() => law.Score([0.5], level, score)).Message, StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(() => law.LogDensity([0.5], level));
        }
    }

    [Fact]
    public void Laws_ImpossibleParameters_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new Gaussian([], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Gaussian([1], -1));
        Assert.Throws<ArgumentException>(() => new Gaussian([1, 2], new double[,] { { 1 } }));
        Assert.Throws<ArgumentException>(() => new Gaussian([1, 2], new double[,] { { 1, 0.5 }, { 0, 1 } }));
        Assert.Throws<ArgumentException>(() => new Gaussian([1, 2], new double[,] { { 1, 2 }, { 2, 1 } }));
        Assert.Throws<ArgumentException>(() => new GaussianMixture([1], []));
        Assert.Throws<ArgumentException>(() => new GaussianMixture([1, 0], new Gaussian([1], 1), new Gaussian([1], 1)));
        Assert.Throws<ArgumentException>(() => new GaussianMixture([1, 1], new Gaussian([1], 1), new Gaussian([1, 2], 1)));
    }

    /// <summary>A point that the law at the level may give: a draw of it.</summary>
    internal static double[] Sample(Draws draws, IDataLaw law, in Level level)
    {
        var (x, noise) = (new double[law.Dimension], draws.Vector("noise", law.Dimension, 2));
        law.Draw(draws.Vector("normals", law.Dimension, 2), draws.Uniform("uniform", 0, 0.999), x);
        for (var j = 0; j < x.Length; j++) x[j] = level.Alpha * x[j] + level.Sigma * noise[j];
        return x;
    }

    internal static IDataLaw AnyLaw(Draws draws, int dimension) => draws.Whole("kind of law", 0, 3) switch
    {
        0 => draws.Gaussian(dimension),
        1 => new Delta(draws.Vector("point", dimension, 3)),
        _ => draws.Mixture(dimension),
    };

    internal static double LeastDeviation(IDataLaw law, in Level level)
    {
        var least = double.PositiveInfinity;
        foreach (var g in Parts(law))
            for (var i = 0; i < g.Dimension; i++) least = Math.Min(least, g.VarianceAt(i, level));
        return Math.Sqrt(least);
    }

    /// <summary>Ends and points of a quadrature on the line: 12 deviations past the outermost means, five points to the least deviation.</summary>
    internal static (double Low, double High, int Points) Span(IDataLaw law, in Level level)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var g in Parts(law))
        {
            var deviation = Math.Sqrt(g.VarianceAt(0, level));
            low = Math.Min(low, level.Alpha * g.Mean[0] - 12 * deviation);
            high = Math.Max(high, level.Alpha * g.Mean[0] + 12 * deviation);
        }
        return (low, high, (int)Math.Min(2_000_000, Math.Ceiling(5 * (high - low) / LeastDeviation(law, level))));
    }

    private static Gaussian[] Parts(IDataLaw law) => law is GaussianMixture mixture ? mixture.Components.ToArray() : [(Gaussian)law];
}
