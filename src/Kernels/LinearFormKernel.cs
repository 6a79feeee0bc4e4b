using System.Runtime.InteropServices;

namespace ScoreSde.Kernels;

/// <summary>out = Σ cᵢ xᵢ over raw memory in one pass: what a solver step on a CPU tensor comes down to.</summary>
/// <remarks>
/// Terms are added in order by fused multiply-adds in the arrays' own type; an element's bits depend on its inputs alone. The first product
/// is rounded, so n terms make n roundings. Large arrays are shared by as many threads as OpenMP is allowed on the calling one.
/// </remarks>
public static unsafe partial class LinearFormKernel
{
    /// <summary>The most terms of one call.</summary>
    public const int MostTerms = 64;

    /// <summary>Passes made by this process: what a test counts.</summary>
    public static long Launches => Interlocked.Read(ref launches);

    private static long launches;

    /// <summary>The form over float32 arrays. <paramref name="output"/> must not be one of the terms.</summary>
    /// <returns>Whether all that was written is finite.</returns>
    /// <exception cref="ArgumentException">No terms, too many, or counts that differ.</exception>
    public static bool OfFloats(nint output, ReadOnlySpan<nint> terms, ReadOnlySpan<double> coefficients, long count) =>
        Of(true, [output], [terms.Length], terms, coefficients, count);

    /// <summary>The form over float64 arrays. <paramref name="output"/> must not be one of the terms.</summary>
    /// <returns>Whether all that was written is finite.</returns>
    /// <exception cref="ArgumentException">No terms, too many, or counts that differ.</exception>
    public static bool OfDoubles(nint output, ReadOnlySpan<nint> terms, ReadOnlySpan<double> coefficients, long count) =>
        Of(false, [output], [terms.Length], terms, coefficients, count);

    /// <summary>
    /// Several forms in one pass, which reads an array that they share from memory once. An output's bits are those of its form alone.
    /// </summary>
    /// <param name="floats">Whether all arrays are float32; else float64.</param>
    /// <param name="outputs">One array a form, none of them among the terms.</param>
    /// <param name="counts">How many terms each form has.</param>
    /// <param name="terms">The arrays of the first form, then of the second, ….</param>
    /// <param name="coefficients">One a term.</param>
    /// <param name="elements">Elements of each array.</param>
    /// <returns>Whether all that was written is finite.</returns>
    /// <exception cref="ArgumentException">No terms, too many, or counts that differ.</exception>
    public static bool Of(
        bool floats, ReadOnlySpan<nint> outputs, ReadOnlySpan<int> counts, ReadOnlySpan<nint> terms, ReadOnlySpan<double> coefficients, long elements)
    {
        if (outputs.Length != counts.Length) throw new ArgumentException($"{outputs.Length} outputs and {counts.Length} forms; there must be one each");
        var all = 0;
        foreach (var n in counts)
        {
            Check(n, n, elements);
            all += n;
        }
        if (all != terms.Length || all != coefficients.Length)
            throw new ArgumentException($"{terms.Length} terms and {coefficients.Length} coefficients; there must be one each, {all} in all");
        Interlocked.Increment(ref launches);
        fixed (nint* o = outputs)
        fixed (int* n = counts)
        fixed (nint* t = terms)
        fixed (double* c = coefficients)
            return IsFinite(floats ? LinearFormsSingle(o, outputs.Length, n, t, c, elements) : LinearFormsDouble(o, outputs.Length, n, t, c, elements));
    }

    private static void Check(int terms, int coefficients, long count)
    {
        if (terms != coefficients) throw new ArgumentException($"{terms} terms and {coefficients} coefficients; there must be one each");
        if (terms is < 1 or > MostTerms) throw new ArgumentException($"{terms} terms; a form has 1 to {MostTerms}");
        ArgumentOutOfRangeException.ThrowIfNegative(count);
    }

    private static bool IsFinite(int status) => status switch
    {
        0 => true,
        2 => false,
        _ => throw new ArgumentException("a null pointer was given to the linear form"),
    };

    [LibraryImport("scoresde_kernels", EntryPoint = "scoresde_linear_forms_f32")]
    private static partial int LinearFormsSingle(nint* outputs, int m, int* counts, nint* terms, double* coefficients, long elements);

    [LibraryImport("scoresde_kernels", EntryPoint = "scoresde_linear_forms_f64")]
    private static partial int LinearFormsDouble(nint* outputs, int m, int* counts, nint* terms, double* coefficients, long elements);
}
