namespace ScoreSde.Sde.Tests;

public class ProcessCatalogueTests
{
    [Fact]
    public void Parse_EveryName_GivesAProcessWhoseNameReadsBack()
    {
        var names = ProcessCatalogue.Names();
        Assert.True(names.Count >= 12, string.Join(", ", names));
        foreach (var name in names)
        {
            var process = ProcessCatalogue.Parse(name);
            var again = ProcessCatalogue.Parse(process.Name);
            Assert.Equal((process.GetType(), process.Name), (again.GetType(), again.Name));
            Assert.Equal(process.At(0.37), again.At(0.37));
        }
        Assert.Equal(ProcessCatalogue.All().Count, ProcessCatalogue.All().Select(p => p.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("vp", "vp-linear:0.1,20")]
    [InlineData("VP-Linear:0.2", "vp-linear:0.2,20")]
    [InlineData("vp-linear:0.1,20", "vp-linear:0.1,20")]
    [InlineData("vp-cosine", "vp-cosine:0.008")]
    [InlineData("subvp", "subvp-linear:0.1,20")]
    [InlineData("subvp-sigmoid: -2, 4, 0.5", "subvp-sigmoid:-2,4,0.5")]
    [InlineData("ve", "ve:0.01,50")]
    [InlineData("ve:0.02,80", "ve:0.02,80")]
    [InlineData("vp-discrete-linear:1e-4,0.02,500", "vp-discrete-linear:0.0001,0.02,500")]
    [InlineData("vp-discrete-cosine:50", "vp-discrete-cosine:50,0.999,0.008")]
    public void Parse_Text_GivesTheProcess(string text, string name) => Assert.Equal(name, ProcessCatalogue.Parse(text).Name);

    [Theory]
    [InlineData("cosine", "no process is named 'cosine'", "vp-cosine")]
    [InlineData("", "no process is named ''", "subvp")]
    [InlineData("ve:1,2,3", "'ve:1,2,3' has 3 numbers", "sigmaMin (number, default 0.01), sigmaMax (number, default 50)")]
    [InlineData("ve:one", "'one' in 've:one'", "sigmaMin")]
    [InlineData("ve:0.1,0,5", "has 3 numbers", "takes sigmaMin")]
    [InlineData("vp-discrete-linear:0.1,0.2,2.5", "'2.5' in", "steps (whole number, default 1000)")]
    [InlineData("flow:1", "has 1 numbers", "flow takes no numbers")]
    [InlineData("ve:5,2", "0 < sigmaMin < sigmaMax", "given 5, 2")]
    public void Parse_WrongText_SaysWhatWasGivenAndWhatIsAllowed(string text, string given, string allowed)
    {
        var message = Assert.ThrowsAny<ArgumentException>(() => ProcessCatalogue.Parse(text)).Message;
        Assert.Contains(given, message, StringComparison.Ordinal);
        Assert.Contains(allowed, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OtherAssembly_FindsItsProcessesAndSchedules()
    {
        var here = typeof(ProcessCatalogueTests).Assembly;
        Assert.Throws<ArgumentException>(() => ProcessCatalogue.Parse("vp-constant"));
        Assert.Equal("vp-constant:3", ProcessCatalogue.Parse("vp-constant:3", here).Name);
        Assert.Contains("subvp-constant", ProcessCatalogue.Names(here));
    }

    [Fact]
    public void Name_OfATableOfBetas_DoesNotReadBack()
    {
        var name = DiscreteChain.FromBetas([0.1, 0.2]).Process.Name;
        Assert.Equal("vp-table of 2 betas", name);
        Assert.Throws<ArgumentException>(() => ProcessCatalogue.Parse(name));
    }
}

/// <summary>A schedule outside the library.</summary>
[Named("constant")]
public sealed class ConstantSchedule(double beta = 5) : NoiseSchedule
{
    public override string Name => FormattableString.Invariant($"constant:{beta}");

    public override double LogAlpha(double t) => -0.5 * beta * t;

    public override double Beta(double t) => beta;
}
