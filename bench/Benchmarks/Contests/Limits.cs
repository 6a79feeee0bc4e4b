using System.Runtime.InteropServices;
using ScoreSde.Benchmarks.Running;

namespace ScoreSde.Benchmarks.Contests;

/// <summary>
/// Loops in C++ with nothing but what cannot be done without: arithmetic in registers (bench/native-overhead/limits.cpp) or numbers moved through memory (passes.cpp), on as many threads as
/// the contest has.
/// </summary>
internal static partial class Limits
{
    private const int Count = 1 << 22, Products = 192 << 18;
    private const double Seconds = 0.2;

    /// <summary>Of a particle's step with noise on a mixture of eight: eight exponentials and two normals.</summary>
    public static Limit Steps { get; } = new("8 exponentials and 2 normals in registers", () => 8 * Exponential(Environment.ProcessorCount) + 2 * Normal(Environment.ProcessorCount));

    /// <summary>Of an evaluation of its score: eight exponentials.</summary>
    public static Limit Evaluations { get; } = new("8 exponentials in registers", () => 8 * Exponential(Environment.ProcessorCount));

    /// <summary>Of a normal: Philox and Box–Muller.</summary>
    public static Limit Normals(int threads) => new("Philox and Box–Muller in registers", () => Normal(threads));

    /// <summary>Of a step of a two-step method on arrays of so many floats, whose run begins with as many normals: one pass that reads three arrays and writes two, and a step's share of the normals.</summary>
    public static Limit Passes(int count, int steps) => new(
        "one pass a step over three arrays read and two written, and the start's normals in registers, on all cores",
        () => Math.Min(limit_passes(count, 1, Seconds), limit_passes(count, Environment.ProcessorCount, Seconds)) + Normal(Environment.ProcessorCount) * count / steps);

    /// <summary>Nanoseconds of a product and its sum, float32, on all cores: what no product of matrices can exceed.</summary>
    public static double Product() => Mean(Environment.ProcessorCount, () => limit_products(Products)) * Count / Products;

    private static double Normal(int threads) => Mean(threads, () => limit_normals(Count));

    private static double Exponential(int threads) => Mean(threads, () => limit_exponentials(Count));

    /// <summary>Nanoseconds each, as long as a contest's own side is timed at least: a processor that slows down under load does so here too.</summary>
    private static double Mean(int threads, Func<float> loop) => Times.Of(
        () =>
        {
            if (threads == 1) loop();
            else Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => loop());
        },
        (double)Count * threads).Wall;

    [LibraryImport("instruction_limits")]
    private static partial double limit_passes(long count, int threads, double seconds);

    [LibraryImport("instruction_limits")]
    private static partial float limit_products(long count);

    [LibraryImport("instruction_limits")]
    private static partial float limit_normals(long count);

    [LibraryImport("instruction_limits")]
    private static partial float limit_exponentials(long count);
}
