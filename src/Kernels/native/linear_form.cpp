// Sums of scaled arrays in one pass: out[i] = c0 x0[i] + c1 x1[i] + ..., the whole arithmetic of a solver step on tensors.
// The order of the terms is the order of the arguments and every operation is a fused multiply-add in the arrays' type, so an element's bits
// depend on nothing but its inputs: not on its position, the number of elements, the threads or the vector width.
#include "exported.h"
#include <cmath>
#include <cstdint>
#include <vector>

namespace {
constexpr int64_t kBlock = 4096;           // elements a pass: the arrays of a few forms stay in the second-level cache
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

// m forms, one after the other in each block: what they share is read from memory once.
template <typename T, typename Run>
int forms(T *const *outputs, int m, const int *counts, const T *const *terms, const double *coefficients, int64_t count, Run run)
{
    constexpr int kMost = 64;
    if (!outputs || !counts || !terms || !coefficients || m < 1 || count < 0)
        return 1;
    int all = 0;
    for (int j = 0; j < m; j++) {
        if (!outputs[j] || counts[j] < 1 || counts[j] > kMost)
            return 1;
        all += counts[j];
    }
    std::vector<T> c(all);
    for (int k = 0; k < all; k++) {
        if (!terms[k])
            return 1;
        c[k] = static_cast<T>(coefficients[k]);
    }
    const int64_t blocks = (count + kBlock - 1) / kBlock;
#pragma omp parallel for schedule(static) if (count >= kParallelFrom)
    for (int64_t b = 0; b < blocks; b++) {
        const int64_t from = b * kBlock, to = from + kBlock < count ? from + kBlock : count;
        for (int j = 0, first = 0; j < m; first += counts[j++])
            run(outputs[j], terms + first, c.data() + first, counts[j], from, to);
    }
    return 0;
}
} // namespace

SCORESDE_API int scoresde_linear_forms_f32(float *const *outputs, int m, const int *counts, const float *const *terms, const double *coefficients, int64_t count)
{
    return forms(outputs, m, counts, terms, coefficients, count, run_f32);
}

SCORESDE_API int scoresde_linear_forms_f64(double *const *outputs, int m, const int *counts, const double *const *terms, const double *coefficients, int64_t count)
{
    return forms(outputs, m, counts, terms, coefficients, count, run_f64);
}
