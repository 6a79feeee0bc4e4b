using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests;

public class PosteriorTests
{
    [Fact]
    public void Posterior_OfAnyProcess_IsBayesRule() => Property.Check("q(x_s|x_t,x_0) ∝ q(x_t|x_s) q(x_s|x_0)", draws =>
    {
        var process = draws.Process();
        var times = draws.Times(2);
        var (s, t) = (process.At(times[0]), process.At(times[1]));
        var (x0, xt) = (draws.Symmetric("x_0", 3), draws.Symmetric("x_t", 3));
        var kernel = process.Kernel(times[0], times[1]);
        var precision = 1 / (s.Sigma * s.Sigma) + kernel.Scale * kernel.Scale / kernel.Variance;
        var (fromNoise, fromData) = (kernel.Scale * xt / kernel.Variance / precision, s.Alpha * x0 / (s.Sigma * s.Sigma) / precision);
        var posterior = Posterior.Between(s, t);
        var tolerance = Tolerances.Conditioned.Times(KernelTests.Condition(s, t));
        Near.Relative(1 / precision, posterior.Variance(PosteriorVariance.FixedSmall), tolerance, "variance");
        Near.Relative(fromNoise, posterior.OfNoisy * xt, tolerance, "part of x_t in the mean");
        Near.Relative(fromData, posterior.OfData * x0, tolerance, "part of x_0 in the mean");
        Near.Relative(kernel.Variance, posterior.Variance(PosteriorVariance.FixedLarge), tolerance, "large variance");
        if (x0 == 0 || xt == 0) draws.Trivial();
    }, seed: 501, cases: 1000);

    [Fact]
    public void Posterior_OfTheDiscreteChain_HasThePapersCoefficients() => Property.Check("Ho et al.: β̃_k and μ̃_k by their products", draws =>
    {
        var chain = new DiscreteChain(new VariancePreserving(DiscreteSchedule.LinearBetas()), 1000);
        var k = draws.Whole("k", 2, 1000);
        double beta = chain.Beta(k), before = 1, now = 1;
        for (var j = 1; j <= k; j++) (before, now) = (now, now * (1 - chain.Beta(j)));
        var plain = new Tolerance(1e-11, "1 − ᾱ ≥ 2e-4 by difference, after up to 1000 products");
        var posterior = chain.Posterior(k);
        Near.Relative((1 - before) / (1 - now) * beta, posterior.SmallVariance, plain, "β̃");
        Near.Relative(Math.Sqrt(1 - beta) * (1 - before) / (1 - now), posterior.OfNoisy, plain, "coefficient of x_t");
        Near.Relative(Math.Sqrt(before) * beta / (1 - now), posterior.OfData, plain, "coefficient of x_0");
        Near.Relative(beta, posterior.LargeVariance, plain, "β");
    }, seed: 502);

    [Fact]
    public void Posterior_AtTheEnds_IsTheData()
    {
        var process = new VariancePreserving(new CosineSchedule());
        var data = Posterior.Between(process.At(0), process.At(0.5));
        Assert.Equal((0, 1, 0), (data.OfNoisy, data.OfData, data.SmallVariance));
        var noise = Posterior.Between(process.At(0.5), process.At(1)); // x_t says nothing
        Assert.Equal((0, process.At(0.5).Alpha), (noise.OfNoisy, noise.OfData));
        Near.Relative(process.At(0.5).Sigma * process.At(0.5).Sigma, noise.SmallVariance, Tolerances.Rounding);
        Assert.Equal(new Posterior(1, 0, 0, 0), Posterior.Between(process.At(0.5), process.At(0.5)));
        Assert.Throws<ArgumentException>(() => Posterior.Between(process.At(0.6), process.At(0.5)));
    }
}
