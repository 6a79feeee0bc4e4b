using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>One position of x[...], as native/shape.cpp reads it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeIndex(NativeIndex.Kind kind, long start = 0, long stop = 0, long step = 0, nint tensor = 0)
{
    private readonly long code = (long)kind;
    private readonly long start = start;
    private readonly long stop = stop;
    private readonly long step = step;
    private readonly nint tensor = tensor;

    internal enum Kind : long
    {
        Ellipsis = 0,
        NewAxis = 1,
        Integer = 2,
        Boolean = 3,
        Slice = 4,
        Tensor = 5,
    }
}

public static partial class torch
{
    public readonly struct TensorIndex
    {
        public static readonly TensorIndex Ellipsis = new(new NativeIndex(NativeIndex.Kind.Ellipsis));
        public static readonly TensorIndex None = new(new NativeIndex(NativeIndex.Kind.NewAxis));
        public static readonly TensorIndex Null = None;
        public static readonly TensorIndex Colon = Slice();

        private readonly NativeIndex native;
        private readonly Tensor? tensor;

        private TensorIndex(NativeIndex native, Tensor? tensor = null) => (this.native, this.tensor) = (native, tensor);

        internal NativeIndex Native => tensor is null ? native : new NativeIndex(NativeIndex.Kind.Tensor, tensor: tensor.Handle);

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int?, int?) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -(long)index.Value : index.Value);

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null)
        {
            long stride = step ?? 1;
            return new TensorIndex(new NativeIndex(NativeIndex.Kind.Slice, start ?? 0, stop ?? long.MaxValue, stride));
        }

        public static TensorIndex Slice((int?, int?) range) => Slice(range.Item1, range.Item2);

        public static TensorIndex Slice(Range range)
        {
            long start = range.Start.IsFromEnd ? -(long)range.Start.Value : range.Start.Value;
            long? stop = !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -(long)range.End.Value;
            return Slice(start, stop);
        }

        public static TensorIndex Bool(bool value) => new(new NativeIndex(NativeIndex.Kind.Boolean, value ? 1 : 0));

        public static TensorIndex Single(long? index) => index is { } value ? new(new NativeIndex(NativeIndex.Kind.Integer, value)) : None;

        public static TensorIndex Tensor(Tensor tensor) => new(new NativeIndex(NativeIndex.Kind.Tensor), tensor);
    }
}
