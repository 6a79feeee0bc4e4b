using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>A tensor as a term of linear forms, with what forms ask of it again and again: a question to libtorch costs more than a few multiplications.</summary>
internal sealed class TensorTerm(Tensor tensor)
{
    private long[]? _shape;
    private bool? _reached;
    private nint _address;

    /// <summary>The tensor.</summary>
    public Tensor Tensor { get; } = tensor;

    /// <summary>Its shape.</summary>
    public long[] Shape => _shape ??= Tensor.shape;

    /// <summary>Its type.</summary>
    public ScalarType Type { get; } = tensor.dtype;

    /// <summary>Where it is.</summary>
    public DeviceType Place { get; } = tensor.device_type;

    /// <summary>Number of elements.</summary>
    public long Count
    {
        get
        {
            var count = 1L;
            foreach (var length in Shape) count *= length;
            return count;
        }
    }

    /// <summary>Whether its elements can be had as one span of the program's memory.</summary>
    public bool IsReachable => _reached ??= TensorMemory.IsReachable(Tensor);

    /// <summary>Where its elements begin, if they are reachable.</summary>
    public nint Address => _address != 0 ? _address : _address = TensorMemory.Address(Tensor);

    /// <summary>Whether both have the same shape.</summary>
    public bool HasShapeOf(TensorTerm other) => ReferenceEquals(Shape, other.Shape) || Shape.AsSpan().SequenceEqual(other.Shape);

    /// <summary>A new tensor like this one on the CPU, with nothing in it yet.</summary>
    public TensorTerm NewLike() => new(empty(Shape, dtype: Type)) { _shape = Shape, _reached = true };
}
