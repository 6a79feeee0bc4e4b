// Sums of scaled arrays in one pass: out[i] = c0 x0[i] + c1 x1[i] + ..., the whole arithmetic of a solver step on tensors.
// The order of the terms is the order of the arguments and every operation is a fused multiply-add in the arrays' type, so an element's bits
// depend on nothing but its inputs: not on its position, the number of elements, the threads or the vector width.
#include <cmath>
#include <cstdint>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define SCORESDE_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define SCORESDE_CLONES
#endif

namespace {
constexpr int64_t kBlock = 4096;           // elements a pass: two arrays of it stay in the first-level cache
constexpr int64_t kParallelFrom = 1 << 16; // below this a thread costs more than it saves

template <typename T>
inline __attribute__((always_inline)) void block(T *out, const T *const *terms, const T *c, int n, int64_t from, int64_t to)
{
    for (int64_t i = from; i < to; i++)
        out[i] = c[0] * terms[0][i];
    for (int k = 1; k < n; k++) {
        const T *x = terms[k];
        const T a = c[k];
        for (int64_t i = from; i < to; i++)
            out[i] = std::fma(a, x[i], out[i]);
    }
}

SCORESDE_CLONES void run_f32(float *__restrict out, const float *const *terms, const float *c, int n, int64_t from, int64_t to)
{
    block(out, terms, c, n, from, to);
}

SCORESDE_CLONES void run_f64(double *__restrict out, const double *const *terms, const double *c, int n, int64_t from, int64_t to)
{
    block(out, terms, c, n, from, to);
}

template <typename T, typename Run>
int form(T *out, const T *const *terms, const double *coefficients, int n, int64_t count, Run run)
{
    constexpr int kMost = 64;
    if (!out || !terms || !coefficients || n < 1 || n > kMost || count < 0)
        return 1;
    T c[kMost];
    for (int k = 0; k < n; k++)
        c[k] = static_cast<T>(coefficients[k]);
    const int64_t blocks = (count + kBlock - 1) / kBlock;
#pragma omp parallel for schedule(static) if (count >= kParallelFrom)
    for (int64_t b = 0; b < blocks; b++) {
        const int64_t from = b * kBlock, to = from + kBlock < count ? from + kBlock : count;
        run(out, terms, c, n, from, to);
    }
    return 0;
}
} // namespace

#define SCORESDE_API extern "C" __attribute__((visibility("default")))

SCORESDE_API int scoresde_linear_form_f32(float *out, const float *const *terms, const double *coefficients, int n, int64_t count)
{
    return form(out, terms, coefficients, n, count, run_f32);
}

SCORESDE_API int scoresde_linear_form_f64(double *out, const double *const *terms, const double *coefficients, int n, int64_t count)
{
    return form(out, terms, coefficients, n, count, run_f64);
}
