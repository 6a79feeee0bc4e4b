using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests;

/// <summary>
/// The reverse kernel q(x_s | x_t) of a mixture on the line becomes Gaussian as β → 0: its cumulants are β^n derivatives of log p_t, and so its
/// divergence from the Gaussian of its own mean and variance falls as β³. Derived in docs/derivations/reverse-kernels-become-gaussian.md.
/// </summary>
public class ReverseKernelTests
{
    private const double Beta = 1e-3;

    [Fact]
    public void Cumulants_OfAMixture_AreThoseDerived() => Property.Check("κ_n = v^n (log p_t)^(n), exactly, at any step", draws =>
    {
        var (law, t, x, derivatives) = Case(draws);
        var v = draws.LogUniform("v", 0.01, 0.5) * t.Sigma * t.Sigma;
        var reverse = new ReverseKernel(law, t, x, v);
        var (mean, variance, third, fourth) = reverse.Cumulants();
        var size = 1 + v * Math.Abs(derivatives[2]); // of the variance of z in the units of √v
        var room = new Tolerance(1e-11, "trapezoid rule to 1e-13 and moments of up to 12⁴ in a range of 12 deviations");
        Near.Scaled(Math.Sqrt(v) * derivatives[1], mean, 1 + Math.Abs(mean), room, "κ1");
        Near.Scaled(1 + v * derivatives[2], variance, size, room, "κ2");
        Near.Scaled(Math.Pow(v, 1.5) * derivatives[3], third, Math.Pow(size, 1.5), room, "κ3");
        Near.Scaled(v * v * derivatives[4], fourth, size * size, room, "κ4");
    }, seed: 1201, cases: 200);

    [Fact]
    public void Divergence_OfAMixture_FallsAsTheCubeOfBeta() => Property.Check("KL = v³l₃²/12 + v⁴(l₄²/48 − l₂l₃²/4) + O(v⁵)", draws =>
    {
        var (law, t, x, l) = Case(draws);
        // The scale makes |l_n| ≤ scale^{n/2}: with w = v·scale, KL = w³(a + bw + cw² + …) with coefficients of size 1 at every level.
        var scale = Scale(l);
        double Divergence(double v) => new ReverseKernel(law, t, x, v).Divergence();
        double Leading(double v) => v * v * v * l[3] * l[3] / 12;
        double Next(double v) => v * v * v * v * (l[4] * l[4] / 48 - l[2] * l[3] * l[3] / 4);
        var v = Beta / scale;
        var rest = (Divergence(v) - Leading(v) - Next(v)) / Math.Pow(v * scale, 3);
        Near.Absolute(0, rest, new Tolerance(2 * Beta * Beta, "fifth order, with coefficients of size 1 in these units; over 200 cases under 2"), "beyond fourth order");
        // The rate itself, at a step where the fourth order is at most 1 % and the fifth 0.1 % of the third: of log₂ that is 0.007 + 0.002.
        var third = l[3] * l[3] / 12 / Math.Pow(scale, 3);
        if (third < 1e-6)
        {
            draws.Trivial(); // all but Gaussian: the divergence at so small a step is rounding
            return;
        }
        var fourth = Math.Abs(l[4] * l[4] / 48 - l[2] * l[3] * l[3] / 4) / Math.Pow(scale, 4);
        var small = Math.Min(Beta, Math.Min(0.01 * third / fourth, Math.Sqrt(0.0005 * third))) / scale;
        Near.Absolute(3, Math.Log2(Divergence(small) / Divergence(small / 2)), new Tolerance(0.01, "the terms of higher order at this step"), "order in β");
    }, seed: 1202, cases: 200);

    [Fact]
    public void Divergence_WhereSkewnessVanishes_FallsAsTheFourthPower()
    {
        // By symmetry (log p)''' = 0 between two equal modes; what is left is v⁴ l₄²/48.
        var law = GaussianMixture.Isotropic([[-1.0], [1.0]], 0.25);
        var t = new VariancePreserving(new LinearSchedule()).At(0.2);
        var l = LineMixture.LogDensityDerivatives(law, 0, t, 4);
        Near.Absolute(0, l[3], new Tolerance(1e-13, "rounding of cancelling terms"));
        double Divergence(double v) => new ReverseKernel(law, t, 0, v).Divergence();
        Near.Relative(Math.Pow(1e-3, 4) * l[4] * l[4] / 48, Divergence(1e-3), new Tolerance(0.005, "next order in v, measured 0.0023"));
        Near.Absolute(4, Math.Log2(Divergence(2e-3) / Divergence(1e-3)), new Tolerance(0.005, "the same, over ln 2"));
    }

    [Fact]
    public void Divergence_OverTheStepsOfAChain_FallsWithTheSteps()
    {
        // The same through the discrete chain's own levels: from T to 2T steps β halves and the mean divergence of a step falls eightfold.
        var law = GaussianMixture.Isotropic([[-1.5], [1.0]], 0.09, [0.3, 0.7]);
        var process = new VariancePreserving(new LinearSchedule());
        double Mean(int steps)
        {
            var chain = new DiscreteChain(process, steps);
            var (s, t) = (chain.Levels[steps / 2 - 1], chain.Levels[steps / 2]);
            var (low, high, _) = LawTests.Span(law, t);
            return Quadrature.Trapezoid(x => Math.Exp(law.LogDensity([x], t)) * ReverseKernel.Between(law, s, t, x).Divergence(), low * 0.5, high * 0.5, 120);
        }
        double[] divergence = [Mean(250), Mean(500), Mean(1000), Mean(2000)];
        for (var i = 1; i < divergence.Length; i++) Assert.True(divergence[i] < divergence[i - 1]);
        Near.Absolute(3, Math.Log2(divergence[1] / divergence[2]), new Tolerance(0.03, "next order in β = 0.02, measured 0.018"));
        Near.Absolute(3, Math.Log2(divergence[2] / divergence[3]), new Tolerance(0.015, "half of that"));
    }

    [Fact]
    public void Divergence_OfGaussianData_IsZero() => Property.Check("KL = 0 to rounding, at steps of any size", draws =>
    {
        var law = GaussianMixture.Isotropic([[draws.Symmetric("mean", 2)]], draws.LogUniform("variance", 0.05, 2));
        var times = draws.OneOf("span", 0.3, 0.01);
        var process = draws.VariancePreserving();
        var at = draws.Uniform("s", 0.1, 0.6);
        var (s, t) = (process.At(at), process.At(at + times));
        var x = LawTests.Sample(draws, law, t)[0];
        // KL is half the mean square of the errors of the log density in the bulk: a few units there.
        Near.Absolute(0, ReverseKernel.Between(law, s, t, x).Divergence(), new Tolerance(1e-28, "the square of some ten roundings; measured below 1e-29"));
    }, seed: 1203);

    private static (GaussianMixture Law, Level T, double X, double[] Derivatives) Case(Draws draws)
    {
        double m0 = draws.Uniform("m0", -2, -0.3), m1 = draws.Uniform("m1", 0.3, 2), w0 = draws.Uniform("w0", 0.2, 1), w1 = draws.Uniform("w1", 0.2, 1);
        var law = GaussianMixture.Isotropic([[m0], [m1]], draws.LogUniform("variance", 0.05, 0.5), [w0, w1]);
        var process = draws.VariancePreserving();
        var t = process.AtLambda(Math.Max(process.Lambda(1), draws.Uniform("λ", 0, 2))); // with two components still apart
        // A point where both components count (elsewhere the law is one Gaussian to all digits) and the skewness does not vanish by symmetry.
        var logOdds = draws.OneOf("side", 1, -1) * draws.Uniform("|log odds|", 0.3, 3);
        var x = t.Alpha * (m0 + m1) / 2 + (logOdds - Math.Log(w1 / w0)) * law.Components[0].VarianceAt(0, t) / (t.Alpha * (m1 - m0));
        return (law, t, x, LineMixture.LogDensityDerivatives(law, x, t, 8));
    }

    /// <summary>The least scale with |l_n| ≤ scale^{n/2} for all derivatives that matter.</summary>
    private static double Scale(double[] l)
    {
        var scale = 0.0;
        for (var n = 2; n < l.Length; n++) scale = Math.Max(scale, Math.Pow(Math.Abs(l[n]), 2.0 / n));
        return scale;
    }
}
