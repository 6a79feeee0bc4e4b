using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Benchmarks.Parts;

/// <summary>
/// What a tensor operation costs beyond libtorch: the same loop in C++ (bench/native-overhead) and in C#, over 64 floats on one thread. Read the
/// Min column: other work on the machine only ever adds time, and rounds of a millisecond or two find it quiet now and then.
/// </summary>
[InProcess]
[MemoryDiagnoser]
[MinColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
[WarmupCount(100)]
[IterationCount(400)]
[InvocationCount(1, 1)]
public partial class TorchOverhead
{
    private const int Count = 2_000;
    private Tensor x = null!;
    private Tensor y = null!;

    [GlobalSetup]
    public void Setup()
    {
        set_num_threads(1);
        x = ones(64);
        y = zeros(64);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        x.Dispose();
        y.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Count, Baseline = true), BenchmarkCategory("add and dispose")]
    public void NativeAdd() => loop_add(x.Handle, y.Handle, Count);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("add and dispose")]
    public void Add()
    {
        for (int i = 0; i < Count; i++)
        {
            using var z = x.add(y);
        }
    }

    [Benchmark(OperationsPerInvoke = Count, Baseline = true), BenchmarkCategory("add in place")]
    public void NativeAddInPlace() => loop_add_(x.Handle, y.Handle, Count);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("add in place")]
    public void AddInPlace()
    {
        for (int i = 0; i < Count; i++) x.add_(y);
    }

    [Benchmark(OperationsPerInvoke = Count, Baseline = true), BenchmarkCategory("multiply by a number in place")]
    public void NativeMultiply() => loop_mul_number_(x.Handle, Count);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("multiply by a number in place")]
    public void Multiply()
    {
        for (int i = 0; i < Count; i++) x.mul_(1.0);
    }

    [Benchmark(OperationsPerInvoke = Count, Baseline = true), BenchmarkCategory("add in scopes of 100")]
    public void NativeAddKept() => loop_add_kept(x.Handle, y.Handle, Count);

    [Benchmark(OperationsPerInvoke = Count), BenchmarkCategory("add in scopes of 100")]
    public void AddInScopes()
    {
        for (int i = 0; i < Count; i += 100)
        {
            using var scope = NewDisposeScope();
            for (int j = 0; j < 100; j++) _ = x.add(y);
        }
    }

    [LibraryImport("native_overhead")]
    private static partial void loop_add(nint x, nint y, int count);

    [LibraryImport("native_overhead")]
    private static partial void loop_add_(nint x, nint y, int count);

    [LibraryImport("native_overhead")]
    private static partial void loop_mul_number_(nint x, int count);

    [LibraryImport("native_overhead")]
    private static partial void loop_add_kept(nint x, nint y, int count);
}
