// What the device sources need of a compiler: NVRTC's built-in intrinsics, or their equals in standard C++ where the same source is built for the host
// (tests compare its bits with the reference there). No operation here may be contracted: NVRTC is told --fmad=false, a host compiler -ffp-contract=off.
#pragma once

#if defined(__CUDACC__)
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long i64;
#define SST_DEVICE __device__ __forceinline__
#define SST_KERNEL extern "C" __global__
SST_DEVICE float fma_of(float a, float b, float c) { return __fmaf_rn(a, b, c); }
SST_DEVICE double fma_of(double a, double b, double c) { return __fma_rn(a, b, c); }
SST_DEVICE float product_of(float a, float b) { return __fmul_rn(a, b); }
SST_DEVICE double product_of(double a, double b) { return __dmul_rn(a, b); }
SST_DEVICE float difference_of(float a, float b) { return __fsub_rn(a, b); }
SST_DEVICE float root_of(float a) { return __fsqrt_rn(a); }
SST_DEVICE float signed_of(u32 a) { return __int2float_rn((int)a); }
SST_DEVICE u32 bits_of(float a) { return __float_as_uint(a); }
SST_DEVICE float with_bits(u32 a) { return __uint_as_float(a); }
SST_DEVICE u32 high_of(u32 a, u32 b) { return __umulhi(a, b); }
SST_DEVICE float narrow_of(double a) { return __double2float_rn(a); }
SST_DEVICE i64 first_index() { return (i64)blockIdx.x * blockDim.x + threadIdx.x; }
SST_DEVICE i64 index_stride() { return (i64)gridDim.x * blockDim.x; }
SST_DEVICE void note_least(i64* place, i64 value) { atomicMin(place, value); }
#else
#include <cmath>
#include <cstdint>
#include <cstring>
typedef uint32_t u32;
typedef unsigned long long u64;
typedef long long i64;
#define SST_DEVICE static inline
#define SST_KERNEL extern "C" __attribute__((visibility("default")))
SST_DEVICE float fma_of(float a, float b, float c) { return std::fma(a, b, c); }
SST_DEVICE double fma_of(double a, double b, double c) { return std::fma(a, b, c); }
SST_DEVICE float product_of(float a, float b) { return a * b; }
SST_DEVICE double product_of(double a, double b) { return a * b; }
SST_DEVICE float difference_of(float a, float b) { return a - b; }
SST_DEVICE float root_of(float a) { return std::sqrt(a); }
SST_DEVICE float signed_of(u32 a) { return (float)(int32_t)a; }
SST_DEVICE u32 bits_of(float a) { u32 b; std::memcpy(&b, &a, 4); return b; }
SST_DEVICE float with_bits(u32 a) { float b; std::memcpy(&b, &a, 4); return b; }
SST_DEVICE u32 high_of(u32 a, u32 b) { return (u32)(((u64)a * b) >> 32); }
SST_DEVICE float narrow_of(double a) { return (float)a; }
// The thread that runs: set by whoever calls a kernel on the host.
extern thread_local i64 host_first, host_stride;
SST_DEVICE i64 first_index() { return host_first; }
SST_DEVICE i64 index_stride() { return host_stride; }
SST_DEVICE void note_least(i64* place, i64 value) { if (value < *place) *place = value; }
#endif
