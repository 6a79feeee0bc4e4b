namespace TorchSharp;

public static partial class torch
{
    /// <summary>What a tensor is: shape, type, place, part in a graph.</summary>
    public partial class Tensor
    {
        private string? label;

        public unsafe long[] shape
        {
            get
            {
                long[] sizes = new long[ndim];
                fixed (long* first = sizes)
                {
                    if (first != null) Native.sst_shape(Handle, first);
                }

                GC.KeepAlive(this);
                return sizes;
            }
        }

        public long ndim
        {
            get
            {
                long count = Native.sst_dim(Handle);
                GC.KeepAlive(this);
                return count;
            }
        }

        public long Dimensions => ndim;

        public long NumberOfElements => numel();

        public long ElementSize => element_size();

        public ScalarType dtype
        {
            get
            {
                int code = Native.sst_dtype(Handle);
                GC.KeepAlive(this);
                return (ScalarType)code;
            }
        }

        public Device device => new(device_type, device_index);

        public DeviceType device_type
        {
            get
            {
                int code = Native.sst_device_type(Handle);
                GC.KeepAlive(this);
                return (DeviceType)code;
            }
        }

        public int device_index
        {
            get
            {
                int index = Native.sst_device_index(Handle);
                GC.KeepAlive(this);
                return index;
            }
        }

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_leaf
        {
            get
            {
                bool leaf = Native.sst_is_leaf(Handle);
                GC.KeepAlive(this);
                return leaf;
            }
        }

        public string? name
        {
            get => label;
            set => label = value;
        }

        public Tensor T => Native.sst_reversed(this);

        public Tensor mT => Native.sst_mT(this);

        public bool is_cpu() => device_type == DeviceType.CPU;

        public long dim() => ndim;

        public long numel()
        {
            long count = Native.sst_numel(Handle);
            GC.KeepAlive(this);
            return count;
        }

        public long[] size() => shape;

        public long size(int dim) => shape[dim < 0 ? dim + (int)ndim : dim];

        public unsafe long[] stride()
        {
            long[] strides = new long[ndim];
            fixed (long* first = strides)
            {
                if (first != null) Native.sst_strides(Handle, first);
            }

            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim) => stride()[dim < 0 ? dim + (int)ndim : dim];

        public bool is_contiguous()
        {
            bool contiguous = Native.sst_is_contiguous(Handle);
            GC.KeepAlive(this);
            return contiguous;
        }

        public long element_size()
        {
            long size = Native.sst_element_size(Handle);
            GC.KeepAlive(this);
            return size;
        }

        public long storage_offset()
        {
            long offset = Native.sst_storage_offset(Handle);
            GC.KeepAlive(this);
            return offset;
        }

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_nonzero() => item().Real != 0;

        public override string ToString() =>
            IsInvalid ? "Tensor invalid -- empty handle." : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";
    }
}
