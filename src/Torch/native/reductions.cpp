// Reductions, sorting and searching.
#include "abi.h"

namespace {
at::Tensor in_type(const at::Tensor& x, int32_t dtype) { return dtype < 0 ? x : x.to(static_cast<at::ScalarType>(dtype)); }

std::vector<at::Tensor> pair(const std::tuple<at::Tensor, at::Tensor>& both) { return {std::get<0>(both), std::get<1>(both)}; }
}

SST_API Tensor sst_sum(Tensor x, int32_t dtype) { TENSOR(T(x).sum(D(dtype))) }
SST_API Tensor sst_sum_dims(Tensor x, const int64_t* dims, int32_t dims_count, bool keepdim, int32_t dtype) {
    TENSOR(T(x).sum(L(dims, dims_count), keepdim, D(dtype)))
}
SST_API Tensor sst_nansum(Tensor x) { TENSOR(T(x).nansum()) }
SST_API Tensor sst_mean(Tensor x) { TENSOR(T(x).mean()) }
SST_API Tensor sst_mean_dims(Tensor x, const int64_t* dims, int32_t dims_count, bool keepdim, int32_t dtype) {
    TENSOR(T(x).mean(L(dims, dims_count), keepdim, D(dtype)))
}
SST_API Tensor sst_prod(Tensor x, int32_t dtype) { TENSOR(T(x).prod(D(dtype))) }
SST_API Tensor sst_prod_dim(Tensor x, int64_t dim, bool keepdim, int32_t dtype) { TENSOR(T(x).prod(dim, keepdim, D(dtype))) }
SST_API Tensor sst_std(Tensor x, bool unbiased) { TENSOR(T(x).std(unbiased)) }
SST_API Tensor sst_std_dims(Tensor x, const int64_t* dims, int32_t dims_count, bool unbiased, bool keepdim, int32_t dtype) {
    TENSOR(in_type(T(x), dtype).std(L(dims, dims_count), unbiased, keepdim))
}
SST_API Tensor sst_var(Tensor x, bool unbiased) { TENSOR(T(x).var(unbiased)) }
SST_API Tensor sst_var_dims(Tensor x, const int64_t* dims, int32_t dims_count, bool unbiased, bool keepdim, int32_t dtype) {
    TENSOR(in_type(T(x), dtype).var(L(dims, dims_count), unbiased, keepdim))
}
SST_API int64_t sst_std_mean(Tensor x, bool unbiased) { SEVERAL(pair(at::std_mean(T(x), unbiased))) }
SST_API int64_t sst_std_mean_dims(Tensor x, const int64_t* dims, int32_t dims_count, bool unbiased, bool keepdim, int32_t dtype) {
    SEVERAL(pair(at::std_mean(in_type(T(x), dtype), L(dims, dims_count), unbiased, keepdim)))
}
SST_API int64_t sst_var_mean(Tensor x, bool unbiased) { SEVERAL(pair(at::var_mean(T(x), unbiased))) }
SST_API int64_t sst_var_mean_dims(Tensor x, const int64_t* dims, int32_t dims_count, bool unbiased, bool keepdim, int32_t dtype) {
    SEVERAL(pair(at::var_mean(in_type(T(x), dtype), L(dims, dims_count), unbiased, keepdim)))
}
SST_API Tensor sst_norm(Tensor x, double p) { TENSOR(T(x).norm(p)) }
SST_API Tensor sst_norm_dim(Tensor x, int64_t dim, bool keepdim, double p) { TENSOR(T(x).norm(p, dim, keepdim)) }
SST_API Tensor sst_max(Tensor x) { TENSOR(T(x).max()) }
SST_API Tensor sst_min(Tensor x) { TENSOR(T(x).min()) }
SST_API int64_t sst_max_dim(Tensor x, int64_t dim, bool keepdim) { SEVERAL(pair(T(x).max(dim, keepdim))) }
SST_API int64_t sst_min_dim(Tensor x, int64_t dim, bool keepdim) { SEVERAL(pair(T(x).min(dim, keepdim))) }
SST_API int64_t sst_aminmax(Tensor x, bool has_dim, int64_t dim, bool keepdim) { SEVERAL(pair(at::aminmax(T(x), maybe(has_dim, dim), keepdim))) }
SST_API Tensor sst_amax(Tensor x, const int64_t* dims, int32_t dims_count, bool keepdim) { TENSOR(T(x).amax(L(dims, dims_count), keepdim)) }
SST_API Tensor sst_amin(Tensor x, const int64_t* dims, int32_t dims_count, bool keepdim) { TENSOR(T(x).amin(L(dims, dims_count), keepdim)) }
SST_API Tensor sst_argmax(Tensor x) { TENSOR(T(x).argmax()) }
SST_API Tensor sst_argmin(Tensor x) { TENSOR(T(x).argmin()) }
SST_API Tensor sst_argmax_dim(Tensor x, int64_t dim, bool keepdim) { TENSOR(T(x).argmax(dim, keepdim)) }
SST_API Tensor sst_argmin_dim(Tensor x, int64_t dim, bool keepdim) { TENSOR(T(x).argmin(dim, keepdim)) }
SST_API Tensor sst_all(Tensor x) { TENSOR(T(x).all()) }
SST_API Tensor sst_any(Tensor x) { TENSOR(T(x).any()) }
SST_API Tensor sst_all_dim(Tensor x, int64_t dim, bool keepdim) { TENSOR(T(x).all(dim, keepdim)) }
SST_API Tensor sst_any_dim(Tensor x, int64_t dim, bool keepdim) { TENSOR(T(x).any(dim, keepdim)) }
SST_API Tensor sst_median(Tensor x) { TENSOR(T(x).median()) }
SST_API Tensor sst_quantile(Tensor x, Tensor q, int64_t dim, bool keepdim) { TENSOR(T(x).quantile(T(q), dim, keepdim)) }
SST_API Tensor sst_logsumexp(Tensor x, int64_t dim, bool keepdim) { TENSOR(T(x).logsumexp(at::IntArrayRef(dim), keepdim)) }
SST_API Tensor sst_softmax(Tensor x, int64_t dim, int32_t dtype) { TENSOR(T(x).softmax(dim, D(dtype))) }
SST_API Tensor sst_log_softmax(Tensor x, int64_t dim, int32_t dtype) { TENSOR(T(x).log_softmax(dim, D(dtype))) }
SST_API Tensor sst_cumsum(Tensor x, int64_t dim, int32_t dtype) { TENSOR(T(x).cumsum(dim, D(dtype))) }
SST_API Tensor sst_cumprod(Tensor x, int64_t dim, int32_t dtype) { TENSOR(T(x).cumprod(dim, D(dtype))) }
SST_API Tensor sst_count_nonzero(Tensor x, const int64_t* dims, int32_t dims_count) {
    TENSOR(dims_count == 0 ? at::count_nonzero(T(x)) : at::count_nonzero(T(x), L(dims, dims_count)))
}
SST_API int64_t sst_sort(Tensor x, int64_t dim, bool descending, bool stable) { SEVERAL(pair(T(x).sort(Optional<bool>(stable), dim, descending))) }
SST_API Tensor sst_argsort(Tensor x, int64_t dim, bool descending) { TENSOR(T(x).argsort(dim, descending)) }
SST_API int64_t sst_topk(Tensor x, int64_t k, int64_t dim, bool largest, bool sorted) { SEVERAL(pair(T(x).topk(k, dim, largest, sorted))) }
SST_API Tensor sst_searchsorted(Tensor sorted, Tensor values, bool int32, bool right, Tensor sorter) {
    TENSOR(at::searchsorted(T(sorted), T(values), int32, right, {}, maybe(sorter)))
}
SST_API Tensor sst_bucketize(Tensor x, Tensor boundaries, bool int32, bool right) { TENSOR(at::bucketize(T(x), T(boundaries), int32, right)) }
SST_API Tensor sst_nonzero(Tensor x) { TENSOR(T(x).nonzero()) }
SST_API int64_t sst_where_indices(Tensor condition) { SEVERAL(at::where(T(condition))) }
SST_API Tensor sst_histc(Tensor x, int64_t bins, int64_t min, int64_t max) { TENSOR(T(x).histc(bins, min, max)) }
SST_API Tensor sst_bincount(Tensor x, Tensor weights, int64_t length) { TENSOR(at::bincount(T(x), maybe(weights), length)) }
