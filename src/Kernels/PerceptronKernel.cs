using System.Runtime.InteropServices;

namespace ScoreSde.Kernels;

/// <summary>Perceptrons on rows of float32, all layers of a few dozen rows at a time: between x and y nothing but the weights is read from memory.</summary>
/// <remarks>
/// A row's result is a sum in the order of the features by fused multiply-adds; its bits depend on the processor, but not on the other rows, its place among
/// them or the threads. Processors without fused multiply-adds round twice. SiLU is x / (1 + 2^(−x log₂ e)) with a polynomial of relative error
/// 1.5·10⁻⁷ for the power. With the rounding of the exponent (half an ulp, and the constant's 1.3·10⁻⁸), of the sum and of the quotient (with AVX-512 a
/// product with the reciprocal, which is within 1.1·2⁻²⁴) its relative error is below (6 + 1.25 |x|)·2⁻²⁴ for x ≥ −87; below that it is between −10⁻³⁰ and 0.
/// </remarks>
public static unsafe partial class PerceptronKernel
{
    /// <summary>Runs made by this process: what a test counts.</summary>
    public static long Launches => Interlocked.Read(ref launches);

    private static long launches;

    /// <summary>y = net(x).</summary>
    /// <param name="layers">The layers in order.</param>
    /// <param name="x">Address of [rows, inputs of the first layer].</param>
    /// <param name="y">Address of [rows, outputs of the last layer].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="width">Lanes of the vectors: 16 (AVX-512), 8 (AVX2), 4 (any processor); 0 for the most this processor has.</param>
    /// <exception cref="ArgumentException">The list makes no sense.</exception>
    /// <exception cref="PlatformNotSupportedException">This processor has no vectors of that width.</exception>
    public static void Run(ReadOnlySpan<DenseLayer> layers, nint x, nint y, long rows, int width = 0)
    {
        Interlocked.Increment(ref launches);
        fixed (DenseLayer* first = layers)
            switch (Perceptron(first, layers.Length, x, y, rows, width))
            {
                case 0: return;
                case 2: throw new InsufficientMemoryException("no memory for the activations of a perceptron");
                case 3: throw new PlatformNotSupportedException($"this processor has no vectors of {width} lanes; allowed are 4, and 8 or 16 where it has AVX2 or AVX-512");
                default: throw new ArgumentException("a perceptron's layers do not fit together: each reads a buffer that was written with its number of inputs, and not its own target");
            }
    }

    /// <summary>y = act(weight · x + bias) for one row: what all rows share.</summary>
    /// <param name="layer">The layer; its buffers and <see cref="DenseLayer.Shift"/> play no part.</param>
    /// <param name="x">Its inputs.</param>
    /// <param name="y">Its outputs.</param>
    /// <param name="silu">Whether the result goes through SiLU.</param>
    /// <exception cref="ArgumentException">Lengths that do not fit.</exception>
    public static void Row(in DenseLayer layer, ReadOnlySpan<float> x, Span<float> y, bool silu)
    {
        if (x.Length != layer.Inputs || y.Length != layer.Outputs)
            throw new ArgumentException($"a layer of {layer.Inputs} inputs and {layer.Outputs} outputs was given {x.Length} and {y.Length}");
        fixed (float* from = x)
        fixed (float* to = y)
            if (DenseRow(layer.Weight, layer.Stride, layer.Bias, from, to, layer.Inputs, layer.Outputs, silu ? 1 : 0) != 0)
                throw new ArgumentException("the layer makes no sense: no weight, no inputs or a stride below them");
    }

    [LibraryImport("scoresde_kernels", EntryPoint = "scoresde_perceptron")]
    private static partial int Perceptron(DenseLayer* layers, int count, nint x, nint y, long rows, int width);

    [LibraryImport("scoresde_kernels", EntryPoint = "scoresde_dense_row")]
    private static partial int DenseRow(nint weight, long stride, nint bias, float* x, float* y, int inputs, int outputs, int silu);
}
