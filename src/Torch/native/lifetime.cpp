// Lifetime, state and data of a tensor.
#include "abi.h"

namespace {
at::Tensor convert(const at::Tensor& x, int32_t dtype, int32_t device, int32_t index, bool non_blocking, bool copy) {
    at::TensorOptions options = x.options();
    if (dtype >= 0) options = options.dtype(static_cast<at::ScalarType>(dtype));
    if (device >= 0) options = options.device(device_of(device, index));
    return x.to(options, non_blocking, copy);
}
}

SST_API int32_t sst_assert_valid(Tensor x) { STATUS(T(x)) }
SST_API Tensor sst_alias(Tensor x) { TENSOR(T(x).alias()) }
SST_API Tensor sst_shallow_copy(Tensor x) { TENSOR(T(x)) }
SST_API Tensor sst_clone(Tensor x) { TENSOR(T(x).clone()) }
SST_API Tensor sst_detach(Tensor x) { TENSOR(T(x).detach()) }
SST_API int32_t sst_detach_(Tensor x) { STATUS(T(x).detach_()) }
SST_API Tensor sst_contiguous(Tensor x) { TENSOR(T(x).contiguous()) }
SST_API Tensor sst_to(Tensor x, int32_t dtype, int32_t device, int32_t index, bool non_blocking, bool copy) {
    TENSOR(convert(T(x), dtype, device, index, non_blocking, copy))
}
SST_API Tensor sst_to_other(Tensor x, Tensor other, bool non_blocking) { TENSOR(T(x).to(T(other).options(), non_blocking)) }
SST_API int32_t sst_copy_(Tensor x, Tensor source, bool non_blocking) { STATUS(T(x).copy_(T(source), non_blocking)) }
SST_API int32_t sst_set_(Tensor x, Tensor source) { STATUS(T(x).set_(T(source))) }
SST_API int32_t sst_set_data(Tensor x, Tensor source) { STATUS(T(x).set_data(T(source))) }
SST_API int32_t sst_fill_(Tensor x, Number value) { STATUS(T(x).fill_(S(value))) }
SST_API int32_t sst_zero_(Tensor x) { STATUS(T(x).zero_()) }

SST_API void sst_free(Tensor x) { delete x; }
SST_API int64_t sst_dim(Tensor x) { return x->dim(); }
SST_API int64_t sst_numel(Tensor x) { return x->numel(); }
SST_API int32_t sst_dtype(Tensor x) { return static_cast<int32_t>(x->scalar_type()); }
SST_API int32_t sst_device_type(Tensor x) { return static_cast<int32_t>(x->device().type()); }
SST_API int32_t sst_device_index(Tensor x) { return x->device().index(); }
SST_API int64_t sst_element_size(Tensor x) { return static_cast<int64_t>(x->element_size()); }
SST_API int64_t sst_storage_offset(Tensor x) { return x->storage_offset(); }
SST_API uint64_t sst_storage_bytes(Tensor x) { return x->storage().nbytes(); }
SST_API bool sst_is_contiguous(Tensor x) { return x->is_contiguous(); }
// Whether anything but this handle holds the tensor or its memory: another handle, a view, a graph.
SST_API int32_t sst_is_shared(Tensor x) { return x->use_count() > 1 || (x->has_storage() && x->storage().use_count() > 1) ? 1 : 0; }
// What is asked of a tensor that takes part in arithmetic over its memory, in one call: tensors of more dimensions than there is room for, and such as have no memory of
// their own, are not described.
struct Description {
    void* data;
    int64_t count;
    int64_t sizes[8];
    int32_t dimensions, dtype, device, index, contiguous;
};
SST_API int32_t sst_describe(Tensor x, Description* d) {
    try {
        if (x->dim() > 8 || x->layout() != at::kStrided || !x->has_storage()) return 0;
        d->data = x->data_ptr();
        d->count = x->numel();
        d->dimensions = static_cast<int32_t>(x->dim());
        const at::IntArrayRef sizes = x->sizes();
        for (size_t i = 0; i < sizes.size(); i++) d->sizes[i] = sizes[i];
        d->dtype = static_cast<int32_t>(x->scalar_type());
        d->device = static_cast<int32_t>(x->device().type());
        d->index = x->device().index();
        d->contiguous = x->is_contiguous() ? 1 : 0;
        return 1;
    } catch (...) {
        return 0;
    }
}
SST_API bool sst_is_leaf(Tensor x) { return x->is_leaf(); }
SST_API bool sst_requires_grad(Tensor x) { return x->requires_grad(); }
SST_API void sst_shape(Tensor x, int64_t* shape) {
    for (int64_t size : x->sizes()) *shape++ = size;
}
SST_API void sst_strides(Tensor x, int64_t* strides) {
    for (int64_t stride : x->strides()) *strides++ = stride;
}
SST_API void* sst_data(Tensor x) {
    try { return T(x).data_ptr(); } catch (...) { remember_current_exception(); return nullptr; }
}
SST_API int32_t sst_equal(Tensor x, Tensor y) {
    try { return at::equal(T(x), T(y)) ? 1 : 0; } catch (...) { remember_current_exception(); return -1; }
}
SST_API int32_t sst_allclose(Tensor x, Tensor y, double rtol, double atol, bool equal_nan) {
    try { return at::allclose(T(x), T(y), rtol, atol, equal_nan) ? 1 : 0; } catch (...) { remember_current_exception(); return -1; }
}

// The single element, brought to the CPU: kind and bits.
SST_API int32_t sst_item(Tensor x, Number* result) {
    STATUS(
        const at::Scalar value = T(x).item();
        if (value.isBoolean()) { *result = {value.toBool() ? 1 : 0, 3}; }
        else if (value.isIntegral(false)) { *result = {value.toLong(), 1}; }
        else {
            const double real = value.toDouble();
            __builtin_memcpy(&result->bits, &real, sizeof real);
            result->kind = 2;
        })
}
