// Which kernels the processor gets, and those that need no program.
#include "image_plan.h"
#include <cstring>
#include <utility>

using namespace scoresde;

#define SCORESDE_API extern "C" __attribute__((visibility("default")))

namespace scoresde {
const Backend *widest(const char *wanted)
{
#if defined(__x86_64__)
    const bool any = !wanted || !*wanted;
    if ((any || !std::strcmp(wanted, "avx512")) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
        return avx512_backend();
    if ((any || !std::strcmp(wanted, "avx2")) && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return avx2_backend();
#else
    (void)wanted;
#endif
    return plain_backend();
}
} // namespace scoresde

// Adam and the averages of several arrays in one pass over each; `averages` may be null.
SCORESDE_API int scoresde_adam(int arrays, const int64_t *counts, float *const *weights, const float *const *gradients, float *const *first, float *const *second,
    float *const *averages, const double *numbers)
{
    if (!counts || !weights || !gradients || !first || !second || !numbers)
        return 1;
    const Backend *b = widest(nullptr);
    constexpr int64_t kPiece = 1 << 14;
    std::vector<std::pair<int, int64_t>> pieces;
    for (int k = 0; k < arrays; k++)
        for (int64_t from = 0; from < counts[k]; from += kPiece)
            pieces.emplace_back(k, from);
#pragma omp parallel for schedule(static) if (pieces.size() > 8)
    for (size_t i = 0; i < pieces.size(); i++) {
        const auto [k, from] = pieces[i];
        const int64_t n = counts[k] - from < kPiece ? counts[k] - from : kPiece;
        b->adam(weights[k] + from, gradients[k] + from, first[k] + from, second[k] + from, averages ? averages[k] + from : nullptr, n, numbers);
    }
    return 0;
}

// The sum of the squares of several arrays, in double, the same for any number of threads.
SCORESDE_API int scoresde_square_sum(int arrays, const int64_t *counts, const float *const *values, double *sum)
{
    if (!counts || !values || !sum)
        return 1;
    double total = 0;
    for (int k = 0; k < arrays; k++) {
        double s[8] = {};
        int64_t i = 0;
        for (; i + 8 <= counts[k]; i += 8)
            for (int j = 0; j < 8; j++)
                s[j] += double(values[k][i + j]) * values[k][i + j];
        for (; i < counts[k]; i++)
            s[0] += double(values[k][i]) * values[k][i];
        for (const double x : s)
            total += x;
    }
    *sum = total;
    return 0;
}
