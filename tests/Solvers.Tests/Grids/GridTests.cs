using ScoreSde.Sde;
using ScoreSde.Solvers.Grids;
using ScoreSde.Tests.Support;

namespace ScoreSde.Solvers.Tests.Grids;

public class GridTests
{
    private static readonly ForwardSde Vp = new VariancePreserving(new LinearSchedule(0.1, 20));

    [Fact]
    public void EveryRule_OnRandomProcesses_IsStrictlyMonotoneWithExactEnds()
    {
        Property.Check("grids are strictly monotone and end where they should", draws =>
        {
            var sde = draws.Process();
            var (from, to) = (draws.Uniform("from", 0.5, 0.99), draws.LogUniform("to", 1e-4, 0.4));
            if (draws.OneOf("rising", false, true)) (from, to) = (to, from);
            var rule = draws.OneOf("rule", [.. GridCatalogue.Instance.All]);
            var grid = TimeGrid.Create(sde, rule, draws.Whole("steps", 1, 200), from, to); // OfLevels throws where it is not monotone
            Assert.Equal(from, grid.First.Time);
            Assert.Equal(to, grid.Last.Time);
        }, 201);
    }

    [Fact]
    public void UniformLambda_OnRandomProcesses_HasEqualSteps()
    {
        Property.Check("steps of λ are equal", draws =>
        {
            var grid = TimeGrid.Create(draws.Process(), new UniformLambda(), draws.Whole("steps", 2, 50), draws.Uniform("from", 0.5, 0.95), draws.LogUniform("to", 1e-3, 0.4));
            var h = (grid.Last.Lambda - grid.First.Lambda) / grid.Steps;
            for (var i = 1; i <= grid.Steps; i++)
                Near.Scaled(h, grid.Levels[i].Lambda - grid.Levels[i - 1].Lambda, 1 + Math.Abs(grid.First.Lambda) + Math.Abs(grid.Last.Lambda), Tolerances.Inverse, $"step {i}");
        }, 202);
    }

    [Fact]
    public void Karras_OnVp_FollowsItsFormula()
    {
        const int n = 18;
        var grid = TimeGrid.Create(Vp, new Karras(7), n, 1, 1e-3);
        double a = Math.Pow(Vp.At(1).NoiseToSignal, 1 / 7.0), b = Math.Pow(Vp.At(1e-3).NoiseToSignal, 1 / 7.0);
        for (var i = 0; i <= n; i++)
            Near.Relative(Math.Pow(a + (double)i / n * (b - a), 7), grid.Levels[i].NoiseToSignal, Tolerances.Inverse, $"σ/α at {i}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Create_WithoutSteps_SaysWhatIsAllowed(int steps)
    {
        var e = Assert.Throws<ArgumentException>(() => TimeGrid.Create(Vp, new UniformTime(), steps, 1, 0));
        Assert.Contains($"steps is {steps}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfTimes_NotMonotone_NamesTheEntries()
    {
        var e = Assert.Throws<ArgumentException>(() => TimeGrid.OfTimes(Vp, [1, 0.5, 0.6, 0.1]));
        Assert.Contains("entry 1 is 0.5, entry 2 is 0.6", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TimeGrid.OfTimes(Vp, [0.5, 0.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeGrid.OfTimes(Vp, [1.5, 0.5]));
    }

    [Fact]
    public void LambdaRules_WhereLambdaIsInfinite_SayWhereToBegin()
    {
        var cosine = new VariancePreserving(new CosineSchedule());
        Assert.Contains("begin below t = 1", Assert.Throws<ArgumentException>(() => TimeGrid.Create(cosine, new UniformLambda(), 5, 1, 0.1)).Message, StringComparison.Ordinal);
        Assert.Contains("above t = 0", Assert.Throws<ArgumentException>(() => TimeGrid.Create(Vp, new Karras(), 5, 1, 0)).Message, StringComparison.Ordinal);
        Assert.Equal(5, TimeGrid.Create(cosine, new UniformTime(), 5, 1, 0).Steps); // both ends are legal as such
    }

    [Fact]
    public void Parse_KnowsOptionsAndRefusesOthers()
    {
        Assert.Equal(new Karras(5), GridCatalogue.Parse("karras:rho=5"));
        Assert.Contains("uniform-lambda", Assert.Throws<ArgumentException>(() => GridCatalogue.Parse("kerras")).Message, StringComparison.Ordinal);
        Assert.Contains("it has rho", Assert.Throws<ArgumentException>(() => GridCatalogue.Parse("karras:row=5")).Message, StringComparison.Ordinal);
        Assert.Contains("'five'", Assert.Throws<ArgumentException>(() => GridCatalogue.Parse("karras:rho=five")).Message, StringComparison.Ordinal);
    }
}
