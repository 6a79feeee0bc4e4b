// Random numbers, threads, default type, devices, version.
#include "abi.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/DefaultDtype.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <cstdio>
#include <map>
#include <mutex>

namespace {
at::Generator& required(Generator generator) {
    if (generator == nullptr) throw std::invalid_argument("a required generator argument is null");
    return *generator;
}
}

SST_API const char* sst_version() { return TORCH_VERSION; }
SST_API int32_t sst_get_num_threads() { return at::get_num_threads(); }
SST_API int32_t sst_get_num_interop_threads() { return at::get_num_interop_threads(); }
SST_API int32_t sst_set_num_threads(int32_t count) { STATUS(at::set_num_threads(count)) }
SST_API int32_t sst_set_num_interop_threads(int32_t count) { STATUS(at::set_num_interop_threads(count)) }

SST_API int32_t sst_get_default_dtype() { return static_cast<int32_t>(c10::get_default_dtype_as_scalartype()); }
SST_API int32_t sst_set_default_dtype(int32_t dtype) {
    STATUS(c10::set_default_dtype(c10::scalarTypeToTypeMeta(static_cast<at::ScalarType>(dtype))))
}

SST_API Generator sst_generator(uint64_t seed, int32_t device, int32_t index) {
    try {
        if (device == static_cast<int32_t>(at::kCPU)) return new at::Generator(at::detail::createCPUGenerator(seed));
        at::Generator copy = at::globalContext().defaultGenerator(device_of(device, index)).clone();
        copy.set_current_seed(seed);
        return new at::Generator(std::move(copy));
    } catch (...) { remember_current_exception(); return nullptr; }
}

SST_API Generator sst_default_generator() {
    try { return new at::Generator(at::detail::getDefaultCPUGenerator()); } catch (...) { remember_current_exception(); return nullptr; }
}

SST_API void sst_free_generator(Generator generator) { delete generator; }

SST_API int32_t sst_generator_seed_with(Generator generator, uint64_t seed) {
    STATUS(
        at::Generator& target = required(generator);
        std::lock_guard<std::mutex> lock(target.mutex());
        target.set_current_seed(seed))
}

SST_API int32_t sst_generator_reseed(Generator generator, uint64_t* seed) {
    STATUS(
        at::Generator& target = required(generator);
        std::lock_guard<std::mutex> lock(target.mutex());
        *seed = target.seed())
}

SST_API int32_t sst_generator_initial_seed(Generator generator, uint64_t* seed) {
    STATUS(
        at::Generator& target = required(generator);
        std::lock_guard<std::mutex> lock(target.mutex());
        *seed = target.current_seed())
}

SST_API Tensor sst_generator_state(Generator generator) { TENSOR(required(generator).get_state()) }
SST_API int32_t sst_set_generator_state(Generator generator, Tensor state) {
    STATUS(
        at::Generator& target = required(generator);
        std::lock_guard<std::mutex> lock(target.mutex());
        target.set_state(T(state)))
}

// CPU and every CUDA device.
SST_API int32_t sst_manual_seed(uint64_t seed) { STATUS(at::manual_seed(seed)) }

SST_API int32_t sst_cuda_device_count() {
    try {
        if (!c10::impl::hasDeviceGuardImpl(at::kCUDA)) return 0;
        return c10::impl::VirtualGuardImpl(at::kCUDA).deviceCount();
    } catch (...) { return 0; }
}

SST_API bool sst_cuda_is_available() { return sst_cuda_device_count() > 0; }

SST_API bool sst_cudnn_is_available() {
    try { return sst_cuda_is_available() && at::detail::getCUDAHooks().hasCuDNN(); } catch (...) { return false; }
}

SST_API int32_t sst_cuda_manual_seed(int32_t index, uint64_t seed) {
    STATUS(
        at::Generator generator = at::globalContext().defaultGenerator(device_of(static_cast<int32_t>(at::kCUDA), index));
        std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_current_seed(seed))
}

// Index -1: the current device. Waits for the default stream and for the current one, the only ones this library puts work on.
SST_API int32_t sst_cuda_synchronize(int32_t index) {
    STATUS(
        TORCH_CHECK(sst_cuda_is_available(), "no CUDA device is available");
        const c10::impl::VirtualGuardImpl guard(at::kCUDA);
        const at::DeviceIndex wanted = index < 0 ? guard.getDevice().index() : static_cast<at::DeviceIndex>(index);
        const at::Device device(at::kCUDA, wanted);
        guard.getDefaultStream(device).synchronize();
        guard.getStream(device).synchronize())
}

namespace {
// What was current before a thread stepped aside.
struct Before {
    at::Device device;
    c10::Stream stream;
};
}

// Makes a device and its side stream the current ones of the thread; gives what were, for sst_cuda_back, or null after a failure. There is one side stream a
// device, since libraries keep memory for each.
SST_API void* sst_cuda_aside(int32_t index, char* text, int32_t room) {
    try {
        static std::mutex gate;
        static std::map<int32_t, c10::Stream> streams;
        const std::lock_guard<std::mutex> lock(gate);
        const c10::impl::VirtualGuardImpl guard(at::kCUDA);
        const at::Device device(at::kCUDA, static_cast<at::DeviceIndex>(index));
        auto found = streams.find(index);
        if (found == streams.end()) found = streams.emplace(index, guard.getStreamFromGlobalPool(device)).first;
        const at::Device before = guard.exchangeDevice(device);
        return new Before{before, guard.exchangeStream(found->second)};
    } catch (const std::exception& error) {
        std::snprintf(text, static_cast<size_t>(room), "%s", error.what());
        return nullptr;
    }
}

SST_API void sst_cuda_back(void* handle) {
    const Before* before = static_cast<Before*>(handle);
    const c10::impl::VirtualGuardImpl guard(at::kCUDA);
    guard.exchangeStream(before->stream);
    guard.setDevice(before->device);
    delete before;
}
