namespace TorchSharp;

public static partial class torch
{
    /// <summary>Shape, indexing, joining and splitting.</summary>
    public partial class Tensor
    {
        public Tensor reshape(params long[] shape) => Native.sst_reshape(this, shape, shape.Length);

        public Tensor view(params long[] shape) => Native.sst_view(this, shape, shape.Length);

        public Tensor expand(params long[] sizes) => Native.sst_expand(this, sizes, sizes.Length, false);

        public Tensor expand(long[] sizes, bool isImplicit = false) => Native.sst_expand(this, sizes, sizes.Length, isImplicit);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Native.sst_expand(this, sizes, sizes.Length, isImplicit);

        public Tensor expand(Size sizes, bool isImplicit = false) => Native.sst_expand(this, sizes.Shape, sizes.Length, isImplicit);

        public Tensor expand_as(Tensor other) => Native.sst_expand(this, other.shape, (int)other.ndim, false);

        public Tensor broadcast_to(params long[] shape) => Native.sst_expand(this, shape, shape.Length, false);

        public Tensor view_as(Tensor other) => Native.sst_view(this, other.shape, (int)other.ndim);

        public Tensor permute(params long[] permutation) => Native.sst_permute(this, permutation, permutation.Length);

        public Tensor repeat(params long[] sizes) => Native.sst_repeat(this, sizes, sizes.Length);

        public Tensor tile(long[] reps) => Native.sst_tile(this, reps, reps.Length);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Native.sst_repeat_interleave(this, repeats, dim.HasValue, dim ?? 0);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Native.sst_flatten(this, start_dim, end_dim);

        public Tensor ravel() => Native.sst_flatten(this, 0, -1);

        public Tensor unflatten(long dim, params long[] sizes) => Native.sst_unflatten(this, dim, sizes, sizes.Length);

        public Tensor transpose(long dim0, long dim1) => Native.sst_transpose(this, dim0, dim1);

        public Tensor swapaxes(long dim0, long dim1) => Native.sst_transpose(this, dim0, dim1);

        public Tensor t() => Native.sst_t(this);

        public Tensor squeeze(long? dim = null) => dim is { } axis ? Native.sst_squeeze_dim(this, axis) : Native.sst_squeeze(this);

        public Tensor unsqueeze(long dim) => Native.sst_unsqueeze(this, dim);

        public Tensor squeeze_(long? dim = null) => dim is { } axis ? Done(Native.sst_squeeze_dim_(this, axis)) : Done(Native.sst_squeeze_(this));

        public Tensor unsqueeze_(long dim) => Done(Native.sst_unsqueeze_(this, dim));

        public Tensor flip(params long[] dims) => Native.sst_flip(this, dims, dims.Length);

        public Tensor roll(long shifts, long? dims = null) => Native.sst_roll(this, [shifts], 1, dims is { } axis ? [axis] : [], dims.HasValue ? 1 : 0);

        public Tensor roll(long[] shifts, long[] dims) => Native.sst_roll(this, shifts, shifts.Length, dims, dims.Length);

        public Tensor tril(long diagonal = 0) => Native.sst_tril(this, diagonal);

        public Tensor triu(long diagonal = 0) => Native.sst_triu(this, diagonal);

        public Tensor diag(long diagonal = 0) => Native.sst_diag(this, diagonal);

        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => Native.sst_diagonal(this, offset, dim1, dim2);

        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => Native.sst_diag_embed(this, offset, dim1, dim2);

        public Tensor narrow(long dim, long start, long length) => Native.sst_narrow(this, dim, start, length);

        public Tensor select(long dim, long index) => Native.sst_select(this, dim, index);

        public Tensor slice(long dim, long start, long finish, long step) => Native.sst_slice(this, dim, start, finish, step);

        public Tensor unfold(long dimension, long size, long step) => Native.sst_unfold(this, dimension, size, step);

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) =>
            Native.sst_as_strided(this, size, size.Length, strides, strides.Length, storageOffset);

        public Tensor gather(long dim, Tensor index) => Native.sst_gather(this, dim, index);

        public Tensor index_select(long dim, Tensor index) => Native.sst_index_select(this, dim, index);

        public Tensor masked_select(Tensor mask) => Native.sst_masked_select(this, mask);

        public Tensor take(Tensor index) => Native.sst_take_elements(this, index);

        public Tensor scatter(long dim, Tensor index, Tensor src) => Native.sst_scatter(this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Done(Native.sst_scatter_(this, dim, index, src));

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Native.sst_scatter_add(this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Done(Native.sst_scatter_add_(this, dim, index, src));

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Native.sst_index_add(this, dim, index, source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => Done(Native.sst_index_add_(this, dim, index, source, alpha));

        public Tensor index_fill(long dim, Tensor index, Scalar value) => Native.sst_index_fill(this, dim, index, value);

        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Done(Native.sst_index_fill_(this, dim, index, value));

        public Tensor[] chunk(long chunks, long dim = 0) => Native.TakeAll(Native.sst_chunk(this, chunks, dim));

        public Tensor[] split(long size, int dim = 0) => Native.TakeAll(Native.sst_split(this, size, dim));

        public Tensor[] split(long[] sizes, long dim = 0) => Native.TakeAll(Native.sst_split_sizes(this, sizes, sizes.Length, dim));

        public Tensor[] split(params long[] sizes) => Native.TakeAll(Native.sst_split_sizes(this, sizes, sizes.Length, 0));

        public Tensor[] unbind(long dimension = 0) => Native.TakeAll(Native.sst_unbind(this, dimension));
    }
}
