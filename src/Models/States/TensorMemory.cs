using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>Memory of contiguous CPU tensors, for kernels over raw pointers.</summary>
public static unsafe class TensorMemory
{
    /// <summary>Whether the tensor's memory can be had as one span.</summary>
    public static bool IsReachable(Tensor tensor) =>
        tensor.device_type == TorchSharp.DeviceType.CPU && tensor.is_contiguous() && tensor.numel() * tensor.element_size() <= int.MaxValue;

    /// <summary>Address of the first element. libtorch's memory does not move; the tensor must outlive the use.</summary>
    public static nint Address(Tensor tensor) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    /// <summary>The elements of a contiguous CPU tensor, live.</summary>
    public static Span<E> Elements<E>(Tensor tensor) where E : unmanaged => MemoryMarshal.Cast<byte, E>(tensor.bytes);
}
