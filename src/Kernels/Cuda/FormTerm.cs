namespace ScoreSde.Kernels.Cuda;

/// <summary>What a term of a form on a device is.</summary>
public enum TermKind
{
    /// <summary>An array of the form's own type.</summary>
    State = 0,

    /// <summary>An array of float32 in a form of float64.</summary>
    Single = 1,

    /// <summary>An array of bfloat16.</summary>
    Brain = 2,

    /// <summary>Standard normals that the kernel makes.</summary>
    Draw = 16,
}

/// <summary>Where the normals of one draw are: the numbers that `NoiseCounter` places them by, row i being sample <paramref name="FirstSample"/> + i.</summary>
/// <param name="Seed">The key.</param>
/// <param name="Stream">The stream's number.</param>
/// <param name="Draw">Index of the draw.</param>
/// <param name="FirstSample">Index of the first row's sample.</param>
public readonly record struct DeviceDraw(ulong Seed, uint Stream, uint Draw, long FirstSample);

/// <summary>A term cᵢ xᵢ.</summary>
/// <param name="Factor">c.</param>
/// <param name="Kind">What x is.</param>
/// <param name="Array">Its address on the device; 0 for a draw.</param>
/// <param name="Draw">The draw, where it is one.</param>
public readonly record struct FormTerm(double Factor, TermKind Kind, nint Array, DeviceDraw Draw = default)
{
    /// <summary>An array of the form's type.</summary>
    public static FormTerm Of(double factor, nint array) => new(factor, TermKind.State, array);

    /// <summary>Noise.</summary>
    public static FormTerm Of(double factor, DeviceDraw draw) => new(factor, TermKind.Draw, 0, draw);
}
