using System.Reflection;
using System.Reflection.PortableExecutable;

namespace ScoreSde.Cli.Tests;

/// <summary>Libraries are compiled ahead of time, where the build says so.</summary>
public class AheadTests
{
    private static readonly bool CompiledAhead = typeof(CommandLine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(m => m.Key == "CompilesAhead").Value == "true";

    [Fact]
    public void Libraries_OfARelease_HoldCodeBesideTheAssembly()
    {
        var folder = Path.GetDirectoryName(typeof(CommandLine).Assembly.Location)!;
        string[] libraries = ["scoresde", "ScoreSde.Sde", "ScoreSde.Solvers", "ScoreSde.Verification", "ScoreSde.Torch", "ScoreSde.Kernels", "ScoreSde.Models", "ScoreSde.Training", "ScoreSde.Evaluation"];
        Assert.All(libraries, name => Assert.Equal(CompiledAhead, HoldsCode(Path.Combine(folder, name + ".dll"))));
    }

    /// <summary>Whether an assembly's file has a header of native code.</summary>
    private static bool HoldsCode(string file)
    {
        using var stream = File.OpenRead(file);
        using var reader = new PEReader(stream);
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }
}
