namespace TorchSharp;

/// <summary>Tensors of one value. Names of dimensions are accepted and not kept.</summary>
public static partial class torch
{
    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Native.sst_zeros(size, size.Length, new Options(dtype, device, requires_grad));

    public static Tensor zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_zeros(size, size.Length, new Options(dtype, device, requires_grad));

    public static Tensor zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Native.sst_zeros([size], 1, new Options(dtype, device, requires_grad));

    public static Tensor zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_zeros([rows, columns], 2, new Options(dtype, device, requires_grad));

    public static Tensor zeros(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_zeros([dim0, dim1, dim2], 3, new Options(dtype, device, requires_grad));

    public static Tensor zeros(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        Native.sst_zeros([dim0, dim1, dim2, dim3], 4, new Options(dtype, device, requires_grad));

    public static Tensor zeros(int size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Native.sst_zeros([size], 1, new Options(dtype, device, requires_grad));

    public static Tensor zeros(int rows, int columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_zeros([rows, columns], 2, new Options(dtype, device, requires_grad));

    public static Tensor zeros(int dim0, int dim1, int dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_zeros([dim0, dim1, dim2], 3, new Options(dtype, device, requires_grad));

    public static Tensor zeros(int dim0, int dim1, int dim2, int dim3, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        Native.sst_zeros([dim0, dim1, dim2, dim3], 4, new Options(dtype, device, requires_grad));

    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        input.zeros_like(dtype, device, requires_grad);

    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Native.sst_ones(size, size.Length, new Options(dtype, device, requires_grad));

    public static Tensor ones(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_ones(size, size.Length, new Options(dtype, device, requires_grad));

    public static Tensor ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Native.sst_ones([size], 1, new Options(dtype, device, requires_grad));

    public static Tensor ones(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_ones([rows, columns], 2, new Options(dtype, device, requires_grad));

    public static Tensor ones(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_ones([dim0, dim1, dim2], 3, new Options(dtype, device, requires_grad));

    public static Tensor ones(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        Native.sst_ones([dim0, dim1, dim2, dim3], 4, new Options(dtype, device, requires_grad));

    public static Tensor ones(int size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Native.sst_ones([size], 1, new Options(dtype, device, requires_grad));

    public static Tensor ones(int rows, int columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_ones([rows, columns], 2, new Options(dtype, device, requires_grad));

    public static Tensor ones(int dim0, int dim1, int dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_ones([dim0, dim1, dim2], 3, new Options(dtype, device, requires_grad));

    public static Tensor ones(int dim0, int dim1, int dim2, int dim3, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        Native.sst_ones([dim0, dim1, dim2, dim3], 4, new Options(dtype, device, requires_grad));

    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        input.ones_like(dtype, device, requires_grad);

    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Native.sst_empty(size, size.Length, new Options(dtype, device, requires_grad));

    public static Tensor empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_empty(size, size.Length, new Options(dtype, device, requires_grad));

    public static Tensor empty(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Native.sst_empty([size], 1, new Options(dtype, device, requires_grad));

    public static Tensor empty(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_empty([rows, columns], 2, new Options(dtype, device, requires_grad));

    public static Tensor empty(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_empty([dim0, dim1, dim2], 3, new Options(dtype, device, requires_grad));

    public static Tensor empty(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        Native.sst_empty([dim0, dim1, dim2, dim3], 4, new Options(dtype, device, requires_grad));

    public static Tensor empty(int size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Native.sst_empty([size], 1, new Options(dtype, device, requires_grad));

    public static Tensor empty(int rows, int columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_empty([rows, columns], 2, new Options(dtype, device, requires_grad));

    public static Tensor empty(int dim0, int dim1, int dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_empty([dim0, dim1, dim2], 3, new Options(dtype, device, requires_grad));

    public static Tensor empty(int dim0, int dim1, int dim2, int dim3, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        Native.sst_empty([dim0, dim1, dim2, dim3], 4, new Options(dtype, device, requires_grad));

    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        input.empty_like(dtype, device, requires_grad);

    public static Tensor full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_full(size, size.Length, value, new Options(dtype, device, requires_grad));

    public static Tensor full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_full(size, size.Length, value, new Options(dtype, device, requires_grad));

    public static Tensor full(long size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_full([size], 1, value, new Options(dtype, device, requires_grad));

    public static Tensor full(long rows, long columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_full([rows, columns], 2, value, new Options(dtype, device, requires_grad));

    public static Tensor full(long dim0, long dim1, long dim2, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        Native.sst_full([dim0, dim1, dim2], 3, value, new Options(dtype, device, requires_grad));

    public static Tensor full(long dim0, long dim1, long dim2, long dim3, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        Native.sst_full([dim0, dim1, dim2, dim3], 4, value, new Options(dtype, device, requires_grad));

    public static Tensor full(int size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_full([size], 1, value, new Options(dtype, device, requires_grad));

    public static Tensor full(int rows, int columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Native.sst_full([rows, columns], 2, value, new Options(dtype, device, requires_grad));

    public static Tensor full(int dim0, int dim1, int dim2, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        Native.sst_full([dim0, dim1, dim2], 3, value, new Options(dtype, device, requires_grad));

    public static Tensor full(int dim0, int dim1, int dim2, int dim3, Scalar value, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        Native.sst_full([dim0, dim1, dim2, dim3], 4, value, new Options(dtype, device, requires_grad));

    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        input.full_like(value, dtype, device, requires_grad);
}
