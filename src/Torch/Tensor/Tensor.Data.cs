using System.Runtime.CompilerServices;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Elements as .NET sees them.</summary>
    public partial class Tensor
    {
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_cpu() || !is_contiguous()) throw new InvalidOperationException("bytes: the tensor must be contiguous and on the CPU.");
                long count = numel() * element_size();
                if (count > int.MaxValue) throw new InvalidOperationException($"bytes: {count} bytes are more than a span holds.");
                return new Span<byte>((void*)Pointer(), (int)count);
            }
            set
            {
                var target = bytes;
                if (value.Length != target.Length) throw new ArgumentException($"bytes: {value.Length} bytes for a tensor of {target.Length}.");
                value.CopyTo(target);
            }
        }

        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            CheckElement<T>();
            return new TensorAccessor<T>(is_cpu() ? this : cpu());
        }

        public T item<T>()
            where T : unmanaged
        {
            CheckElement<T>();
            if (numel() != 1) throw new ArgumentException($"item: the tensor has {numel()} elements, not one.");
            var value = item();
            if (typeof(T) == typeof(float)) return Reinterpret<float, T>((float)value.Real);
            if (typeof(T) == typeof(double)) return Reinterpret<double, T>(value.Real);
            if (typeof(T) == typeof(long)) return Reinterpret<long, T>(value.Integer);
            if (typeof(T) == typeof(int)) return Reinterpret<int, T>((int)value.Integer);
            if (typeof(T) == typeof(short)) return Reinterpret<short, T>((short)value.Integer);
            if (typeof(T) == typeof(byte)) return Reinterpret<byte, T>((byte)value.Integer);
            if (typeof(T) == typeof(sbyte)) return Reinterpret<sbyte, T>((sbyte)value.Integer);
            if (typeof(T) == typeof(bool)) return Reinterpret<bool, T>(value.Integer != 0);
            return Reinterpret<Half, T>((Half)value.Real);
        }

        public Storage<T> storage<T>()
            where T : unmanaged
        {
            CheckElement<T>();
            return new Storage<T>(this, Pointer() - (nint)(storage_offset() * element_size()));
        }

        public Scalar ToScalar()
        {
            if (numel() != 1) throw new ArgumentException($"ToScalar: the tensor has {numel()} elements, not one.");
            return item();
        }

        internal nint Pointer()
        {
            nint pointer = Native.sst_data(this);
            if (pointer == 0 && numel() > 0) throw Native.Failure();
            return pointer;
        }

        private static TTo Reinterpret<TFrom, TTo>(TFrom value) => Unsafe.As<TFrom, TTo>(ref value);

        private Scalar item()
        {
            Native.Check(Native.sst_item(this, out var number));
            return new Scalar(number);
        }

        private void CheckElement<T>()
            where T : unmanaged
        {
            var expected = dtype switch
            {
                ScalarType.Byte => typeof(byte),
                ScalarType.Int8 => typeof(sbyte),
                ScalarType.Int16 => typeof(short),
                ScalarType.Int32 => typeof(int),
                ScalarType.Int64 => typeof(long),
                ScalarType.Float16 => typeof(Half),
                ScalarType.Float32 => typeof(float),
                ScalarType.Float64 => typeof(double),
                ScalarType.Bool => typeof(bool),
                _ => null,
            };
            if (typeof(T) != expected) throw new ArgumentException($"The tensor holds {dtype}, which {typeof(T).Name} does not match.");
        }
    }

    /// <summary>The memory under a tensor, from its first element on whatever the view.</summary>
    public abstract class Storage
    {
        private protected readonly Tensor Owner;
        private readonly nint pointer;

        private protected Storage(Tensor tensor, nint pointer) => (Owner, this.pointer) = (tensor, pointer);

        public IntPtr data_ptr() => pointer;

        public ulong nbytes()
        {
            ulong bytes = Native.sst_storage_bytes(Owner.Handle);
            GC.KeepAlive(Owner);
            return bytes;
        }
    }

    public sealed class Storage<T> : Storage
        where T : unmanaged
    {
        internal Storage(Tensor tensor, nint pointer)
            : base(tensor, pointer)
        {
        }

        public unsafe int Count => (int)(nbytes() / (ulong)sizeof(T));
    }
}
