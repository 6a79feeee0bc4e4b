using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>A tensor as a term of linear forms, with what forms ask of it again and again: a question to libtorch costs more than a few multiplications.</summary>
internal sealed class TensorTerm
{
    private readonly Tensor _tensor;
    private readonly int _index;
    private long[]? _shape;
    private bool? _reached;
    private nint _address;
    private bool _lapsed;

    public TensorTerm(Tensor tensor)
    {
        _tensor = tensor;
        if (TensorFacts.Read(tensor, out var facts))
        {
            (Type, Place, _index, _address) = (facts.Type, facts.Place, facts.Index, facts.Address);
            _reached = Place == DeviceType.CPU && facts.IsContiguous && facts.Count * 8 <= int.MaxValue ? true : null; // of larger ones TorchSharp's names tell
            _shape = TensorRunScope.Current?.ShapeOf(facts.Shape);
        }
        else (Type, Place, _index) = (tensor.dtype, tensor.device_type, tensor.device_index);
    }

    private TensorTerm(Tensor tensor, long[] shape, ScalarType type, nint address) =>
        (_tensor, _shape, Type, Place, _index, _reached, _address) = (tensor, shape, type, DeviceType.CPU, -1, true, address);

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

    /// <summary>Whether its device has kernels (<see cref="DeviceForms"/>).</summary>
    public bool HasDevice => DeviceForms.Of(Place, _index) is not null;

    /// <summary>Where its elements begin, if they are reachable.</summary>
    public nint Address => _lapsed || _tensor.IsInvalid ? DeviceMemory.Address(Tensor) : _address != 0 ? _address : _address = DeviceMemory.Address(_tensor);

    /// <summary>Whether it was freed, or its run has taken it back.</summary>
    public bool IsGone => _lapsed || _tensor.IsInvalid;

    /// <summary>Whether this is the tensor, taken back or not.</summary>
    public bool Is(Tensor tensor) => ReferenceEquals(_tensor, tensor);

    /// <summary>Whether both are one tensor.</summary>
    public bool IsSameAs(TensorTerm other) => ReferenceEquals(_tensor, other._tensor);

    /// <summary>Whether both are on one device.</summary>
    public bool IsBeside(TensorTerm other) => Place == other.Place && (Place == DeviceType.CPU || _index == other._index);

    /// <summary>Whether both have the same shape.</summary>
    public bool HasShapeOf(TensorTerm other) => HasShape(other.Shape);

    /// <summary>Whether it has a shape.</summary>
    public bool HasShape(long[] shape)
    {
        if (ReferenceEquals(Shape, shape)) return true;
        if (!Shape.AsSpan().SequenceEqual(shape)) return false;
        _shape = shape; // so that the next look is one at references
        return true;
    }

    /// <summary>A new tensor on the CPU, with nothing in it yet.</summary>
    public static TensorTerm New(long[] shape, ScalarType type) => new(empty(shape, dtype: type), shape, type, 0);

    /// <summary>The same tensor for another use; whoever holds this term is told so when he asks for its value.</summary>
    public TensorTerm Renewed()
    {
        var next = new TensorTerm(_tensor, Shape, Type, _address);
        _lapsed = true;
        return next;
    }
}
