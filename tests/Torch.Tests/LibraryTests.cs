using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Torch.Tests;

public class LibraryTests
{
    [Fact]
    public void NativeLibrary_Loaded_TakesLibtorchAndTheBlasListedForIt()
    {
        using var x = ones(1);
        string[] mapped = [.. File.ReadLines("/proc/self/maps").Select(line => line[(line.LastIndexOf(' ') + 1)..]).Where(path => path.StartsWith('/')).Distinct()];
        Assert.Contains(mapped, path => Path.GetFileName(path).StartsWith("libtorch_cpu.so", StringComparison.Ordinal));
        string listed = Path.Combine(AppContext.BaseDirectory, "libscoresde_torch.preload");
        if (!File.Exists(listed) || File.ReadLines(listed).FirstOrDefault(File.Exists) is not { } blas) return; // a libtorch with a BLAS of its own
        var target = new FileInfo(blas).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? blas;
        Assert.Contains(target, mapped);
    }
}
