// Tensors from nothing and from memory.
#include "abi.h"

#include <cstring>

namespace {
at::TensorOptions like(Tensor x, Options options) {
    at::TensorOptions result = T(x).options();
    if (options.dtype >= 0) result = result.dtype(static_cast<at::ScalarType>(options.dtype));
    if (options.device >= 0) result = result.device(device_of(options.device, options.index));
    return result;
}

// at:: factories know nothing of gradients.
at::Tensor grad(at::Tensor x, Options options) { return options.requires_grad != 0 ? x.requires_grad_(true) : x; }

// A copy of memory laid out as `source`, in the dtype and on the device of the options.
at::Tensor from_memory(const void* data, at::IntArrayRef size, int32_t source, Options options) {
    const auto type = static_cast<at::ScalarType>(source);
    const auto wanted = options.dtype < 0 ? type : static_cast<at::ScalarType>(options.dtype);
    const auto device = options.device < 0 ? at::Device(at::kCPU) : device_of(options.device, options.index);
    at::Tensor copy = at::empty(size, at::TensorOptions().dtype(type));
    if (copy.numel() > 0) std::memcpy(copy.data_ptr(), data, static_cast<size_t>(copy.numel()) * copy.element_size());
    return grad(copy.to(device, wanted), options);
}
}

SST_API Tensor sst_zeros(const int64_t* size, int32_t size_count, Options options) {
    TENSOR(grad(at::zeros(L(size, size_count), O(options)), options))
}
SST_API Tensor sst_ones(const int64_t* size, int32_t size_count, Options options) { TENSOR(grad(at::ones(L(size, size_count), O(options)), options)) }
SST_API Tensor sst_empty(const int64_t* size, int32_t size_count, Options options) {
    TENSOR(grad(at::empty(L(size, size_count), O(options)), options))
}
SST_API Tensor sst_full(const int64_t* size, int32_t size_count, Number value, Options options) {
    TENSOR(grad(at::full(L(size, size_count), S(value), O(options)), options))
}
SST_API Tensor sst_rand(const int64_t* size, int32_t size_count, Generator generator, Options options) {
    TENSOR(grad(at::rand(L(size, size_count), G(generator), O(options)), options))
}
SST_API Tensor sst_randn(const int64_t* size, int32_t size_count, Generator generator, Options options) {
    TENSOR(grad(at::randn(L(size, size_count), G(generator), O(options)), options))
}
SST_API Tensor sst_randint(int64_t low, int64_t high, const int64_t* size, int32_t size_count, Generator generator, Options options) {
    TENSOR(grad(at::randint(low, high, L(size, size_count), G(generator), O(options)), options))
}
SST_API Tensor sst_randperm(int64_t n, Generator generator, Options options) { TENSOR(grad(at::randperm(n, G(generator), O(options)), options)) }
SST_API Tensor sst_zeros_like(Tensor x, Options options) { TENSOR(grad(at::zeros_like(T(x), like(x, options)), options)) }
SST_API Tensor sst_ones_like(Tensor x, Options options) { TENSOR(grad(at::ones_like(T(x), like(x, options)), options)) }
SST_API Tensor sst_empty_like(Tensor x, Options options) { TENSOR(grad(at::empty_like(T(x), like(x, options)), options)) }
SST_API Tensor sst_full_like(Tensor x, Number value, Options options) { TENSOR(grad(at::full_like(T(x), S(value), like(x, options)), options)) }
SST_API Tensor sst_rand_like(Tensor x, Options options) { TENSOR(grad(at::rand_like(T(x), like(x, options)), options)) }
SST_API Tensor sst_randn_like(Tensor x, Options options) { TENSOR(grad(at::randn_like(T(x), like(x, options)), options)) }
SST_API Tensor sst_randint_like(Tensor x, int64_t low, int64_t high, Options options) {
    TENSOR(grad(at::randint_like(T(x), low, high, like(x, options)), options))
}
SST_API Tensor sst_arange(Number start, Number stop, Number step, Options options) {
    TENSOR(grad(at::arange(S(start), S(stop), S(step), O(options)), options))
}
SST_API Tensor sst_linspace(double start, double end, int64_t steps, Options options) {
    TENSOR(grad(at::linspace(start, end, steps, O(options)), options))
}
SST_API Tensor sst_logspace(double start, double end, int64_t steps, double base, Options options) {
    TENSOR(grad(at::logspace(start, end, steps, base, O(options)), options))
}
SST_API Tensor sst_eye(int64_t rows, int64_t columns, Options options) { TENSOR(grad(at::eye(rows, columns, O(options)), options)) }
SST_API Tensor sst_scalar_tensor(Number value, Options options) { TENSOR(grad(at::scalar_tensor(S(value), O(options)), options)) }
SST_API Tensor sst_from_memory(void* data, const int64_t* size, int32_t size_count, int32_t source, Options options) {
    TENSOR(from_memory(data, L(size, size_count), source, options))
}
SST_API Tensor sst_borrow_memory(void* data, const int64_t* size, int32_t size_count, int32_t dtype, void (*release)(void*), void* owner) {
    TENSOR(at::from_blob(data, L(size, size_count), [release, owner](void*) { release(owner); }, at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype))))
}
SST_API Tensor sst_normal(Tensor mean, Tensor std, Generator generator) { TENSOR(at::normal(T(mean), T(std), G(generator))) }
SST_API Tensor sst_multinomial(Tensor x, int64_t samples, bool replacement, Generator generator) {
    TENSOR(at::multinomial(T(x), samples, replacement, G(generator)))
}
SST_API Tensor sst_bernoulli(Tensor x, Generator generator) { TENSOR(at::bernoulli(T(x), G(generator))) }
SST_API int32_t sst_normal_(Tensor x, double mean, double std, Generator generator) { STATUS(T(x).normal_(mean, std, G(generator))) }
SST_API int32_t sst_uniform_(Tensor x, double from, double to, Generator generator) { STATUS(T(x).uniform_(from, to, G(generator))) }
SST_API int32_t sst_bernoulli_(Tensor x, double p, Generator generator) { STATUS(T(x).bernoulli_(p, G(generator))) }
SST_API int32_t sst_exponential_(Tensor x, double lambda, Generator generator) { STATUS(T(x).exponential_(lambda, G(generator))) }
SST_API int32_t sst_random_(Tensor x, int64_t from, int64_t to, Generator generator) { STATUS(T(x).random_(from, to, G(generator))) }
