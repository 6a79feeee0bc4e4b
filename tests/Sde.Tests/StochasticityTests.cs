using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests;

public class StochasticityTests
{
    [Fact]
    public void Ddim_ThereAndBack_IsTheIdentity() => Property.Check("η → η_d(h) → η", draws =>
    {
        var given = Stochasticity.OfEta(draws.Uniform("η", 0, 2));
        var h = draws.LogUniform("h", 1e-6, 3);
        var back = Stochasticity.OfDdim(given.ToDdim(h), h);
        // η_d² (1 − e^{−2h}) = 1 − q is rounded relative to itself, and log q then to (1 − q)/q of that.
        var q = Math.Exp(-2 * given.Rate * h);
        Near.Relative(given.Rate, back.Rate, Tolerances.Rounding.Times(1 + 1 / q), "r");
    }, seed: 701, cases: 1000);

    [Fact]
    public void Ddim_NoiseOfAStep_IsThatOfTheRate() => Property.Check("σ_d² of DDIM in its own terms is σ_s²(1 − e^{−2rh})", draws =>
    {
        var process = draws.VariancePreserving();
        double s = draws.Uniform("s", 0.1, 0.5), t = s + draws.Uniform("t − s", 0.05, 0.4);
        var (below, above) = (process.At(s), process.At(t));
        var h = below.Lambda - above.Lambda;
        var eta = draws.Uniform("η_d", 0.01, 0.999) * Stochasticity.GreatestDdim(h);
        var rate = Stochasticity.OfDdim(eta, h).Rate;
        double abarS = below.Alpha * below.Alpha, abarT = above.Alpha * above.Alpha;
        var ddim = eta * eta * (1 - abarS) / (1 - abarT) * (1 - abarT / abarS);
        Near.Relative(ddim, below.Sigma * below.Sigma * -CancellationFree.Expm1(-2 * rate * h), new Tolerance(1e-11, "plain differences of ᾱ: 1 − ᾱ_t/ᾱ_s ≥ 1e-4"), "σ_d²");
    }, seed: 702);

    [Fact]
    public void Ddim_MoreThanAllTheNoise_IsRefused()
    {
        var limit = Stochasticity.GreatestDdim(0.1);
        Near.Relative(1 / Math.Sqrt(1 - Math.Exp(-0.2)), limit, Tolerances.Rounding);
        Assert.True(Stochasticity.OfDdim(0.999999 * limit, 0.1).Rate > 10);
        foreach (var eta in new[] { limit * (1 + 1e-12), 1.1 * limit, 100 })
            Assert.Contains("over a step", Assert.Throws<ArgumentOutOfRangeException>(() => Stochasticity.OfDdim(eta, 0.1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Stochasticity.OfDdim(-0.1, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stochasticity.OfDdim(0.1, -0.1));
    }

    [Fact]
    public void Converters_AtZeroAndOne_AllAgree()
    {
        foreach (var x in new[] { 0.0, 1.0 })
        {
            foreach (var s in new[] { Stochasticity.OfEta(x), Stochasticity.OfRate(x), Stochasticity.OfSaTau(x), Stochasticity.OfMultistepEta(x), Stochasticity.OfDdim(x, 0.3), Stochasticity.OfDdim(x, double.PositiveInfinity) })
                Assert.Equal((x, x, x, x, x), (s.Rate, s.Eta, s.ToSaTau(), s.ToMultistepEta(), s.ToDdim(0.3)));
        }
        Assert.Equal(Stochasticity.OfRate(0), Stochasticity.ProbabilityFlow);
        Assert.Equal(Stochasticity.OfRate(1), Stochasticity.ReverseSde);
    }

    [Fact]
    public void Converters_AtOneHalf_DifferAsTheLiteratureDoes()
    {
        // Over h = 0.1 the share of the variance put back is 0.049 with η, 0.095 with the multistep eta, 0.045 with DDIM's.
        static double Share(Stochasticity s) => 1 - Math.Exp(-2 * s.Rate * 0.1);
        var digits = new Tolerance(5e-4, "three decimals");
        Near.Absolute(0.0488, Share(Stochasticity.OfEta(0.5)), digits);
        Near.Absolute(0.0488, Share(Stochasticity.OfSaTau(0.5)), digits);
        Near.Absolute(0.0952, Share(Stochasticity.OfMultistepEta(0.5)), digits);
        Near.Absolute(0.0453, Share(Stochasticity.OfDdim(0.5, 0.1)), digits);
        Near.Relative(0.25, Stochasticity.OfDdim(0.5, 0).Rate, Tolerances.Rounding);
        Assert.Throws<ArgumentOutOfRangeException>(() => Stochasticity.OfEta(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stochasticity.OfRate(double.NaN));
    }
}
