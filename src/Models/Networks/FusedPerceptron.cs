using System.Diagnostics.CodeAnalysis;
using ScoreSde.Kernels;
using ScoreSde.Models.States;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScoreSde.Models.Networks;

/// <summary>A perceptron's layers for one run of <see cref="PerceptronKernel"/> at one time for all rows: on the CPU, in float32, where no gradients are recorded.</summary>
/// <remarks>It reads the weights where they are, so that there is nothing to be out of date.</remarks>
internal sealed class FusedPerceptron
{
    [ThreadStatic]
    private static FusedPerceptron? _ofThread;

    private DenseLayer[] _layers = new DenseLayer[8];
    private float[] _row = [];
    private int _count, _used;

    /// <summary>An empty list if a run on these rows can be fused; a thread has one list.</summary>
    public static bool TryBegin(Tensor x, Linear witness, int floats, [NotNullWhen(true)] out FusedPerceptron? run)
    {
        run = null;
        if (is_grad_enabled() || x.dtype != ScalarType.Float32 || !TensorMemory.IsReachable(x) || x.shape[0] == 0 || !Fits(witness)) return false;
        run = _ofThread ??= new FusedPerceptron();
        if (run._row.Length < floats) run._row = GC.AllocateUninitializedArray<float>(floats, pinned: true);
        (run._count, run._used) = (0, 0);
        return true;
    }

    /// <summary>The class that all samples have: a null class where no labels are given, −1 where they differ or are out of reach.</summary>
    public static long ClassOfAll(Tensor? labels, int nullClass)
    {
        if (labels is null) return nullClass;
        if (labels.dtype != ScalarType.Int64 || !TensorMemory.IsReachable(labels) || labels.numel() == 0) return -1;
        var classes = TensorMemory.Elements<long>(labels);
        return classes.ContainsAnyExcept(classes[0]) || classes[0] > nullClass ? -1 : classes[0];
    }

    /// <summary>Room for numbers that all rows share; they stay where they are until the next run.</summary>
    public Span<float> Room(int floats)
    {
        _used += floats;
        return _row.AsSpan(_used - floats, floats);
    }

    /// <summary>What <see cref="SinusoidalEmbedding"/> makes of a time, in double.</summary>
    public Span<float> Features(SinusoidalEmbedding sinusoid, double time)
    {
        var features = Room(sinusoid.Features);
        sinusoid.Fill(time, features);
        return features;
    }

    /// <summary>act(W x + b) for what all rows share.</summary>
    public Span<float> Row(Linear linear, ReadOnlySpan<float> x, bool silu)
    {
        var y = Room((int)linear.out_features);
        PerceptronKernel.Row(Layer(linear, 0, 1), x, y, silu);
        return y;
    }

    /// <summary>W x + b for the columns of W from one on.</summary>
    public Span<float> RowOfColumns(Linear linear, int firstColumn, ReadOnlySpan<float> x)
    {
        var y = Room((int)linear.out_features);
        var layer = Layer(linear, 0, 1);
        PerceptronKernel.Row(layer with { Weight = layer.Weight + firstColumn * sizeof(float), Inputs = x.Length, Bias = 0 }, x, y, false);
        return y;
    }

    /// <summary>Adds a layer.</summary>
    /// <param name="linear">Its weights.</param>
    /// <param name="source">Buffer that is read.</param>
    /// <param name="target">Buffer that is written.</param>
    /// <param name="action">What else is done.</param>
    /// <param name="shift">A second bias, from <see cref="Room"/>.</param>
    /// <param name="inputs">How many of the weight's columns count; by default all.</param>
    public unsafe void Add(Linear linear, int source, int target, DenseAction action = DenseAction.None, Span<float> shift = default, int? inputs = null)
    {
        if (_count == _layers.Length) Array.Resize(ref _layers, 2 * _count);
        var layer = Layer(linear, source, target) with { Action = action, Inputs = inputs ?? (int)linear.in_features };
        fixed (float* first = shift) _layers[_count++] = layer with { Shift = (nint)first }; // pinned memory: it does not move afterwards
    }

    /// <summary>The output for all rows.</summary>
    public Tensor Run(Tensor x, int outputs)
    {
        var y = empty([x.shape[0], outputs], dtype: ScalarType.Float32);
        PerceptronKernel.Run(_layers.AsSpan(0, _count), TensorMemory.Address(x), TensorMemory.Address(y), x.shape[0]);
        return y;
    }

    private static bool Fits(Linear linear) => linear.weight.dtype == ScalarType.Float32 && linear.weight.device_type == DeviceType.CPU;

    private static DenseLayer Layer(Linear linear, int source, int target) => new()
    {
        Weight = TensorMemory.Address(linear.weight), Bias = linear.bias is { } bias ? TensorMemory.Address(bias) : 0, Stride = linear.in_features,
        Inputs = (int)linear.in_features, Outputs = (int)linear.out_features, Source = source, Target = target,
    };
}
