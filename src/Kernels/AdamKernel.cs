using System.Runtime.InteropServices;

namespace ScoreSde.Kernels;

/// <summary>Adam on many float32 arrays, and the averages of their weights, in one call over raw memory.</summary>
public static unsafe partial class AdamKernel
{
    /// <summary>Σ g² over all arrays, added up in double, the same for any number of threads.</summary>
    public static double SquareSum(ReadOnlySpan<long> counts, ReadOnlySpan<nint> gradients)
    {
        Check(counts.Length, gradients.Length);
        double sum;
        fixed (long* n = counts)
        fixed (nint* g = gradients)
            Accept(SquareSum(counts.Length, n, g, &sum));
        return sum;
    }

    /// <summary>
    /// m ← β₁ m + a₁ g, v ← β₂ v + a₂ g², w ← w + r m / (√v·root + ε), and average ← keep·average + take·w.
    /// </summary>
    /// <param name="counts">Elements of each array.</param>
    /// <param name="weights">w.</param>
    /// <param name="gradients">g.</param>
    /// <param name="first">m.</param>
    /// <param name="second">v.</param>
    /// <param name="averages">Averages; empty for none.</param>
    /// <param name="numbers">β₁, a₁, β₂, a₂, root, ε, r, keep, take.</param>
    public static void Step(
        ReadOnlySpan<long> counts, ReadOnlySpan<nint> weights, ReadOnlySpan<nint> gradients, ReadOnlySpan<nint> first, ReadOnlySpan<nint> second,
        ReadOnlySpan<nint> averages, ReadOnlySpan<double> numbers)
    {
        Check(counts.Length, weights.Length, gradients.Length, first.Length, second.Length, averages.IsEmpty ? counts.Length : averages.Length);
        if (numbers.Length != 9) throw new ArgumentException($"{numbers.Length} numbers; a step has 9");
        fixed (long* n = counts)
        fixed (nint* w = weights)
        fixed (nint* g = gradients)
        fixed (nint* m = first)
        fixed (nint* v = second)
        fixed (nint* a = averages)
        fixed (double* x = numbers)
            Accept(Step(counts.Length, n, w, g, m, v, a, x));
    }

    private static void Check(int arrays, params ReadOnlySpan<int> others)
    {
        foreach (var other in others)
            if (other != arrays) throw new ArgumentException($"{other} addresses for {arrays} arrays");
    }

    private static void Accept(int status)
    {
        if (status != 0) throw new ArgumentException("a null pointer was given to the optimiser");
    }

    [LibraryImport("scoresde_kernels", EntryPoint = "scoresde_square_sum")]
    private static partial int SquareSum(int arrays, long* counts, nint* gradients, double* sum);

    [LibraryImport("scoresde_kernels", EntryPoint = "scoresde_adam")]
    private static partial int Step(int arrays, long* counts, nint* weights, nint* gradients, nint* first, nint* second, nint* averages, double* numbers);
}
