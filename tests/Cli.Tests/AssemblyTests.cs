using ScoreSde.Tests.Support;

namespace ScoreSde.Cli.Tests;

/// <summary>A user's own assembly on the command line.</summary>
[Collection("torch")]
public class AssemblyTests
{
    [Fact]
    public void Explain_WithAnAssembly_TakesItsSolverAndItsProcess()
    {
        var run = Shell.Run("explain", "--assembly", MySolver, "--solver", "my-solver:part=0.7", "--process", "cubic-flow", "--grid", "karras", "--steps", "8", "--from", "0.9");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.StartsWith("my-solver on cubic-flow, grid karras: 8 moves, 16 model calls", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void List_WithAnAssembly_HasItsSolverBesideTheOthers()
    {
        var run = Shell.Run("list", "solvers", "--assembly", MySolver);
        Assert.Equal(0, run.Code);
        Assert.Contains("my-solver ", run.Output, StringComparison.Ordinal);
        Assert.Contains("ddim ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("my-solver ", Shell.Run("list", "solvers").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Assembly_ThatIsNoneOrHasNothing_IsSaidInOneLine()
    {
        Assert.Contains("there is no file 'nowhere.dll'", Bad("nowhere.dll"), StringComparison.Ordinal);
        Assert.Contains("is no .NET assembly", Bad(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);
        Assert.Contains("no solver, process or grid among them", Bad(typeof(FactAttribute).Assembly.Location), StringComparison.Ordinal);
        var run = Shell.Run("explain", "--assembly", MySolver, "--solver", "my-solvre");
        Assert.Equal(CommandLine.BadInput, run.Code);
        Assert.Contains("my-solver", run.ErrorLine, StringComparison.Ordinal);
    }

    private static string Bad(string path)
    {
        var run = Shell.Run("explain", "--assembly", path);
        Assert.Equal(CommandLine.BadInput, run.Code);
        return run.ErrorLine;
    }

    private static string MySolver => Path.Combine(
        Repository.Root, "samples", "MySolver", "bin", AppContext.BaseDirectory.Contains("Debug", StringComparison.Ordinal) ? "Debug" : "Release", "net10.0", "MySolver.dll");
}
