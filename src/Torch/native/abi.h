// Shared by all files of the C ABI: how arguments arrive, how results and errors leave.
// Only at:: and torch:: API that libtorch 1.13 and 2.x have in common.
#pragma once

#include <ATen/ATen.h>
#include <torch/version.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#define SST_API extern "C" __attribute__((visibility("default")))
#define SST_LIBTORCH_AT_LEAST(major, minor) \
    (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

#if SST_LIBTORCH_AT_LEAST(2, 5)
#include <optional>
template <typename T> using Optional = std::optional<T>;
#else
#include <c10/util/Optional.h>
template <typename T> using Optional = c10::optional<T>;
#endif

using Tensor = at::Tensor*;
using Generator = at::Generator*;

// A number with its kind; kind 0 stands for an absent argument.
struct Number {
    int64_t bits;
    int64_t kind;  // 0 none, 1 integer, 2 real, 3 boolean
};

// dtype -1: libtorch's default. device -1: CPU.
struct Options {
    int32_t dtype;
    int32_t device;
    int32_t index;
    int32_t requires_grad;
};

// The message of the last failure on this thread.
void remember(const char* message) noexcept;
void remember_current_exception() noexcept;

// Results of functions that return several tensors wait here until sst_take fetches them.
int64_t hand_over(std::vector<at::Tensor> tensors);

inline at::Tensor& T(Tensor tensor) {
    if (tensor == nullptr) throw std::invalid_argument("a required tensor argument is null");
    return *tensor;
}

inline at::Tensor optional(Tensor tensor) { return tensor == nullptr ? at::Tensor() : *tensor; }

inline Optional<at::Tensor> maybe(Tensor tensor) {
    if (tensor == nullptr) return {};
    return *tensor;
}

inline at::Scalar S(Number number) {
    switch (number.kind) {
        case 1: return at::Scalar(number.bits);
        case 2: {
            double value;
            static_assert(sizeof value == sizeof number.bits);
            __builtin_memcpy(&value, &number.bits, sizeof value);
            return at::Scalar(value);
        }
        case 3: return at::Scalar(number.bits != 0);
        default: throw std::invalid_argument("a required scalar argument is null");
    }
}

inline Optional<at::Scalar> maybe(Number number) {
    if (number.kind == 0) return {};
    return S(number);
}

inline at::IntArrayRef L(const int64_t* values, int32_t count) { return at::IntArrayRef(values, static_cast<size_t>(count)); }

inline Optional<at::ScalarType> D(int32_t dtype) {
    if (dtype < 0) return {};
    return static_cast<at::ScalarType>(dtype);
}

inline Optional<at::Generator> G(Generator generator) {
    if (generator == nullptr) return {};
    return *generator;
}

inline Optional<int64_t> maybe(bool present, int64_t value) {
    if (!present) return {};
    return value;
}

inline Optional<double> maybe(bool present, double value) {
    if (!present) return {};
    return value;
}

inline at::Device device_of(int32_t type, int32_t index) {
    return at::Device(static_cast<at::DeviceType>(type), static_cast<at::DeviceIndex>(index));
}

inline at::TensorOptions O(Options options) {
    at::TensorOptions result;
    if (options.dtype >= 0) result = result.dtype(static_cast<at::ScalarType>(options.dtype));
    if (options.device >= 0) result = result.device(device_of(options.device, options.index));
    return result;
}

inline std::vector<at::Tensor> list(const Tensor* tensors, int32_t count) {
    std::vector<at::Tensor> result;
    result.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; i++) result.push_back(T(tensors[i]));
    return result;
}

// A new tensor, or null after a failure.
#define TENSOR(...) \
    try { return new at::Tensor(__VA_ARGS__); } catch (...) { remember_current_exception(); return nullptr; }
// 0, or -1 after a failure.
#define STATUS(...) \
    try { __VA_ARGS__; return 0; } catch (...) { remember_current_exception(); return -1; }
// The number of tensors handed over, or -1 after a failure.
#define SEVERAL(...) \
    try { return hand_over(__VA_ARGS__); } catch (...) { remember_current_exception(); return -1; }
