using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests;

public class GaussianFlowTests
{
    [Fact]
    public void Flow_InClosedForm_IsTheIntegralOfTheProbabilityFlow() => Property.Check("RK4 of dx/dt = f x − ½g²s ends where the closed form does", draws =>
    {
        var law = draws.Gaussian(draws.Whole("d", 1, 4));
        var process = SmoothProcess(draws);
        var (from, to) = (process.At(draws.Uniform("from", 0.1, 0.9)), process.At(draws.Uniform("to", 0.1, 0.9)));
        var x = LawTests.Sample(draws, law, from);
        var exact = new double[law.Dimension];
        law.Flow(x, from, to, exact);
        // Fourth order: the error falls 16-fold from n to 2n, so their difference over 15 is the error left; what is asserted is that it vanishes at
        // that rate towards the closed form and not towards something near it.
        var (coarse, fine) = (Integrate(law, process, x, from.Time, to.Time, 200), Integrate(law, process, x, from.Time, to.Time, 400));
        var size = x.Max(Math.Abs) + exact.Max(Math.Abs);
        for (var j = 0; j < x.Length; j++)
        {
            var left = Math.Abs(coarse[j] - fine[j]) / 15;
            Near.Scaled(exact[j], fine[j] + (fine[j] - coarse[j]) / 15, size, new Tolerance(1e-10 + left / size, "Richardson's estimate of RK4's error at n = 400"), $"x[{j}]");
            Assert.True(left < 1e-5 * size, $"RK4 does not converge: {left}");
        }
    }, seed: 901, cases: 150);

    [Fact]
    public void Flow_BetweenAnyLevels_ComposesAndInverts() => Property.Check("flow(a→b→c) = flow(a→c), flow(a→b→a) = id, also to α = 0", draws =>
    {
        var law = draws.Gaussian(draws.Whole("d", 1, 4));
        var process = draws.Process();
        var (a, b, c) = (process.At(draws.Time("a")), process.At(draws.Time("b")), process.At(draws.OneOf("c is 1", true, false) ? 1 : draws.Time("c")));
        var x = LawTests.Sample(draws, law, a);
        var (direct, half, composed, back) = (new double[x.Length], new double[x.Length], new double[x.Length], new double[x.Length]);
        law.Flow(x, a, c, direct);
        law.Flow(x, a, b, half);
        law.Flow(half, b, c, composed);
        law.Flow(half, b, a, back);
        // ⟨e, x − αm⟩ is rounded relative to x and αm, and then stretched by √(v_c/v_a).
        double Stretch(Level p, Level q) => Enumerable.Range(0, x.Length).Max(i => Math.Sqrt(law.VarianceAt(i, q) / law.VarianceAt(i, p)));
        double Size(double[] v, Level l) => v.Max(Math.Abs) + 3 * l.Alpha;
        var room = new Tolerance(64 * Tolerances.Unit, "sums of up to 4 products, three times, and an eigenbasis orthogonal to 4 units");
        var whole = Size(direct, c) + Size(x, a) * Stretch(a, c) + Size(half, b) * Stretch(b, c);
        for (var j = 0; j < x.Length; j++)
        {
            Near.Scaled(direct[j], composed[j], whole, room, "a → b → c");
            Near.Scaled(x[j], back[j], Size(x, a) * (1 + Stretch(a, b) * Stretch(b, a)) + Size(half, b) * Stretch(b, a), room, "a → b → a");
        }
    }, seed: 902);

    [Fact]
    public void ReverseKernels_AtAnyRate_KeepTheMarginalAndCompose() => Property.Check("A²v_t + C = v_s, and t→m→s = t→s", draws =>
    {
        var law = draws.Gaussian(draws.Whole("d", 1, 4));
        var process = draws.Process();
        var times = draws.Times(3);
        var (s, m, t) = (process.At(times[0]), process.At(times[1]), process.At(draws.OnceIn(4) ? 1 : times[2]));
        var rate = draws.OneOf("rate", draws.Uniform("r", 0, 4), 0, 1);
        for (var i = 0; i < law.Dimension; i++)
        {
            var whole = law.Reverse(i, t, s, rate);
            var composed = law.Reverse(i, t, m, rate).Then(law.Reverse(i, m, s, rate));
            var v = law.VarianceAt(i, s);
            var condition = 1 + rate * (KernelTests.Condition(s, m) + KernelTests.Condition(m, t.Alpha == 0 ? process.At(0.999999) : t));
            var size = 1 + (1 + rate) * (4 + Math.Abs(s.LogAlpha) + Math.Abs(s.LogSigma) + (t.Alpha == 0 ? 0 : Math.Abs(t.LogAlpha)));
            Near.Relative(v, whole.Scale * whole.Scale * law.VarianceAt(i, t) + whole.Variance, Tolerances.Conditioned.Times(size), "marginal");
            Near.Relative(whole.Scale, composed.Scale, Tolerances.Conditioned.Times(condition + 2 * size), "scale");
            Near.Scaled(whole.Variance, composed.Variance, v, Tolerances.Conditioned.Times(size), "variance");
        }
    }, seed: 903, cases: 500);

    [Fact]
    public void ReverseKernel_OverAShortStep_HasTheCoefficientsOfTheSde() => Property.Check("A = 1 − (f + ½(1+r)g²/v)Δ, C = r g²Δ to O(Δ)", draws =>
    {
        var law = draws.Gaussian(draws.Whole("d", 1, 3));
        var process = SmoothProcess(draws);
        var t = draws.Uniform("t", 0.1, 0.9);
        var rate = draws.Uniform("r", 0, 3);
        var level = process.At(t);
        const double step = 1e-6;
        for (var i = 0; i < law.Dimension; i++)
        {
            var kernel = law.Reverse(i, level, process.At(t - step), rate);
            // Going down by Δ, c falls by Δ times its drift f c − ½(1 + r) g² s(c), with s(c) = −c/v.
            var pull = 0.5 * (1 + rate) * level.DiffusionSquared / law.VarianceAt(i, level);
            var scale = Math.Abs(level.Drift) + pull;
            var order = new Tolerance(1e-3, "Δ = 1e-6 times (f, g²/v ≤ 500)(1 + r)², and 1e-16/Δ of rounding");
            Near.Scaled(-level.Drift - pull, (kernel.Scale - 1) / step, scale, order, "drift");
            Near.Scaled(rate * level.DiffusionSquared, kernel.Variance / step, rate * level.DiffusionSquared, order, "noise");
        }
    }, seed: 904);

    [Fact]
    public void ReverseKernel_OfOnePointAtRateOne_IsThePosterior() => Property.Check("delta data: q(x_s|x_t) = q(x_s|x_t,x_0)", draws =>
    {
        var process = draws.Process();
        var times = draws.Times(2);
        var (s, t) = (process.At(times[0]), process.At(times[1]));
        var kernel = new Delta([1.0]).Reverse(0, t, s, 1);
        var posterior = Posterior.Between(s, t);
        var tolerance = Tolerances.Conditioned.Times(KernelTests.Condition(s, t));
        Near.Relative(posterior.OfNoisy, kernel.Scale, tolerance, "scale");
        Near.Relative(posterior.SmallVariance, kernel.Variance, tolerance, "variance");
        Near.Relative(posterior.OfData, s.Alpha - kernel.Scale * t.Alpha, tolerance.Times(1 / posterior.OfData * s.Alpha), "what is left for x_0");
    }, seed: 905, cases: 500);

    [Fact]
    public void Reverse_ImpossibleArguments_AreRefused()
    {
        var process = new VariancePreserving(new LinearSchedule());
        var law = new Gaussian([0], 1);
        Assert.Throws<ArgumentException>(() => law.Reverse(0, process.At(0.3), process.At(0.4), 1));
        Assert.Throws<ArgumentException>(() => law.Reverse(0, process.At(0.4), process.At(0.3), -1));
        Assert.Equal(new GaussianKernel(1, 0), law.Reverse(0, process.At(0.4), process.At(0.4), 1));
    }

    /// <summary>A process without corners, for what needs derivatives.</summary>
    private static ForwardSde SmoothProcess(Draws draws) => draws.Whole("kind of smooth process", 0, 5) switch
    {
        0 => new VariancePreserving(new LinearSchedule(draws.Uniform("betaMin", 0.05, 1), 20)),
        1 => new VariancePreserving(new CosineSchedule()),
        2 => new VariancePreserving(new SigmoidSchedule()),
        3 => new SubVariancePreserving(new LinearSchedule()),
        4 => new VarianceExploding(0.05, draws.LogUniform("sigmaMax", 1, 50)),
        _ => new RectifiedFlow(),
    };

    private static double[] Integrate(Gaussian law, ForwardSde process, double[] start, double from, double to, int n)
    {
        var x = (double[])start.Clone();
        var d = x.Length;
        double[] Slope(double[] y, double t)
        {
            var level = process.At(t);
            var k = new double[d];
            law.Score(y, level, k);
            for (var j = 0; j < d; j++) k[j] = level.Drift * y[j] - 0.5 * level.DiffusionSquared * k[j];
            return k;
        }
        double[] Moved(double[] k, double h) => [.. x.Select((c, j) => c + h * k[j])];
        var h = (to - from) / n;
        for (var i = 0; i < n; i++)
        {
            var t = from + i * h;
            var middle = from + (i + 0.5) * h;
            var k1 = Slope(x, t);
            var k2 = Slope(Moved(k1, h / 2), middle);
            var k3 = Slope(Moved(k2, h / 2), middle);
            var k4 = Slope(Moved(k3, h), i == n - 1 ? to : from + (i + 1) * h);
            for (var j = 0; j < d; j++) x[j] += h / 6 * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]);
        }
        return x;
    }
}
