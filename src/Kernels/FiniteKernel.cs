using System.Runtime.InteropServices;

namespace ScoreSde.Kernels;

/// <summary>Where an array in raw memory is not finite, in one pass.</summary>
public static partial class FiniteKernel
{
    /// <summary>The index of the first number that is not finite; −1 where all are.</summary>
    /// <param name="floats">Whether the array is float32; else float64.</param>
    /// <param name="array">Its address.</param>
    /// <param name="count">How many numbers.</param>
    public static long First(bool floats, nint array, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return floats ? FirstSingle(array, count) : FirstDouble(array, count);
    }

    [LibraryImport("scoresde_kernels", EntryPoint = "scoresde_first_nonfinite_f32")]
    private static partial long FirstSingle(nint array, long count);

    [LibraryImport("scoresde_kernels", EntryPoint = "scoresde_first_nonfinite_f64")]
    private static partial long FirstDouble(nint array, long count);
}
