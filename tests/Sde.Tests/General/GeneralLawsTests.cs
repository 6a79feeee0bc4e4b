using ScoreSde.Sde.General;
using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests.General;

public class GeneralLawsTests
{
    private static readonly Tolerance Rounding = new(1e-12, "rounding; squarings of the exponential double it a few times");

    [Fact]
    public void OrnsteinUhlenbeck_TwoSteps_AreOne() => Property.Check("OU kernel composes", draws =>
    {
        var law = new OrnsteinUhlenbeckLaw(draws.Symmetric("rate", 3), draws.Symmetric("mean", 2), draws.LogUniform("volatility", 0.1, 3));
        double s = draws.LogUniform("s", 1e-6, 3), t = draws.LogUniform("t", 1e-6, 3);
        var both = law.Kernel(s).Then(law.Kernel(t));
        Near.Relative(law.Kernel(s + t).Scale, both.Scale, Rounding, "scale");
        Near.Relative(law.Kernel(s + t).Variance, both.Variance, Rounding, "variance");
    }, seed: 7301);

    [Fact]
    public void OrnsteinUhlenbeck_RateZero_IsBrownianMotion()
    {
        var kernel = new OrnsteinUhlenbeckLaw(0, 5, 2).Kernel(0.25);
        Assert.Equal(new GaussianKernel(1, 1), kernel);
        Near.Relative(1, new OrnsteinUhlenbeckLaw(1e-13, 5, 2).Kernel(0.25).Variance, Rounding, "variance near rate 0");
        Assert.Throws<InvalidOperationException>(() => new OrnsteinUhlenbeckLaw(0, 5, 2).StationaryVariance);
    }

    [Fact]
    public void LinearLaw_AfterAnyTime_IsTheMatrixExponentialAndTheIntegral() => Property.Check("Van Loan = RK4 of the moment equations", draws =>
    {
        var (a, b) = Draw(draws);
        var law = new LinearNoiseLaw(a, b);
        var start = new Moments(draws.Vector("m", 2, 2), new[,] { { 0.7, 0.2 }, { 0.2, 0.5 } });
        var t = draws.Uniform("t", 0.1, 2);
        var exact = law.After(start, t);
        // m' = A m, S' = A S + S Aᵀ + B Bᵀ by 400 classical Runge–Kutta steps: error (‖A‖h)⁴·t‖A‖/120 with ‖A‖h ≤ 4·2/400.
        var y = new[] { start.Mean[0], start.Mean[1], 0.7, 0.2, 0.5 };
        const int n = 400;
        for (var k = 0; k < n; k++) y = Step(y, t / n);
        var scale = y.Max(Math.Abs);
        var tolerance = new Tolerance(1e-7, "Runge–Kutta of order 4, 400 steps");
        Near.Scaled(y[0], exact.Mean[0], scale, tolerance, "mean x");
        Near.Scaled(y[1], exact.Mean[1], scale, tolerance, "mean y");
        Near.Scaled(y[2], exact.Covariance[0, 0], scale, tolerance, "cov xx");
        Near.Scaled(y[3], exact.Covariance[0, 1], scale, tolerance, "cov xy");
        Near.Scaled(y[4], exact.Covariance[1, 1], scale, tolerance, "cov yy");

        double[] F(double[] v) =>
        [
            a[0, 0] * v[0] + a[0, 1] * v[1],
            a[1, 0] * v[0] + a[1, 1] * v[1],
            2 * (a[0, 0] * v[2] + a[0, 1] * v[3]) + G(0, 0),
            a[0, 0] * v[3] + a[0, 1] * v[4] + a[1, 0] * v[2] + a[1, 1] * v[3] + G(0, 1),
            2 * (a[1, 0] * v[3] + a[1, 1] * v[4]) + G(1, 1),
        ];

        double G(int i, int j) => b[i, 0] * b[j, 0] + b[i, 1] * b[j, 1] + b[i, 2] * b[j, 2];

        double[] Step(double[] v, double h)
        {
            var k1 = F(v);
            var k2 = F(Add(v, k1, h / 2));
            var k3 = F(Add(v, k2, h / 2));
            var k4 = F(Add(v, k3, h));
            return [.. v.Select((c, i) => c + h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]))];
        }

        static double[] Add(double[] v, double[] k, double h) => [.. v.Select((c, i) => c + h * k[i])];
    }, seed: 7302, cases: 60);

    [Fact]
    public void LinearLaw_TwoTimes_Compose() => Property.Check("moments after s then t = after s + t", draws =>
    {
        var (a, b) = Draw(draws);
        var law = new LinearNoiseLaw(a, b);
        var start = new Moments(draws.Vector("m", 2, 2), new[,] { { 0.7, 0.2 }, { 0.2, 0.5 } });
        double s = draws.Uniform("s", 0.05, 1), t = draws.Uniform("t", 0.05, 1);
        var once = law.After(start, s + t);
        var twice = law.After(law.After(start, s), t);
        Near.Vector([once.Covariance[0, 0], once.Covariance[0, 1], once.Covariance[1, 1]], [twice.Covariance[0, 0], twice.Covariance[0, 1], twice.Covariance[1, 1]],
            new Tolerance(2e-12, "e^{At} and e^{−At} together lose e^{2‖A‖t} ≤ 3e3 ulps a step"), "covariance");
    }, seed: 7303);

    [Fact]
    public void StationaryCovariance_AfterAnyTime_StaysAsItIs() => Property.Check("Lyapunov solution is stationary", draws =>
    {
        var (a, b) = Draw(draws);
        for (var i = 0; i < 2; i++) a[i, i] = -2.2 - Math.Abs(a[i, i]); // diagonally dominant: stable
        var law = new LinearNoiseLaw(a, b);
        var s = law.StationaryCovariance();
        var later = law.After(new Moments([0, 0], s), draws.Uniform("t", 0.1, 1)).Covariance;
        Near.Vector([s[0, 0], s[0, 1], s[1, 0], s[1, 1]], [later[0, 0], later[0, 1], later[1, 0], later[1, 1]],
            new Tolerance(2e-12, "e^{At} and e^{−At} together lose e^{2‖A‖t} ≤ 1e4 ulps"), "covariance");
    }, seed: 7304);

    [Fact]
    public void LinearLaw_WithoutStationaryLaw_SaysSo() =>
        Assert.Throws<InvalidOperationException>(() => new LinearNoiseLaw(new double[2, 2], new[,] { { 1.0 }, { 0.0 } }).StationaryCovariance());

    [Fact]
    public void GeometricBrownian_Moments_AreThoseOfTheSolution() => Property.Check("E and Var of x_0 exp(...) by quadrature over W", draws =>
    {
        var law = new GeometricBrownianLaw(draws.Symmetric("growth", 1), draws.Uniform("volatility", 0.05, 1));
        var (x, t) = (draws.LogUniform("start", 0.1, 10), draws.Uniform("t", 0.05, 2));
        CheckMoments(w => law.Along(x, t, w), t, law.MeanAfter(x, t), law.VarianceAfter(x, t));
    }, seed: 7305, cases: 100);

    [Fact]
    public void HyperbolicSine_Moments_AreThoseOfTheSolution() => Property.Check("E and Var of sinh(...) by quadrature over W", draws =>
    {
        var (x, t) = (draws.Symmetric("start", 3), draws.Uniform("t", 0.05, 2));
        CheckMoments(w => HyperbolicSineLaw.Along(x, t, w), t, HyperbolicSineLaw.MeanAfter(x, t), HyperbolicSineLaw.VarianceAfter(x, t));
    }, seed: 7306, cases: 100);

    private static void CheckMoments(Func<double, double> along, double t, double mean, double variance)
    {
        // Trapezium rule on an entire function times a Gaussian: spacing 1/20 leaves exp(−2π²·400); cut at ±14 deviations.
        double first = 0, second = 0;
        for (var i = -280; i <= 280; i++)
        {
            var z = i / 20.0;
            var weight = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI) / 20;
            var x = along(Math.Sqrt(t) * z);
            first += weight * x;
            second += weight * (x - mean) * (x - mean);
        }
        var tolerance = new Tolerance(1e-11, "rounding of 561 terms");
        Near.Scaled(first, mean, Math.Abs(mean) + Math.Sqrt(variance), tolerance, "mean");
        Near.Relative(second, variance, tolerance, "variance");
    }

    private static (double[,] A, double[,] B) Draw(Draws draws)
    {
        var a = draws.Vector("A", 4, 2);
        var b = draws.Vector("B", 6, 1);
        return (new[,] { { a[0], a[1] }, { a[2], a[3] } }, new[,] { { b[0], b[1], b[2] }, { b[3], b[4], b[5] } });
    }
}
