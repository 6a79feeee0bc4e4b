using ScoreSde.Sde.General;
using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests.General;

public class InkDropLawTests
{
    // |p − u| has corners where p crosses u; n midpoints leave at most (corners) · |slope| (a/n)²/8, under 1e-4 of the distance for n = 2000.
    private const double QuadratureSlack = 1e-4;

    [Fact]
    public void DistanceToUniform_SegmentAtAnyTime_LiesUnderTheEigenvalueBound() => Property.Check("TV ≤ eigenvalue bound, one dimension", draws =>
    {
        var law = Draw(draws, 1);
        var t = Time(draws, law);
        var axis = law.Axis(0, t);
        var distance = 0.5 * Quadrature.Midpoints(x => Math.Abs(axis.Density(x) - 1 / axis.Side), axis.Side, 2000);
        CheckSandwich(law, t, distance);
    }, seed: 7201, cases: 400);

    [Fact]
    public void DistanceToUniform_RectangleAtAnyTime_LiesUnderTheEigenvalueBound() => Property.Check("TV ≤ eigenvalue bound, two dimensions", draws =>
    {
        const int n = 200;
        var law = Draw(draws, 2);
        var t = Time(draws, law);
        var uniform = 1 / (law.Sides[0] * law.Sides[1]);
        var distance = 0.5 * law.DensityGrid(n, t).Sum(p => Math.Abs(p - uniform)) / (uniform * n * n);
        CheckSandwich(law, t, distance);
    }, seed: 7202, cases: 60);

    [Fact]
    public void DistanceBound_AgainstTheSpectralSum_IsTheSameNumber() => Property.Check("closed form of the bound = sum over eigenvalues", draws =>
    {
        var law = Draw(draws, 2);
        var t = Time(draws, law);
        var sum = 0.0;
        for (var k = 0; k <= 60; k++)
            for (var j = 0; j <= 60; j++)
                if (k + j > 0) sum += Mode(0, k) * Mode(1, j);
        Near.Relative(Math.Min(1, 0.5 * Math.Sqrt(sum)), law.DistanceToUniformBound(t), new Tolerance(1e-11, "rounding of 3600 terms"), "bound");

        // e^{−2λt} φ_k(c)² of one coordinate, with the drop's own age added to t.
        double Mode(int i, int k)
        {
            var w = k * Math.PI / law.Sides[i];
            var phi = k == 0 ? 1 : Math.Sqrt(2) * Math.Cos(w * law.Centre[i]);
            return Math.Exp(-w * w * law.VarianceAt(t)) * phi * phi;
        }
    }, seed: 7203, cases: 100);

    [Fact]
    public void DistanceBound_OfHalfTheEigenvalues_WouldNotHoldTheOtherWay()
    {
        // The check has teeth: were the eigenvalues four times as large, the bound would fail at once.
        var law = new InkDropLaw([0.2], [1], 0.05, 0.1);
        var axis = law.Axis(0, 2);
        var distance = 0.5 * Quadrature.Midpoints(x => Math.Abs(axis.Density(x) - 1), 1, 2000);
        var tooFast = new InkDropLaw([0.2], [1], 0.05, 0.4);
        Assert.True(distance > tooFast.DistanceToUniformBound(2));
        Assert.Throws<Xunit.Sdk.TrueException>(() => CheckSandwich(tooFast, 2, distance));
    }

    [Fact]
    public void TimeToUniform_OfADistance_ReachesIt()
    {
        var law = new InkDropLaw([0.1, 0.7], [1, 2], 0.03, 0.2);
        var t = law.TimeToUniform(1e-3);
        Assert.Equal(1e-3, law.DistanceToUniformBound(t), 1e-12);
        Assert.True(law.DistanceToUniformBound(0.9 * t) > 1e-3);
    }

    [Fact]
    public void DensityGrid_TimesCellVolume_SumsToOne()
    {
        var law = new InkDropLaw([0.3, 0.9, 0.5], [1, 2, 0.7], 0.1, 0.2);
        foreach (var t in (double[])[0, 0.01, 0.1, 1, 10])
        {
            var sum = law.DensityGrid(40, t).Sum() * 1.4 / (40 * 40 * 40);
            Near.Relative(1, sum, new Tolerance(1e-12, "midpoint rule at two cells a deviation: exp(−8π²)"), "mass");
        }
    }

    [Fact]
    public void DensityGrid_Order_LastCoordinateRunsFastest()
    {
        var law = new InkDropLaw([0.3, 0.9], [1, 2], 0.1, 0.2);
        var grid = law.DensityGrid(5, 0.1);
        Near.Relative(Math.Exp(law.LogDensity([0.5, 1.8], 0.1)), grid[2 * 5 + 4], new Tolerance(1e-13, "rounding"), "density");
    }

    [Fact]
    public void Density_AlongTime_SolvesTheHeatEquation() => Property.Check("∂p/∂t = DΔp", draws =>
    {
        var law = Draw(draws, 1);
        var (a, d) = (law.Sides[0], law.Diffusivity);
        var s2 = law.VarianceAt(0);
        var t = s2 / d * draws.LogUniform("Dt/s²", 0.1, 10);
        var x = a * draws.Uniform("x/side", 0.01, 0.99);
        var s = Math.Min(Math.Sqrt(law.VarianceAt(t)), a);
        double h = 1e-3 * s, tau = 1e-3 * s * s / d;
        if (x < 2 * h || x > a - 2 * h) { draws.Trivial(); return; }
        var time = (P(x, t + tau) - P(x, t - tau)) / (2 * tau);
        var space = d * (P(x + h, t) - 2 * P(x, t) + P(x - h, t)) / (h * h);
        // Second differences of a density of height 1/s with relative steps of 1e-3: error ~1e-6·D/s³, rounding 1e-16/1e-6.
        Near.Scaled(time, space, d / (s * s * s), new Tolerance(1e-5, "central differences with relative steps of 1e-3"), "∂p/∂t");

        double P(double at, double when) => law.Axis(0, when).Density(at);
    }, seed: 7204);

    [Fact]
    public void Posterior_OverAllNormals_HasBayesDensity() => Property.Check("p_s(x_s) k(x_t|x_s) / p_t(x_t) = law of the exact step back", draws =>
    {
        var law = Draw(draws, 1);
        var s = law.VarianceAt(0) / law.Diffusivity * draws.Uniform("s", 0, 2);
        var t = s + law.VarianceAt(0) / law.Diffusivity * draws.LogUniform("t − s", 0.1, 20);
        var a = law.Sides[0];
        var from = a * draws.Uniform("x_t/side", 0, 1);
        var kernelDeviation = Math.Sqrt(law.VarianceAt(t) - law.VarianceAt(s));
        // Mean of cos(πx/a) and of cos(2πx/a) under both laws: Bayes by quadrature, the step back by a lattice of uniforms and normals.
        foreach (var mode in (int[])[1, 2])
        {
            var w = mode * Math.PI / a;
            var bayes = Quadrature.Midpoints(x => Math.Cos(w * x) * law.Axis(0, s).Density(x) * new ReflectedGaussian(x, kernelDeviation, a).Density(from), a, 1500)
                / law.Axis(0, t).Density(from);
            const int n = 1500, m = 60;
            var mean = 0.0;
            for (var i = 0; i < n; i++)
            {
                var inner = 0.0;
                for (var j = 0; j < m; j++) inner += Math.Cos(w * law.Posterior(0, from, t, s, (i + 0.5) / n, NormalQuantile((j + 0.5) / m)));
                mean += inner / (n * (double)m);
            }
            // n cells of the uniform: each jump of the chosen image is misplaced by at most one cell; m quantile cells of the normal.
            Near.Absolute(bayes, mean, new Tolerance(8e-3, "lattice of 1500 uniforms and 60 normals; measured below 5.3e-3"), $"E cos({mode}πx/a)");
        }
    }, seed: 7205, cases: 40);

    [Theory]
    [InlineData(1.2, 1, 0.1, 1, "centre")]
    [InlineData(0.5, -1, 0.1, 1, "side")]
    [InlineData(0.5, 1, 0, 1, "deviation")]
    [InlineData(0.5, 1, 0.1, double.NaN, "diffusivity")]
    public void Constructor_ANumberOutsideItsRange_SaysWhich(double centre, double side, double deviation, double diffusivity, string what)
    {
        var e = Assert.Throws<ArgumentException>(() => new InkDropLaw([centre], [side], deviation, diffusivity));
        Assert.Contains(what, e.Message, StringComparison.Ordinal);
    }

    private static double NormalQuantile(double p) => -Math.Sqrt(2) * MathNet.Numerics.SpecialFunctions.ErfcInv(2 * p);

    private static void CheckSandwich(InkDropLaw law, double t, double distance)
    {
        Assert.True(distance <= law.DistanceToUniformBound(t) * (1 + QuadratureSlack),
            FormattableString.Invariant($"distance {distance:r} over the bound {law.DistanceToUniformBound(t):r} at t = {t:r}"));
        Assert.True(distance >= law.DistanceToUniformAtLeast(t) * (1 - QuadratureSlack),
            FormattableString.Invariant($"distance {distance:r} under {law.DistanceToUniformAtLeast(t):r} at t = {t:r}"));
    }

    private static InkDropLaw Draw(Draws draws, int dimension)
    {
        var sides = new double[dimension];
        var centre = new double[dimension];
        for (var i = 0; i < dimension; i++)
        {
            sides[i] = draws.LogUniform($"side {i}", 0.3, 3);
            centre[i] = sides[i] * draws.Uniform($"centre {i}/side", 0, 1);
        }
        return new InkDropLaw(centre, sides, sides.Min() * draws.LogUniform("deviation/side", 0.05, 0.3), draws.LogUniform("D", 0.01, 10));
    }

    /// <summary>From the fall of the drop to five relaxation times of the longest side.</summary>
    private static double Time(Draws draws, InkDropLaw law)
    {
        var relaxation = Math.Pow(law.Sides.ToArray().Max() / Math.PI, 2) / law.Diffusivity;
        return relaxation * draws.LogUniform("t/relaxation", 1e-3, 5);
    }
}
