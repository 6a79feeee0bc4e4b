using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests;

public class KernelTests
{
    [Fact]
    public void Kernels_OneAfterTheOther_AreTheKernelOfTheWhole() => Property.Check("q(u|t)∘q(t|s) = q(u|s)", draws =>
    {
        var process = draws.Process();
        var times = draws.Times(3);
        var (s, t, u) = (process.At(times[0]), process.At(times[1]), process.At(times[2]));
        var direct = GaussianKernel.Between(s, u);
        var composed = GaussianKernel.Between(s, t).Then(GaussianKernel.Between(t, u));
        var condition = Condition(s, t) + Condition(t, u) + Condition(s, u);
        Near.Relative(direct.Scale, composed.Scale, Tolerances.Conditioned.Times(1 + Math.Abs(u.LogAlpha)), "scale");
        Near.Relative(direct.Variance, composed.Variance, Tolerances.Conditioned.Times(condition), "variance");
    }, seed: 401, cases: 1000);

    [Fact]
    public void Kernel_FromDataOn_HasTheMarginal() => Property.Check("q(t|s) applied to the law at s given x_0 is the law at t", draws =>
    {
        var process = draws.Process();
        var times = draws.Times(2);
        var (s, t) = (process.At(times[0]), process.At(times[1]));
        var kernel = process.Kernel(times[0], times[1]);
        Near.Relative(t.Alpha, kernel.Scale * s.Alpha, Tolerances.Conditioned.Times(1 + Math.Abs(t.LogAlpha)), "α");
        Near.Relative(t.Sigma * t.Sigma, kernel.Scale * kernel.Scale * s.Sigma * s.Sigma + kernel.Variance,
            Tolerances.Conditioned.Times(1 + Math.Abs(s.LogSigma) + Math.Abs(t.LogSigma) + Math.Abs(t.LogAlpha)), "σ²");
        Assert.True(kernel.Variance > 0);
    }, seed: 402, cases: 1000);

    [Fact]
    public void Kernel_ToWhereNothingOfTheDataIsLeft_ForgetsIt()
    {
        var process = new VariancePreserving(new CosineSchedule());
        Assert.Equal(new GaussianKernel(0, 1), process.Kernel(0.3, 1));
        Assert.Equal(new GaussianKernel(1, 0), process.Kernel(0.3, 0.3));
        Assert.Equal(new GaussianKernel(1, 0), process.Kernel(1, 1));
        Assert.Throws<ArgumentException>(() => process.Kernel(0.4, 0.3));
    }

    [Fact]
    public void Chain_ComposedStepByStep_IsTheClosedForm() => Property.Check("the product of T steps is (√ᾱ_T, 1 − ᾱ_T)", draws =>
    {
        var steps = draws.OneOf("T", 1, 10, 100, 1000, 10_000);
        var betas = new double[steps];
        var (least, greatest) = (draws.LogUniform("least beta", 1e-6, 1e-3), draws.LogUniform("greatest beta", 1e-3, 0.5));
        for (var k = 0; k < steps; k++) betas[k] = least + (greatest - least) * (0.5 + 0.5 * Math.Sin(k)) * k / steps + 1e-7;
        var chain = DiscreteChain.FromBetas(betas);
        var composed = new GaussianKernel(1, 0);
        for (var k = 1; k <= steps; k++)
        {
            composed = composed.Then(chain.Step(k));
            if (k != steps && k != steps / 2) continue;
            var closed = chain.FromData(k);
            // Each factor √(1 − β) is rounded twice and multiplied once: 3 units a step, of either sign. Relative accuracy is what is asked of
            // ᾱ however small; from 1e-300 on it is not a normal number.
            var tolerance = new Tolerance(3 * Tolerances.Unit * (k + 8 + Math.Abs(2 * chain.Levels[k].LogAlpha)), "3 roundings a step, and one of log ᾱ");
            if (closed.Scale > 1e-300) Near.Relative(closed.Scale, composed.Scale, tolerance, $"√ᾱ_{k}");
            Near.Relative(closed.Variance, composed.Variance, tolerance, $"1 − ᾱ_{k}");
        }
    }, seed: 403, cases: 150);

    [Fact]
    public void Chain_OfAnyProcess_HasItsMarginals() => Property.Check("the chain is the process at k/T", draws =>
    {
        var process = draws.Process();
        var chain = new DiscreteChain(process, draws.Whole("T", 2, 100));
        var k = draws.Whole("k", 1, chain.Steps - 1);
        Assert.Equal(process.At((double)k / chain.Steps), chain.Levels[k]);
        var kernel = process.Kernel((k - 1.0) / chain.Steps, (double)k / chain.Steps);
        var tolerance = Tolerances.Conditioned.Times(Condition(chain.Levels[k - 1], chain.Levels[k]));
        Near.Relative(kernel.Scale, chain.Step(k).Scale, tolerance, "scale");
        Near.Relative(kernel.Variance, chain.Step(k).Variance, tolerance, "variance");
        if (process is VariancePreserving) Near.Relative(chain.Step(k).Variance, chain.Beta(k), Tolerances.Rounding, "β");
    }, seed: 404);

    [Fact]
    public void Chain_OfBetas_KeepsThemToTheBit()
    {
        double[] betas = [0.1, 0.2, 0.3];
        var chain = DiscreteChain.FromBetas(betas);
        for (var k = 1; k <= 3; k++) Assert.Equal(new GaussianKernel(Math.Sqrt(1 - betas[k - 1]), betas[k - 1]), chain.Step(k));
        Near.Relative(Math.Sqrt(0.9 * 0.8 * 0.7), chain.FromData(3).Scale, Tolerances.Rounding);
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Step(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Posterior(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteChain(chain.Process, 0));
    }

    [Fact]
    public void Path_OfAGaussian_IsMarkov() => Property.Check("x_u and x_s are independent given x_t, s < t < u", draws =>
    {
        var process = draws.Process();
        var times = draws.Times(3);
        Level[] levels = [.. times.Select(process.At)];
        var variance = draws.LogUniform("variance of x_0", 1e-3, 10);

        // Rows: x_0, x_s, x_t, x_u as combinations of independent standard normals, one for the data and one for each transition. The marginal at
        // s comes from σ_s, the later ones from kernels: whether these fit each other is what is tested.
        var (ts, ut, us) = (GaussianKernel.Between(levels[0], levels[1]), GaussianKernel.Between(levels[1], levels[2]), GaussianKernel.Between(levels[0], levels[2]));
        double[] xs = [levels[0].Alpha * Math.Sqrt(variance), levels[0].Sigma, 0, 0];
        double[] xt = [ts.Scale * xs[0], ts.Scale * xs[1], ts.Deviation, 0];
        double[] xu = [ut.Scale * xt[0], ut.Scale * xt[1], ut.Scale * xt[2], ut.Deviation];
        var condition = 1 + Condition(levels[0], levels[1]) + Condition(levels[1], levels[2]) + Condition(levels[0], levels[2]);
        var tolerance = Tolerances.Conditioned.Times(condition);
        for (var i = 0; i < 3; i++)
            Near.Relative(levels[i].Alpha * levels[i].Alpha * variance + levels[i].Sigma * levels[i].Sigma, Dot(i == 0 ? xs : i == 1 ? xt : xu, i == 0 ? xs : i == 1 ? xt : xu), tolerance, $"variance {i}");
        // The path's covariance of x_s and x_u is that of the direct kernel s → u: then, and only then, does x_t screen x_s from x_u.
        var schur = us.Scale * Dot(xs, xs) - Dot(xs, xt) * Dot(xt, xu) / Dot(xt, xt);
        Near.Scaled(0, schur, Math.Sqrt(Dot(xs, xs) * Dot(xu, xu)), tolerance, "covariance of x_s and x_u given x_t");
        // x_0 does not screen them: their covariance given x_0 is (α_u/α_s) σ_s², not 0.
        Near.Relative(us.Scale * levels[0].Sigma * levels[0].Sigma, Dot(xs, xu) - xs[0] * xu[0], tolerance.Times(1 + variance * Math.Exp(2 * levels[0].Lambda)), "covariance given x_0");
    }, seed: 405, cases: 1000);

    /// <summary>How much a relative error of one rounding in log α and log σ grows in 1 − e^{2(λ_t − λ_s)}.</summary>
    internal static double Condition(in Level s, in Level t)
    {
        var size = 1 + Math.Abs(s.LogAlpha) + Math.Abs(s.LogSigma) + Math.Abs(t.LogAlpha) + Math.Abs(t.LogSigma);
        return size * (1 + 1 / -CancellationFree.Expm1(2 * (t.Lambda - s.Lambda)));
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
