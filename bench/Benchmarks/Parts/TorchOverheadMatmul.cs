using BenchmarkDotNet.Attributes;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Benchmarks.Parts;

/// <summary>
/// A product of two 1024 x 1024 float matrices, 2.147 GFLOP: shows whether libtorch's BLAS is OpenBLAS (over 100 GFLOP/s a core with AVX-512,
/// where a reference BLAS does 7), and whether it shares libtorch's threads. Read the Min column.
/// </summary>
[InProcess]
[MinColumn]
[WarmupCount(10)]
[IterationCount(60)]
[InvocationCount(1, 1)]
public class TorchOverheadMatmul
{
    private Tensor a = null!;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        set_num_threads(Threads);
        a = randn(1024, 1024);
    }

    [GlobalCleanup]
    public void Cleanup() => a.Dispose();

    [Benchmark]
    public void Product()
    {
        using var product = a.mm(a);
    }
}
