using System.Runtime.InteropServices;

namespace ScoreSde.Kernels;

/// <summary>out = Σ cᵢ xᵢ over raw memory in one pass: what a solver step on a CPU tensor comes down to.</summary>
/// <remarks>
/// Terms are added in order by fused multiply-adds in the arrays' own type; an element's bits depend on its inputs alone. The first product
/// is rounded, so n terms make n roundings.
/// </remarks>
public static unsafe partial class LinearFormKernel
{
    /// <summary>The most terms of one call.</summary>
    public const int MostTerms = 64;

    /// <summary>The form over float32 arrays. <paramref name="output"/> must not be one of the terms.</summary>
    /// <exception cref="ArgumentException">No terms, too many, or counts that differ.</exception>
    public static void OfFloats(nint output, ReadOnlySpan<nint> terms, ReadOnlySpan<double> coefficients, long count)
    {
        Check(terms.Length, coefficients.Length, count);
        fixed (nint* t = terms)
        fixed (double* c = coefficients)
            Accept(LinearFormSingle(output, t, c, terms.Length, count));
    }

    /// <summary>The form over float64 arrays. <paramref name="output"/> must not be one of the terms.</summary>
    /// <exception cref="ArgumentException">No terms, too many, or counts that differ.</exception>
    public static void OfDoubles(nint output, ReadOnlySpan<nint> terms, ReadOnlySpan<double> coefficients, long count)
    {
        Check(terms.Length, coefficients.Length, count);
        fixed (nint* t = terms)
        fixed (double* c = coefficients)
            Accept(LinearFormDouble(output, t, c, terms.Length, count));
    }

    private static void Check(int terms, int coefficients, long count)
    {
        if (terms != coefficients) throw new ArgumentException($"{terms} terms and {coefficients} coefficients; there must be one each");
        if (terms is < 1 or > MostTerms) throw new ArgumentException($"{terms} terms; a form has 1 to {MostTerms}");
        ArgumentOutOfRangeException.ThrowIfNegative(count);
    }

    private static void Accept(int status)
    {
        if (status != 0) throw new ArgumentException("a null pointer was given to the linear form");
    }

    [LibraryImport("scoresde_kernels", EntryPoint = "scoresde_linear_form_f32")]
    private static partial int LinearFormSingle(nint output, nint* terms, double* coefficients, int n, long count);

    [LibraryImport("scoresde_kernels", EntryPoint = "scoresde_linear_form_f64")]
    private static partial int LinearFormDouble(nint output, nint* terms, double* coefficients, int n, long count);
}
