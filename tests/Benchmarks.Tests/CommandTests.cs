using ScoreSde.Cli.Terminal;

namespace ScoreSde.Benchmarks.Tests;

/// <summary>./scoresde bench as a function.</summary>
public class CommandTests
{
    [Fact]
    public void Help_TeachesWithExamples()
    {
        var (code, output, _) = Run("--help");
        Assert.Equal(0, code);
        foreach (var word in new[] { "Examples:", "./scoresde bench em-ring ddim", "--quick", "--rounds", "growth", "PEERS=FOLDER" }) Assert.Contains(word, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no contest 'em-rung'", "em-rung")]
    [InlineData("--rounds is 0", "--rounds", "0")]
    [InlineData("--record goes with --quick", "--record")]
    [InlineData("--fast", "--fast")]
    public void BadArguments_AreTwoWithOneLine(string said, params string[] arguments)
    {
        var (code, _, error) = Run(arguments);
        Assert.Equal(2, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (BenchCommand.Run(arguments, new Display(output, error, interactive: false), CancellationToken.None), output.ToString(), error.ToString());
    }
}
