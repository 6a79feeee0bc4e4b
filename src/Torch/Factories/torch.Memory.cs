using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Tensors over memory of .NET.</summary>
public static partial class torch
{
    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        data.to(dtype ?? data.dtype, device ?? data.device);

    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A tensor over the array itself, which stays pinned as long as the tensor lives; another type or device makes a copy.</summary>
    public static Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var own = TypeOf(rawArray.GetType().GetElementType()!);
        var tensor = Borrow(rawArray, Lengths(rawArray), own, 0);
        var wanted = device ?? DefaultDevice;
        if ((dtype ?? own) != own || wanted.type != DeviceType.CPU)
        {
            using var borrowed = tensor;
            tensor = borrowed.to(dtype ?? own, wanted);
        }

        return tensor.requires_grad_(requires_grad);
    }

    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        long elements = Buffer.ByteLength(rawArray) / ElementBytes(dtype);
        long taken = count < 0 ? elements - offset : count;
        if (offset < 0 || taken < 0 || offset + taken > elements)
            throw new ArgumentException($"frombuffer: elements {offset} to {offset + taken} of an array of {elements}.");
        return Borrow(rawArray, [taken], dtype, offset * ElementBytes(dtype)).requires_grad_(requires_grad);
    }

    private static unsafe Tensor FromMemory<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<long> shape, ScalarType own, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        long count = 1;
        foreach (long size in shape) count = checked(count * size);
        if (count != values.Length) throw new ArgumentException($"{values.Length} values do not fill a tensor of {count} elements.");
        fixed (T* first = values)
            return Native.sst_from_memory((nint)first, shape, shape.Length, (int)own, new Options(dtype ?? own, device, requires_grad));
    }

    private static ReadOnlySpan<T> Flat<T>(IList<T> values) => values is T[] array ? array : values.ToArray();

    private static ReadOnlySpan<T> Flat<T>(Array values)
        where T : unmanaged =>
        MemoryMarshal.CreateReadOnlySpan(ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);

    private static long[] Lengths(Array array) => [.. Enumerable.Range(0, array.Rank).Select(array.GetLongLength)];

    private static unsafe Tensor Borrow(Array array, long[] shape, ScalarType dtype, long byteOffset)
    {
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        try
        {
            nint first = Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) + (nint)byteOffset;
            return Native.sst_borrow_memory(
                first, shape, shape.Length, (int)dtype, (nint)(delegate* unmanaged<nint, void>)&Unpin, GCHandle.ToIntPtr(pin));
        }
        catch
        {
            pin.Free();
            throw;
        }
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint pin) => GCHandle.FromIntPtr(pin).Free();

    private static int ElementBytes(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 => 8,
        _ => throw new ArgumentException($"{type} has no counterpart in .NET."),
    };

    private static ScalarType TypeOf(Type element)
    {
        if (element == typeof(Half)) return ScalarType.Float16;
        return Type.GetTypeCode(element) switch
        {
            TypeCode.Byte => ScalarType.Byte,
            TypeCode.SByte => ScalarType.Int8,
            TypeCode.Int16 => ScalarType.Int16,
            TypeCode.Int32 => ScalarType.Int32,
            TypeCode.Int64 => ScalarType.Int64,
            TypeCode.Single => ScalarType.Float32,
            TypeCode.Double => ScalarType.Float64,
            TypeCode.Boolean => ScalarType.Bool,
            _ => throw new ArgumentException($"Arrays of {element.Name} have no tensor type."),
        };
    }
}
