using System.Runtime.InteropServices;

namespace ScoreSde.Kernels;

/// <summary>What a <see cref="DenseLayer"/> does with weight · source + bias.</summary>
[Flags]
public enum DenseAction
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The result goes through SiLU, last of all.</summary>
    Silu = 1,

    /// <summary>It is added to what the target holds.</summary>
    Add = 2,
}

/// <summary>
/// One layer of a perceptron over raw memory: target = act([target +] weight · source + bias + shift). Buffers are numbered 0 to 7; 0 is the input, the
/// target of the last layer is the output.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct DenseLayer
{
    /// <summary>Address of the weight, float32 [out, stride] row after row, of which the first <see cref="Inputs"/> columns count.</summary>
    public required nint Weight { get; init; }

    /// <summary>Address of the bias, float32 [out]; 0 for none.</summary>
    public nint Bias { get; init; }

    /// <summary>Address of a second bias, float32 [out], such as what depends on the time alone; 0 for none.</summary>
    public nint Shift { get; init; }

    /// <summary>Floats from one row of the weight to the next.</summary>
    public required long Stride { get; init; }

    /// <summary>Features of the source.</summary>
    public required int Inputs { get; init; }

    /// <summary>Features of the target.</summary>
    public required int Outputs { get; init; }

    /// <summary>Number of the buffer that is read.</summary>
    public required int Source { get; init; }

    /// <summary>Number of the buffer that is written, another one than the source and not 0.</summary>
    public required int Target { get; init; }

    /// <summary>What else is done.</summary>
    public DenseAction Action { get; init; }

    private readonly int _reserved;
}
