namespace TorchSharp;

public static partial class torch
{
    /// <summary>Reductions, sorting and searching.</summary>
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Native.sst_sum(this, Native.Code(type));

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Native.sst_sum_dims(this, [dim], 1, keepdim, Native.Code(type));

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) =>
            Native.sst_sum_dims(this, [dim0, dim1], 2, keepdim, Native.Code(type));

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            Native.sst_sum_dims(this, [dim0, dim1, dim2], 3, keepdim, Native.Code(type));

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Native.sst_sum_dims(this, dim, dim.Length, keepdim, Native.Code(type));

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Native.sst_sum_dims(this, dim, dim.Length, keepdim, Native.Code(type));

        public Tensor nansum() => Native.sst_nansum(this);

        public Tensor mean() => Native.sst_mean(this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Native.sst_mean_dims(this, dimensions, dimensions.Length, keepdim, Native.Code(type));

        public Tensor prod(ScalarType? type = null) => Native.sst_prod(this, Native.Code(type));

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Native.sst_prod_dim(this, dim, keepdim, Native.Code(type));

        public Tensor std(bool unbiased = true) => Native.sst_std(this, unbiased);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.sst_std_dims(this, [dim], 1, unbiased, keepdim, Native.Code(type));

        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.sst_std_dims(this, [dim.Item1, dim.Item2], 2, unbiased, keepdim, Native.Code(type));

        public Tensor std((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.sst_std_dims(this, [dim.Item1, dim.Item2, dim.Item3], 3, unbiased, keepdim, Native.Code(type));

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.sst_std_dims(this, dimensions, dimensions.Length, unbiased, keepdim, Native.Code(type));

        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.sst_std_dims(this, dimensions, dimensions.Length, unbiased, keepdim, Native.Code(type));

        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => Native.TakePair(Native.sst_std_mean(this, unbiased));

        public (Tensor std, Tensor mean) std_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.TakePair(Native.sst_std_mean_dims(this, [dim], 1, unbiased, keepdim, Native.Code(type)));

        public (Tensor std, Tensor mean) std_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.TakePair(Native.sst_std_mean_dims(this, [dim.Item1, dim.Item2], 2, unbiased, keepdim, Native.Code(type)));

        public (Tensor std, Tensor mean) std_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.TakePair(Native.sst_std_mean_dims(this, [dim.Item1, dim.Item2, dim.Item3], 3, unbiased, keepdim, Native.Code(type)));

        public (Tensor std, Tensor mean) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.TakePair(Native.sst_std_mean_dims(this, dimensions, dimensions.Length, unbiased, keepdim, Native.Code(type)));

        public (Tensor std, Tensor mean) std_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.TakePair(Native.sst_std_mean_dims(this, dimensions, dimensions.Length, unbiased, keepdim, Native.Code(type)));

        public Tensor var(bool unbiased = true) => Native.sst_var(this, unbiased);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.sst_var_dims(this, [dim], 1, unbiased, keepdim, Native.Code(type));

        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.sst_var_dims(this, [dim.Item1, dim.Item2], 2, unbiased, keepdim, Native.Code(type));

        public Tensor var((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.sst_var_dims(this, [dim.Item1, dim.Item2, dim.Item3], 3, unbiased, keepdim, Native.Code(type));

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.sst_var_dims(this, dimensions, dimensions.Length, unbiased, keepdim, Native.Code(type));

        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.sst_var_dims(this, dimensions, dimensions.Length, unbiased, keepdim, Native.Code(type));

        public (Tensor @var, Tensor mean) var_mean(bool unbiased = true) => Native.TakePair(Native.sst_var_mean(this, unbiased));

        public (Tensor @var, Tensor mean) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.TakePair(Native.sst_var_mean_dims(this, [dim], 1, unbiased, keepdim, Native.Code(type)));

        public (Tensor @var, Tensor mean) var_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.TakePair(Native.sst_var_mean_dims(this, [dim.Item1, dim.Item2], 2, unbiased, keepdim, Native.Code(type)));

        public (Tensor @var, Tensor mean) var_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.TakePair(Native.sst_var_mean_dims(this, [dim.Item1, dim.Item2, dim.Item3], 3, unbiased, keepdim, Native.Code(type)));

        public (Tensor @var, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.TakePair(Native.sst_var_mean_dims(this, dimensions, dimensions.Length, unbiased, keepdim, Native.Code(type)));

        public (Tensor @var, Tensor mean) var_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Native.TakePair(Native.sst_var_mean_dims(this, dimensions, dimensions.Length, unbiased, keepdim, Native.Code(type)));

        public Tensor norm(float p = 2) => Native.sst_norm(this, p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2) => Native.sst_norm_dim(this, dim, keepdim, p);

        public Tensor max() => Native.sst_max(this);

        public Tensor max(Tensor other) => Native.sst_maximum(this, other);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Native.TakePair(Native.sst_max_dim(this, dim, keepdim));

        public Tensor min() => Native.sst_min(this);

        public Tensor min(Tensor other) => Native.sst_minimum(this, other);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Native.TakePair(Native.sst_min_dim(this, dim, keepdim));

        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) =>
            Native.TakePair(Native.sst_aminmax(this, dim.HasValue, dim ?? 0, keepdim));

        public Tensor amax(params long[] dims) => Native.sst_amax(this, dims, dims.Length, false);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Native.sst_amax(this, dims, dims.Length, keepdim);

        public Tensor amin(params long[] dims) => Native.sst_amin(this, dims, dims.Length, false);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Native.sst_amin(this, dims, dims.Length, keepdim);

        public Tensor argmax() => Native.sst_argmax(this);

        public Tensor argmax(long dim, bool keepdim = false) => Native.sst_argmax_dim(this, dim, keepdim);

        public Tensor argmin() => Native.sst_argmin(this);

        public Tensor argmin(long dim, bool keepdim = false) => Native.sst_argmin_dim(this, dim, keepdim);

        public Tensor all() => Native.sst_all(this);

        public Tensor all(long dim, bool keepdim = false) => Native.sst_all_dim(this, dim, keepdim);

        public Tensor any() => Native.sst_any(this);

        public Tensor any(long dim, bool keepdim = false) => Native.sst_any_dim(this, dim, keepdim);

        public Tensor median() => Native.sst_median(this);

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Native.sst_quantile(this, q, dim, keepdim);

        public Tensor logsumexp(long dim, bool keepdim = false) => Native.sst_logsumexp(this, dim, keepdim);

        public Tensor cumsum(long dim, ScalarType? type = null) => Native.sst_cumsum(this, dim, Native.Code(type));

        public Tensor cumprod(long dim, ScalarType? type = null) => Native.sst_cumprod(this, dim, Native.Code(type));

        public Tensor count_nonzero(long[]? dims = null) => Native.sst_count_nonzero(this, dims, dims?.Length ?? 0);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Native.TakePair(Native.sst_sort(this, dim, descending, stable));

        public Tensor argsort(long dim = -1, bool descending = false) => Native.sst_argsort(this, dim, descending);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Native.TakePair(Native.sst_topk(this, k, dim, largest, sorted));

        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) => Native.sst_bucketize(this, boundaries, outInt32, right);

        public Tensor nonzero() => Native.sst_nonzero(this);

        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Native.sst_histc(this, bins, min, max);

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Native.sst_multinomial(this, num_samples, replacement, generator);

        public Tensor bernoulli(Generator? generator = null) => Native.sst_bernoulli(this, generator);
    }
}
