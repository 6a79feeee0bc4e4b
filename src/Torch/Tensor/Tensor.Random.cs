namespace TorchSharp;

public static partial class torch
{
    /// <summary>Filling and drawing.</summary>
    public partial class Tensor
    {
        public Tensor zero_() => Done(Native.sst_zero_(this));

        public Tensor fill_(Scalar value) => Done(Native.sst_fill_(this, value));

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Done(Native.sst_copy_(this, source, nonBlocking));

        public Tensor set_(Tensor source) => Done(Native.sst_set_(this, source));

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => Done(Native.sst_normal_(this, mean, std, generator));

        public Tensor uniform_(double from, double to, Generator? generator = null) => Done(Native.sst_uniform_(this, from, to, generator));

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Done(Native.sst_bernoulli_(this, p, generator));

        public Tensor exponential_(double lambda = 1, Generator? generator = null) => Done(Native.sst_exponential_(this, lambda, generator));

        public Tensor random_(double from, double to, Generator? generator = null) => Done(Native.sst_random_(this, (long)from, (long)to, generator));

        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_zeros_like(this, Options.Like(dtype, device, requires_grad));

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_ones_like(this, Options.Like(dtype, device, requires_grad));

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_empty_like(this, Options.Like(dtype, device, requires_grad));

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_full_like(this, value, Options.Like(dtype, device, requires_grad));

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_rand_like(this, Options.Like(dtype, device, requires_grad));

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_randn_like(this, Options.Like(dtype, device, requires_grad));

        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_randint_like(this, low, high, Options.Like(dtype, device, requires_grad));

        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_zeros(size, size.Length, Near(dtype, device, requires_grad));

        public Tensor new_zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_zeros(size, size.Length, Near(dtype, device, requires_grad));

        public Tensor new_zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_zeros([size], 1, Near(dtype, device, requires_grad));

        public Tensor new_zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_zeros([rows, columns], 2, Near(dtype, device, requires_grad));

        public Tensor new_zeros(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_zeros([dim0, dim1, dim2, dim3], 4, Near(dtype, device, requires_grad));

        public Tensor new_ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_ones([size], 1, Near(dtype, device, requires_grad));

        public Tensor new_ones(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_ones([rows, columns], 2, Near(dtype, device, requires_grad));

        public Tensor new_ones(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_ones([dim0, dim1, dim2, dim3], 4, Near(dtype, device, requires_grad));

        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_empty(size, size.Length, Near(dtype, device, requires_grad));

        public Tensor new_empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_empty(size, size.Length, Near(dtype, device, requires_grad));

        public Tensor new_empty(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_empty([size], 1, Near(dtype, device, requires_grad));

        public Tensor new_empty(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_empty([rows, columns], 2, Near(dtype, device, requires_grad));

        public Tensor new_empty(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_empty([dim0, dim1, dim2, dim3], 4, Near(dtype, device, requires_grad));

        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_full(size, size.Length, value, Near(dtype, device, requires_grad));

        public Tensor new_full(long size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_full([size], 1, value, Near(dtype, device, requires_grad));

        public Tensor new_full(long rows, long columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Native.sst_full([rows, columns], 2, value, Near(dtype, device, requires_grad));

        public Tensor new_full(long dim0, long dim1, long dim2, Scalar value, ScalarType? dtype = null, Device? device = null,
            bool requires_grad = false) =>
            Native.sst_full([dim0, dim1, dim2], 3, value, Near(dtype, device, requires_grad));

        public Tensor new_full(long dim0, long dim1, long dim2, long dim3, Scalar value, ScalarType? dtype = null, Device? device = null,
            bool requires_grad = false) =>
            Native.sst_full([dim0, dim1, dim2, dim3], 4, value, Near(dtype, device, requires_grad));
    }
}
