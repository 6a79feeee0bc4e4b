// Sums of scaled arrays in one pass: out[i] = c0 x0[i] + c1 x1[i] + ..., the whole arithmetic of a solver step on tensors.
// The order of the terms is the order of the arguments and every operation is a fused multiply-add in the arrays' type, so an element's bits
// depend on nothing but its inputs: not on its position, the number of elements, the threads or the vector width.
#include "exported.h"
#include "workers.h"

#include <omp.h>

#include <atomic>
#include <cmath>
#include <cstdint>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define SCORESDE_WIDE
#include <immintrin.h>
#endif

namespace {
constexpr int kMost = 64;                  // terms of a form
constexpr int64_t kPiece = 2048;           // elements that a thread takes at a time
constexpr int64_t kParallelFrom = 1 << 17; // numbers read and written, below which a second thread costs more than it saves
constexpr int64_t kLongFrom = 1 << 20;     // and those that take longer than a thread to wake up

// m forms of arrays of one type.
template <typename T> struct Forms {
    T *const *outputs;
    int m;
    const int *counts;
    const T *const *terms;
    const T *coefficients;
    int64_t count;
    bool (*run)(const Forms &, int64_t, int64_t);
    std::atomic<bool> finite{true};
};

namespace plain {
typedef float Singles __attribute__((vector_size(16)));
typedef double Doubles __attribute__((vector_size(16)));

template <typename V> inline V fused(const V &a, const V &b, V c)
{
    for (unsigned i = 0; i < sizeof(V) / sizeof(c[0]); i++)
        c[i] = std::fma(a[i], b[i], c[i]);
    return c;
}
#include "linear_form_block.h"
} // namespace plain

#ifdef SCORESDE_WIDE
#pragma GCC push_options
#pragma GCC target("avx2,fma")
namespace avx2 {
typedef float Singles __attribute__((vector_size(32)));
typedef double Doubles __attribute__((vector_size(32)));
inline Singles fused(const Singles &a, const Singles &b, const Singles &c) { return Singles(_mm256_fmadd_ps(__m256(a), __m256(b), __m256(c))); }
inline Doubles fused(const Doubles &a, const Doubles &b, const Doubles &c) { return Doubles(_mm256_fmadd_pd(__m256d(a), __m256d(b), __m256d(c))); }
#include "linear_form_block.h"
} // namespace avx2
#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq,avx512bw,avx512vl,fma")
namespace avx512 {
typedef float Singles __attribute__((vector_size(64)));
typedef double Doubles __attribute__((vector_size(64)));
inline Singles fused(const Singles &a, const Singles &b, const Singles &c) { return Singles(_mm512_fmadd_ps(__m512(a), __m512(b), __m512(c))); }
inline Doubles fused(const Doubles &a, const Doubles &b, const Doubles &c) { return Doubles(_mm512_fmadd_pd(__m512d(a), __m512d(b), __m512d(c))); }
#include "linear_form_block.h"
} // namespace avx512
#pragma GCC pop_options
#endif

template <typename T> using Run = bool (*)(const Forms<T> &, int64_t, int64_t);

// For the instructions that this processor has.
template <typename T> Run<T> widest()
{
#ifdef SCORESDE_WIDE
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
        return avx512::run;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return avx2::run;
#endif
    return plain::run;
}

template <typename T> void piece(void *context, int64_t i)
{
    Forms<T> &f = *static_cast<Forms<T> *>(context);
    const int64_t from = i * kPiece, to = from + kPiece;
    if (!f.run(f, from, to < f.count ? to : f.count))
        f.finite.store(false, std::memory_order_relaxed);
}

// 0: all that is written is finite; 2: not all; 1: a pointer is null or a number impossible.
template <typename T> int forms(T *const *outputs, int m, const int *counts, const T *const *terms, const double *coefficients, int64_t count)
{
    if (!outputs || !counts || !terms || !coefficients || m < 1 || count < 0)
        return 1;
    int64_t all = 0;
    for (int j = 0; j < m; j++) {
        if (!outputs[j] || counts[j] < 1 || counts[j] > kMost)
            return 1;
        all += counts[j];
    }
    static const Run<T> run = widest<T>();
    T few[kMost];
    T *const c = all <= kMost ? few : new T[all];
    int status = 0;
    for (int64_t k = 0; k < all; k++) {
        if (!terms[k])
            status = 1;
        c[k] = static_cast<T>(coefficients[k]);
    }
    if (status == 0) {
        Forms<T> f{outputs, m, counts, terms, c, count, run};
        if ((all + m) * count < kParallelFrom)
            f.finite = run(f, 0, count);
        else
            share(omp_get_max_threads(), (count + kPiece - 1) / kPiece, piece<T>, &f, (all + m) * count >= kLongFrom);
        status = f.finite ? 0 : 2;
    }
    if (c != few)
        delete[] c;
    return status;
}
} // namespace

SCORESDE_API int scoresde_linear_forms_f32(float *const *outputs, int m, const int *counts, const float *const *terms, const double *coefficients, int64_t count)
{
    return forms(outputs, m, counts, terms, coefficients, count);
}

SCORESDE_API int scoresde_linear_forms_f64(double *const *outputs, int m, const int *counts, const double *const *terms, const double *coefficients, int64_t count)
{
    return forms(outputs, m, counts, terms, coefficients, count);
}
