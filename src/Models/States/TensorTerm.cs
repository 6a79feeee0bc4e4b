using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>A tensor as a term of linear forms, with what forms ask of it again and again: a question to libtorch costs more than a few multiplications.</summary>
internal sealed class TensorTerm
{
    private readonly Tensor _tensor;
    private long[]? _shape;
    private bool? _reached;
    private nint _address;
    private bool _lapsed;

    public TensorTerm(Tensor tensor) => (_tensor, Type, Place) = (tensor, tensor.dtype, tensor.device_type);

    private TensorTerm(Tensor tensor, TensorTerm like) =>
        (_tensor, Type, Place, _shape, _reached) = (tensor, like.Type, DeviceType.CPU, like.Shape, true);

    /// <summary>The tensor.</summary>
    /// <exception cref="InvalidOperationException">The step that made it has ended, and its memory may hold something else by now.</exception>
    public Tensor Tensor => !_lapsed ? _tensor : throw new InvalidOperationException("the state was made in an earlier step of the run and has not been kept; a copy of its value can be");

    /// <summary>Its shape.</summary>
    public long[] Shape => _shape ??= _tensor.shape;

    /// <summary>Its type.</summary>
    public ScalarType Type { get; }

    /// <summary>Where it is.</summary>
    public DeviceType Place { get; }

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
    public bool IsReachable => _reached ??= TensorMemory.IsReachable(_tensor);

    /// <summary>Where its elements begin, if they are reachable.</summary>
    public nint Address => _address != 0 ? _address : _address = DeviceMemory.Address(Tensor);

    /// <summary>Whether it was freed, or its run has taken it back.</summary>
    public bool IsGone => _lapsed || _tensor.IsInvalid;

    /// <summary>Whether this is the tensor, taken back or not.</summary>
    public bool Is(Tensor tensor) => ReferenceEquals(_tensor, tensor);

    /// <summary>Whether both are one tensor.</summary>
    public bool IsSameAs(TensorTerm other) => ReferenceEquals(_tensor, other._tensor);

    /// <summary>Whether both have the same shape.</summary>
    public bool HasShapeOf(TensorTerm other) => HasShape(other.Shape);

    /// <summary>Whether it has a shape.</summary>
    public bool HasShape(long[] shape) => ReferenceEquals(Shape, shape) || Shape.AsSpan().SequenceEqual(shape);

    /// <summary>A new tensor on the CPU, with nothing in it yet.</summary>
    public static TensorTerm New(long[] shape, ScalarType type) => new(empty(shape, dtype: type)) { _shape = shape, _reached = true };

    /// <summary>The same tensor for another use; whoever holds this term is told so when he asks for its value.</summary>
    public TensorTerm Renewed()
    {
        var next = new TensorTerm(_tensor, this) { _address = _address };
        _lapsed = true;
        return next;
    }
}
