using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Shape, indexing, joining and splitting.</summary>
internal static partial class Native
{
    [LibraryImport(Library)] internal static partial Tensor sst_reshape(Tensor x, ReadOnlySpan<long> shape, int shape_count);

    [LibraryImport(Library)] internal static partial Tensor sst_view(Tensor x, ReadOnlySpan<long> shape, int shape_count);

    [LibraryImport(Library)] internal static partial Tensor sst_expand(Tensor x, ReadOnlySpan<long> shape, int shape_count,
        [MarshalAs(UnmanagedType.U1)] bool is_implicit);

    [LibraryImport(Library)] internal static partial Tensor sst_permute(Tensor x, ReadOnlySpan<long> order, int order_count);

    [LibraryImport(Library)] internal static partial Tensor sst_repeat(Tensor x, ReadOnlySpan<long> counts, int counts_count);

    [LibraryImport(Library)] internal static partial Tensor sst_tile(Tensor x, ReadOnlySpan<long> counts, int counts_count);

    [LibraryImport(Library)] internal static partial Tensor sst_repeat_interleave(Tensor x, long repeats,
        [MarshalAs(UnmanagedType.U1)] bool has_dim, long dim);

    [LibraryImport(Library)] internal static partial Tensor sst_flatten(Tensor x, long start, long end);

    [LibraryImport(Library)] internal static partial Tensor sst_unflatten(Tensor x, long dim, ReadOnlySpan<long> sizes, int sizes_count);

    [LibraryImport(Library)] internal static partial Tensor sst_transpose(Tensor x, long a, long b);

    [LibraryImport(Library)] internal static partial Tensor sst_t(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_mT(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_reversed(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_squeeze(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_squeeze_dim(Tensor x, long dim);

    [LibraryImport(Library)] internal static partial Tensor sst_unsqueeze(Tensor x, long dim);

    [LibraryImport(Library)] internal static partial int sst_squeeze_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_squeeze_dim_(Tensor x, long dim);

    [LibraryImport(Library)] internal static partial int sst_unsqueeze_(Tensor x, long dim);

    [LibraryImport(Library)] internal static partial Tensor sst_flip(Tensor x, ReadOnlySpan<long> dims, int dims_count);

    [LibraryImport(Library)] internal static partial Tensor sst_roll(Tensor x, ReadOnlySpan<long> shifts, int shifts_count,
        ReadOnlySpan<long> dims, int dims_count);

    [LibraryImport(Library)] internal static partial Tensor sst_tril(Tensor x, long diagonal);

    [LibraryImport(Library)] internal static partial Tensor sst_triu(Tensor x, long diagonal);

    [LibraryImport(Library)] internal static partial Tensor sst_diag(Tensor x, long diagonal);

    [LibraryImport(Library)] internal static partial Tensor sst_diagonal(Tensor x, long offset, long a, long b);

    [LibraryImport(Library)] internal static partial Tensor sst_diag_embed(Tensor x, long offset, long a, long b);

    [LibraryImport(Library)] internal static partial Tensor sst_narrow(Tensor x, long dim, long start, long length);

    [LibraryImport(Library)] internal static partial Tensor sst_select(Tensor x, long dim, long index);

    [LibraryImport(Library)] internal static partial Tensor sst_slice(Tensor x, long dim, long start, long finish, long step);

    [LibraryImport(Library)] internal static partial Tensor sst_unfold(Tensor x, long dim, long size, long step);

    [LibraryImport(Library)] internal static partial Tensor sst_as_strided(Tensor x, ReadOnlySpan<long> size, int size_count,
        ReadOnlySpan<long> strides, int strides_count, long offset);

    [LibraryImport(Library)] internal static partial Tensor sst_gather(Tensor x, long dim, Tensor index);

    [LibraryImport(Library)] internal static partial Tensor sst_index_select(Tensor x, long dim, Tensor index);

    [LibraryImport(Library)] internal static partial Tensor sst_masked_select(Tensor x, Tensor mask);

    [LibraryImport(Library)] internal static partial Tensor sst_take_elements(Tensor x, Tensor index);

    [LibraryImport(Library)] internal static partial Tensor sst_scatter(Tensor x, long dim, Tensor index, Tensor source);

    [LibraryImport(Library)] internal static partial Tensor sst_scatter_add(Tensor x, long dim, Tensor index, Tensor source);

    [LibraryImport(Library)] internal static partial int sst_scatter_(Tensor x, long dim, Tensor index, Tensor source);

    [LibraryImport(Library)] internal static partial int sst_scatter_add_(Tensor x, long dim, Tensor index, Tensor source);

    [LibraryImport(Library)] internal static partial Tensor sst_index_add(Tensor x, long dim, Tensor index, Tensor source, Scalar alpha);

    [LibraryImport(Library)] internal static partial int sst_index_add_(Tensor x, long dim, Tensor index, Tensor source, Scalar alpha);

    [LibraryImport(Library)] internal static partial Tensor sst_index_fill(Tensor x, long dim, Tensor index, Scalar value);

    [LibraryImport(Library)] internal static partial int sst_index_fill_(Tensor x, long dim, Tensor index, Scalar value);

    [LibraryImport(Library)] internal static partial Tensor sst_cat(ReadOnlySpan<nint> tensors, int tensors_count, long dim);

    [LibraryImport(Library)] internal static partial Tensor sst_stack(ReadOnlySpan<nint> tensors, int tensors_count, long dim);

    [LibraryImport(Library)] internal static partial Tensor sst_vstack(ReadOnlySpan<nint> tensors, int tensors_count);

    [LibraryImport(Library)] internal static partial Tensor sst_hstack(ReadOnlySpan<nint> tensors, int tensors_count);

    [LibraryImport(Library)] internal static partial long sst_chunk(Tensor x, long chunks, long dim);

    [LibraryImport(Library)] internal static partial long sst_split(Tensor x, long size, long dim);

    [LibraryImport(Library)] internal static partial long sst_split_sizes(Tensor x, ReadOnlySpan<long> sizes, int sizes_count, long dim);

    [LibraryImport(Library)] internal static partial long sst_unbind(Tensor x, long dim);

    [LibraryImport(Library)] internal static partial long sst_meshgrid(ReadOnlySpan<nint> tensors, int tensors_count,
        [MarshalAs(UnmanagedType.U1)] bool xy);
}
