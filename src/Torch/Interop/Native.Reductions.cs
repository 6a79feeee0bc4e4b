using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Reductions, sorting and searching.</summary>
internal static partial class Native
{
    [LibraryImport(Library)] internal static partial Tensor sst_sum(Tensor x, int dtype);

    [LibraryImport(Library)] internal static partial Tensor sst_sum_dims(Tensor x, ReadOnlySpan<long> dims, int dims_count,
        [MarshalAs(UnmanagedType.U1)] bool keepdim, int dtype);

    [LibraryImport(Library)] internal static partial Tensor sst_nansum(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_mean(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_mean_dims(Tensor x, ReadOnlySpan<long> dims, int dims_count,
        [MarshalAs(UnmanagedType.U1)] bool keepdim, int dtype);

    [LibraryImport(Library)] internal static partial Tensor sst_prod(Tensor x, int dtype);

    [LibraryImport(Library)] internal static partial Tensor sst_prod_dim(Tensor x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, int dtype);

    [LibraryImport(Library)] internal static partial Tensor sst_std(Tensor x, [MarshalAs(UnmanagedType.U1)] bool unbiased);

    [LibraryImport(Library)] internal static partial Tensor sst_std_dims(Tensor x, ReadOnlySpan<long> dims, int dims_count,
        [MarshalAs(UnmanagedType.U1)] bool unbiased, [MarshalAs(UnmanagedType.U1)] bool keepdim, int dtype);

    [LibraryImport(Library)] internal static partial Tensor sst_var(Tensor x, [MarshalAs(UnmanagedType.U1)] bool unbiased);

    [LibraryImport(Library)] internal static partial Tensor sst_var_dims(Tensor x, ReadOnlySpan<long> dims, int dims_count,
        [MarshalAs(UnmanagedType.U1)] bool unbiased, [MarshalAs(UnmanagedType.U1)] bool keepdim, int dtype);

    [LibraryImport(Library)] internal static partial long sst_std_mean(Tensor x, [MarshalAs(UnmanagedType.U1)] bool unbiased);

    [LibraryImport(Library)] internal static partial long sst_std_mean_dims(Tensor x, ReadOnlySpan<long> dims, int dims_count,
        [MarshalAs(UnmanagedType.U1)] bool unbiased, [MarshalAs(UnmanagedType.U1)] bool keepdim, int dtype);

    [LibraryImport(Library)] internal static partial long sst_var_mean(Tensor x, [MarshalAs(UnmanagedType.U1)] bool unbiased);

    [LibraryImport(Library)] internal static partial long sst_var_mean_dims(Tensor x, ReadOnlySpan<long> dims, int dims_count,
        [MarshalAs(UnmanagedType.U1)] bool unbiased, [MarshalAs(UnmanagedType.U1)] bool keepdim, int dtype);

    [LibraryImport(Library)] internal static partial Tensor sst_norm(Tensor x, double p);

    [LibraryImport(Library)] internal static partial Tensor sst_norm_dim(Tensor x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim, double p);

    [LibraryImport(Library)] internal static partial Tensor sst_max(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_min(Tensor x);

    [LibraryImport(Library)] internal static partial long sst_max_dim(Tensor x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)] internal static partial long sst_min_dim(Tensor x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)] internal static partial long sst_aminmax(Tensor x, [MarshalAs(UnmanagedType.U1)] bool has_dim, long dim,
        [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)] internal static partial Tensor sst_amax(Tensor x, ReadOnlySpan<long> dims, int dims_count,
        [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)] internal static partial Tensor sst_amin(Tensor x, ReadOnlySpan<long> dims, int dims_count,
        [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)] internal static partial Tensor sst_argmax(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_argmin(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_argmax_dim(Tensor x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)] internal static partial Tensor sst_argmin_dim(Tensor x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)] internal static partial Tensor sst_all(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_any(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_all_dim(Tensor x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)] internal static partial Tensor sst_any_dim(Tensor x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)] internal static partial Tensor sst_median(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_quantile(Tensor x, Tensor q, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)] internal static partial Tensor sst_logsumexp(Tensor x, long dim, [MarshalAs(UnmanagedType.U1)] bool keepdim);

    [LibraryImport(Library)] internal static partial Tensor sst_softmax(Tensor x, long dim, int dtype);

    [LibraryImport(Library)] internal static partial Tensor sst_log_softmax(Tensor x, long dim, int dtype);

    [LibraryImport(Library)] internal static partial Tensor sst_cumsum(Tensor x, long dim, int dtype);

    [LibraryImport(Library)] internal static partial Tensor sst_cumprod(Tensor x, long dim, int dtype);

    [LibraryImport(Library)] internal static partial Tensor sst_count_nonzero(Tensor x, ReadOnlySpan<long> dims, int dims_count);

    [LibraryImport(Library)] internal static partial long sst_sort(Tensor x, long dim, [MarshalAs(UnmanagedType.U1)] bool descending,
        [MarshalAs(UnmanagedType.U1)] bool stable);

    [LibraryImport(Library)] internal static partial Tensor sst_argsort(Tensor x, long dim, [MarshalAs(UnmanagedType.U1)] bool descending);

    [LibraryImport(Library)] internal static partial long sst_topk(Tensor x, long k, long dim, [MarshalAs(UnmanagedType.U1)] bool largest,
        [MarshalAs(UnmanagedType.U1)] bool sorted);

    [LibraryImport(Library)] internal static partial Tensor sst_searchsorted(Tensor sorted, Tensor values,
        [MarshalAs(UnmanagedType.U1)] bool int32, [MarshalAs(UnmanagedType.U1)] bool right, Tensor? sorter);

    [LibraryImport(Library)] internal static partial Tensor sst_bucketize(Tensor x, Tensor boundaries, [MarshalAs(UnmanagedType.U1)] bool int32,
        [MarshalAs(UnmanagedType.U1)] bool right);

    [LibraryImport(Library)] internal static partial Tensor sst_nonzero(Tensor x);

    [LibraryImport(Library)] internal static partial long sst_where_indices(Tensor condition);

    [LibraryImport(Library)] internal static partial Tensor sst_histc(Tensor x, long bins, long min, long max);

    [LibraryImport(Library)] internal static partial Tensor sst_bincount(Tensor x, Tensor? weights, long length);
}
