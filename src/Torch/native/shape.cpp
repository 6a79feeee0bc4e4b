// Shape, indexing, joining and splitting.
#include "abi.h"

#include <ATen/TensorIndexing.h>

namespace {
at::Tensor unflatten_by_reshape(const at::Tensor& x, int64_t dim, at::IntArrayRef sizes) {
    const int64_t axis = at::maybe_wrap_dim(dim, x.dim());
    std::vector<int64_t> shape(x.sizes().begin(), x.sizes().begin() + axis);
    shape.insert(shape.end(), sizes.begin(), sizes.end());
    shape.insert(shape.end(), x.sizes().begin() + axis + 1, x.sizes().end());
    return x.reshape(shape);
}

// One position of x[...].
struct Index {
    int64_t kind;  // 0 ellipsis, 1 new axis, 2 integer, 3 boolean, 4 slice, 5 tensor
    int64_t start;  // also the integer's or boolean's value
    int64_t stop;
    int64_t step;
    Tensor tensor;
};

std::vector<at::indexing::TensorIndex> positions(const Index* indices, int32_t count) {
    std::vector<at::indexing::TensorIndex> result;
    for (int32_t i = 0; i < count; i++) {
        const Index& index = indices[i];
        switch (index.kind) {
            case 0: result.emplace_back(at::indexing::Ellipsis); break;
            case 1: result.emplace_back(at::indexing::None); break;
            case 2: result.emplace_back(index.start); break;
            case 3: result.emplace_back(index.start != 0); break;
            case 4: result.emplace_back(at::indexing::Slice(index.start, index.stop, index.step)); break;
            default: result.emplace_back(T(index.tensor)); break;
        }
    }

    return result;
}
}

SST_API Tensor sst_reshape(Tensor x, const int64_t* shape, int32_t shape_count) { TENSOR(T(x).reshape(L(shape, shape_count))) }
SST_API Tensor sst_view(Tensor x, const int64_t* shape, int32_t shape_count) { TENSOR(T(x).view(L(shape, shape_count))) }
SST_API Tensor sst_expand(Tensor x, const int64_t* shape, int32_t shape_count, bool is_implicit) {
    TENSOR(T(x).expand(L(shape, shape_count), is_implicit))
}
SST_API Tensor sst_permute(Tensor x, const int64_t* order, int32_t order_count) { TENSOR(T(x).permute(L(order, order_count))) }
SST_API Tensor sst_repeat(Tensor x, const int64_t* counts, int32_t counts_count) { TENSOR(T(x).repeat(L(counts, counts_count))) }
SST_API Tensor sst_tile(Tensor x, const int64_t* counts, int32_t counts_count) { TENSOR(T(x).tile(L(counts, counts_count))) }
SST_API Tensor sst_repeat_interleave(Tensor x, int64_t repeats, bool has_dim, int64_t dim) {
    TENSOR(T(x).repeat_interleave(repeats, maybe(has_dim, dim)))
}
SST_API Tensor sst_flatten(Tensor x, int64_t start, int64_t end) { TENSOR(T(x).flatten(start, end)) }
SST_API Tensor sst_unflatten(Tensor x, int64_t dim, const int64_t* sizes, int32_t sizes_count) {
    TENSOR(unflatten_by_reshape(T(x), dim, L(sizes, sizes_count)))
}
SST_API Tensor sst_transpose(Tensor x, int64_t a, int64_t b) { TENSOR(T(x).transpose(a, b)) }
SST_API Tensor sst_t(Tensor x) { TENSOR(T(x).t()) }
SST_API Tensor sst_mT(Tensor x) { TENSOR(T(x).mT()) }
SST_API Tensor sst_reversed(Tensor x) { TENSOR(T(x).numpy_T()) }
SST_API Tensor sst_squeeze(Tensor x) { TENSOR(T(x).squeeze()) }
SST_API Tensor sst_squeeze_dim(Tensor x, int64_t dim) { TENSOR(T(x).squeeze(dim)) }
SST_API Tensor sst_unsqueeze(Tensor x, int64_t dim) { TENSOR(T(x).unsqueeze(dim)) }
SST_API int32_t sst_squeeze_(Tensor x) { STATUS(T(x).squeeze_()) }
SST_API int32_t sst_squeeze_dim_(Tensor x, int64_t dim) { STATUS(T(x).squeeze_(dim)) }
SST_API int32_t sst_unsqueeze_(Tensor x, int64_t dim) { STATUS(T(x).unsqueeze_(dim)) }
SST_API Tensor sst_flip(Tensor x, const int64_t* dims, int32_t dims_count) { TENSOR(T(x).flip(L(dims, dims_count))) }
SST_API Tensor sst_roll(Tensor x, const int64_t* shifts, int32_t shifts_count, const int64_t* dims, int32_t dims_count) {
    TENSOR(T(x).roll(L(shifts, shifts_count), L(dims, dims_count)))
}
SST_API Tensor sst_tril(Tensor x, int64_t diagonal) { TENSOR(T(x).tril(diagonal)) }
SST_API Tensor sst_triu(Tensor x, int64_t diagonal) { TENSOR(T(x).triu(diagonal)) }
SST_API Tensor sst_diag(Tensor x, int64_t diagonal) { TENSOR(T(x).diag(diagonal)) }
SST_API Tensor sst_diagonal(Tensor x, int64_t offset, int64_t a, int64_t b) { TENSOR(T(x).diagonal(offset, a, b)) }
SST_API Tensor sst_diag_embed(Tensor x, int64_t offset, int64_t a, int64_t b) { TENSOR(at::diag_embed(T(x), offset, a, b)) }
SST_API Tensor sst_narrow(Tensor x, int64_t dim, int64_t start, int64_t length) { TENSOR(T(x).narrow(dim, start, length)) }
SST_API Tensor sst_select(Tensor x, int64_t dim, int64_t index) { TENSOR(T(x).select(dim, index)) }
SST_API Tensor sst_slice(Tensor x, int64_t dim, int64_t start, int64_t finish, int64_t step) { TENSOR(T(x).slice(dim, start, finish, step)) }
SST_API Tensor sst_unfold(Tensor x, int64_t dim, int64_t size, int64_t step) { TENSOR(T(x).unfold(dim, size, step)) }
SST_API Tensor sst_as_strided(Tensor x, const int64_t* size, int32_t size_count, const int64_t* strides, int32_t strides_count, int64_t offset) {
    TENSOR(T(x).as_strided(L(size, size_count), L(strides, strides_count), offset))
}
SST_API Tensor sst_gather(Tensor x, int64_t dim, Tensor index) { TENSOR(T(x).gather(dim, T(index))) }
SST_API Tensor sst_index_select(Tensor x, int64_t dim, Tensor index) { TENSOR(T(x).index_select(dim, T(index))) }
SST_API Tensor sst_masked_select(Tensor x, Tensor mask) { TENSOR(T(x).masked_select(T(mask))) }
SST_API Tensor sst_take_elements(Tensor x, Tensor index) { TENSOR(T(x).take(T(index))) }
SST_API Tensor sst_scatter(Tensor x, int64_t dim, Tensor index, Tensor source) { TENSOR(T(x).scatter(dim, T(index), T(source))) }
SST_API Tensor sst_scatter_add(Tensor x, int64_t dim, Tensor index, Tensor source) { TENSOR(T(x).scatter_add(dim, T(index), T(source))) }
SST_API int32_t sst_scatter_(Tensor x, int64_t dim, Tensor index, Tensor source) { STATUS(T(x).scatter_(dim, T(index), T(source))) }
SST_API int32_t sst_scatter_add_(Tensor x, int64_t dim, Tensor index, Tensor source) { STATUS(T(x).scatter_add_(dim, T(index), T(source))) }
SST_API Tensor sst_index_add(Tensor x, int64_t dim, Tensor index, Tensor source, Number alpha) {
    TENSOR(T(x).index_add(dim, T(index), T(source), S(alpha)))
}
SST_API int32_t sst_index_add_(Tensor x, int64_t dim, Tensor index, Tensor source, Number alpha) {
    STATUS(T(x).index_add_(dim, T(index), T(source), S(alpha)))
}
SST_API Tensor sst_index_fill(Tensor x, int64_t dim, Tensor index, Number value) { TENSOR(T(x).index_fill(dim, T(index), S(value))) }
SST_API int32_t sst_index_fill_(Tensor x, int64_t dim, Tensor index, Number value) { STATUS(T(x).index_fill_(dim, T(index), S(value))) }
SST_API Tensor sst_cat(const Tensor* tensors, int32_t tensors_count, int64_t dim) { TENSOR(at::cat(list(tensors, tensors_count), dim)) }
SST_API Tensor sst_stack(const Tensor* tensors, int32_t tensors_count, int64_t dim) { TENSOR(at::stack(list(tensors, tensors_count), dim)) }
SST_API Tensor sst_vstack(const Tensor* tensors, int32_t tensors_count) { TENSOR(at::vstack(list(tensors, tensors_count))) }
SST_API Tensor sst_hstack(const Tensor* tensors, int32_t tensors_count) { TENSOR(at::hstack(list(tensors, tensors_count))) }
SST_API int64_t sst_chunk(Tensor x, int64_t chunks, int64_t dim) { SEVERAL(T(x).chunk(chunks, dim)) }
SST_API int64_t sst_split(Tensor x, int64_t size, int64_t dim) { SEVERAL(T(x).split(size, dim)) }
SST_API int64_t sst_split_sizes(Tensor x, const int64_t* sizes, int32_t sizes_count, int64_t dim) {
    SEVERAL(T(x).split_with_sizes(L(sizes, sizes_count), dim))
}
SST_API int64_t sst_unbind(Tensor x, int64_t dim) { SEVERAL(T(x).unbind(dim)) }
SST_API int64_t sst_meshgrid(const Tensor* tensors, int32_t tensors_count, bool xy) {
    SEVERAL(at::meshgrid(list(tensors, tensors_count), xy ? "xy" : "ij"))
}
SST_API Tensor sst_index(Tensor x, const Index* indices, int32_t count) { TENSOR(T(x).index(positions(indices, count))) }
SST_API int32_t sst_index_put_(Tensor x, const Index* indices, int32_t count, Tensor value) {
    STATUS(T(x).index_put_(positions(indices, count), T(value)))
}
SST_API int32_t sst_index_put_scalar_(Tensor x, const Index* indices, int32_t count, Number value) {
    STATUS(T(x).index_put_(positions(indices, count), S(value)))
}
SST_API int32_t sst_index_accumulate_(Tensor x, const Tensor* indices, int32_t count, Tensor value) {
    STATUS(
        c10::List<Optional<at::Tensor>> where;
        for (int32_t i = 0; i < count; i++) where.push_back(maybe(indices[i]));
        T(x).index_put_(where, T(value), true))
}
