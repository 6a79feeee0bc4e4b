using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Tensors cross the border as addresses of native tensors. An argument is kept alive until the call has returned; a null result becomes an
/// exception with libtorch's message.
/// </summary>
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(Argument))]
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedOut, typeof(Result))]
internal static class TensorMarshaller
{
    public ref struct Argument
    {
        private Tensor? tensor;

        public void FromManaged(Tensor? managed) => tensor = managed;

        public readonly nint ToUnmanaged() => tensor is null ? 0 : tensor.Handle;

        public readonly void OnInvoked() => GC.KeepAlive(tensor);

        public readonly void Free()
        {
        }
    }

    public static class Result
    {
        public static Tensor ConvertToManaged(nint handle) => handle == 0 ? throw Native.Failure() : new Tensor(handle);
    }
}

/// <summary>Scalars cross the border by value.</summary>
[CustomMarshaller(typeof(Scalar), MarshalMode.ManagedToUnmanagedIn, typeof(ScalarMarshaller))]
internal static class ScalarMarshaller
{
    public static Number ConvertToUnmanaged(Scalar? scalar) => scalar is null ? default : scalar.Value;
}

/// <summary>A number with its kind: 0 none, 1 integer, 2 real, 3 boolean.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Number
{
    public readonly long Bits;
    public readonly long Kind;

    public Number(long value) => (Bits, Kind) = (value, 1);

    public Number(double value) => (Bits, Kind) = (BitConverter.DoubleToInt64Bits(value), 2);

    public Number(bool value) => (Bits, Kind) = (value ? 1 : 0, 3);

    public double Real => BitConverter.Int64BitsToDouble(Bits);
}

/// <summary>What a new tensor is like; -1 stands for libtorch's default.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Options
{
    private readonly int dtype;
    private readonly int device;
    private readonly int index;
    private readonly int requiresGrad;

    public Options(ScalarType? dtype, Device? device, bool requires_grad)
    {
        var where = device ?? DefaultDevice;
        this.dtype = dtype is { } type ? (int)type : -1;
        this.device = (int)where.type;
        index = where.index;
        requiresGrad = requires_grad ? 1 : 0;
    }

    private Options(int dtype, int device, int index, int requiresGrad) =>
        (this.dtype, this.device, this.index, this.requiresGrad) = (dtype, device, index, requiresGrad);

    /// <summary>Options where what is not said is taken from another tensor.</summary>
    public static Options Like(ScalarType? dtype, Device? device, bool requires_grad) =>
        new(dtype is { } type ? (int)type : -1, device is null ? -1 : (int)device.type, device?.index ?? 0, requires_grad ? 1 : 0);
}

/// <summary>A generator argument, kept alive until the call has returned; none stands for libtorch's own.</summary>
[CustomMarshaller(typeof(Generator), MarshalMode.ManagedToUnmanagedIn, typeof(Argument))]
internal static class GeneratorMarshaller
{
    public ref struct Argument
    {
        private Generator? generator;

        public void FromManaged(Generator? managed) => generator = managed;

        public readonly nint ToUnmanaged() => generator is null ? 0 : generator.Handle;

        public readonly void OnInvoked() => GC.KeepAlive(generator);

        public readonly void Free()
        {
        }
    }
}
