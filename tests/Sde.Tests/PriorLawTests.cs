using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests;

public class PriorLawTests
{
    [Fact]
    public void Divergence_OfAGaussian_IsBelowTheBoundAndReachedByAPoint() => Property.Check("KL ≤ bound, = for a delta", draws =>
    {
        var process = draws.Process();
        var level = process.At(draws.OneOf("end", true, false) ? 1 : draws.Time());
        var d = draws.Whole("d", 1, 4);
        var law = draws.Gaussian(d);
        var (exact, bound) = (process.Prior.Divergence(law, level), process.Prior.DivergenceBound(law, level));
        Assert.True(exact <= bound * (1 + 1e-14), $"KL {exact:r} > bound {bound:r}");
        Assert.True(exact >= 0);
        var point = new Delta(draws.Vector("point", d, 3));
        Near.Relative(process.Prior.DivergenceBound(point, level), process.Prior.Divergence(point, level), Tolerances.Rounding, "delta");
    }, seed: 1001, cases: 1000);

    [Fact]
    public void Divergence_OfAMixture_IsBelowTheBound() => Property.Check("KL(q(x_t)‖N(0,I)) by quadrature ≤ bound", draws =>
    {
        var process = draws.VariancePreserving();
        var level = process.At(draws.Uniform("t", 0.3, 1));
        var law = draws.Mixture(1);
        var (low, high, n) = LawTests.Span(law, level);
        var prior = process.Prior;
        var exact = Quadrature.Trapezoid(x =>
        {
            var logp = law.LogDensity([x], level);
            return Math.Exp(logp) * (logp - prior.LogDensity([x]));
        }, low, high, n);
        var bound = prior.DivergenceBound(law, level);
        Assert.True(exact <= bound + 1e-13 * (1 + bound), $"KL {exact:r} > bound {bound:r}");
        Assert.True(exact >= -1e-13);
    }, seed: 1002, cases: 200);

    [Fact]
    public void Divergence_OfAGaussian_IsTheIntegral() => Property.Check("closed form = quadrature, at any prior deviation", draws =>
    {
        var process = draws.Process();
        var level = process.At(draws.Uniform("t", 0.1, 1));
        var prior = new PriorLaw(level.Sigma * draws.LogUniform("ρ/σ", 0.5, 2));
        var law = draws.Gaussian(1);
        var (low, high, n) = LawTests.Span(law, level);
        var integral = Quadrature.Trapezoid(x =>
        {
            var logp = law.LogDensity([x], level);
            return Math.Exp(logp) * (logp - prior.LogDensity([x]));
        }, low, high, n);
        var closed = prior.Divergence(law, level);
        Near.Scaled(integral, closed, 1 + closed, Tolerances.Quadrature, "KL");
    }, seed: 1003, cases: 200);

    [Fact]
    public void Bound_OfAVariancePreservingProcess_IsTheFormulaInAlpha() => Property.Check("½[α²E‖x_0‖² − d(α² + log(1 − α²))]", draws =>
    {
        var process = draws.VariancePreserving();
        var level = process.At(draws.Uniform("t", 0.05, 0.95));
        var law = LawTests.AnyLaw(draws, draws.Whole("d", 1, 4));
        var signal = level.Alpha * level.Alpha;
        var plain = 0.5 * (signal * law.SecondMoment - law.Dimension * (signal + Math.Log(1 - signal)));
        var size = signal * law.SecondMoment + law.Dimension * (1 + Math.Abs(Math.Log(1 - signal))) / (1 - signal);
        Near.Scaled(plain, process.Prior.DivergenceBound(law, level), size, Tolerances.Rounding, "bound");
    }, seed: 1004);

    [Fact]
    public void Bound_WhereAlmostNothingIsLeft_KeepsItsDigits()
    {
        // At α² = 1e-9 the plain form α² + log(1 − α²) ≈ −½α⁴ has one digit left; its series has all.
        var level = new Level(1, 0.5 * Math.Log(1e-9), 0.5 * CancellationFree.Log1p(-1e-9), Math.Sqrt(1e-9), Math.Sqrt(1 - 1e-9), 0, 0);
        var series = 0.5 * (0.5e-18 + 1e-27 / 3);
        Near.Relative(series, PriorLaw.Standard.DivergenceBound(new Delta([0.0]), level), Tolerances.Rounding, "bound");
    }

    [Fact]
    public void Priors_OfTheProcesses_AreThoseOfTheLiterature()
    {
        Assert.Equal(1, new VariancePreserving(new LinearSchedule()).Prior.Deviation);
        Assert.Equal(1, new SubVariancePreserving(new LinearSchedule()).Prior.Deviation);
        Near.Relative(50, new VarianceExploding(0.01, 50).Prior.Deviation, Tolerances.Rounding);
        Near.Relative(80, new VarianceLinear().Prior.Deviation, Tolerances.Rounding);
        Assert.Equal(1, new RectifiedFlow().Prior.Deviation);
        Near.Relative(-0.5 * Math.Log(2 * Math.PI * 4) - 0.125, new PriorLaw(2).LogDensity([1]), Tolerances.Rounding);
    }
}
