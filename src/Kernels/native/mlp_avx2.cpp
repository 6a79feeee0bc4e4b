// The perceptron for 256-bit vectors (AVX2 and FMA).
#if defined(__x86_64__)
#include "mlp_tile.h"
#include <immintrin.h>

namespace {
struct Width8 {
    using T = __m256;
    static constexpr int width = 8, columns = 4, most = 3, together = 4; // 12 accumulators, three rows' vectors and a weight: all 16 registers
    static inline T splat(float a) { return _mm256_set1_ps(a); }
    static inline T load(const float *p) { return _mm256_loadu_ps(p); }
    static inline void store(float *p, T a) { _mm256_storeu_ps(p, a); }
    static inline T add(T a, T b) { return _mm256_add_ps(a, b); }
    static inline T mul(T a, T b) { return _mm256_mul_ps(a, b); }
    static inline T fma(T a, T b, T c) { return _mm256_fmadd_ps(a, b, c); }

    // 2^t by adding floor(t) to the exponent, between the ends of what has one: beyond them x / (1 + 2^t) is x or next to nothing.
    static inline void split(T t, T &n, T &f)
    {
        t = _mm256_max_ps(_mm256_set1_ps(-126), _mm256_min_ps(_mm256_set1_ps(127), t));
        n = _mm256_floor_ps(t);
        f = _mm256_sub_ps(t, n);
    }
    static inline T times_power(T p, T n)
    {
        return _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(p), _mm256_slli_epi32(_mm256_cvtps_epi32(n), 23)));
    }
    static inline T divide(T x, T d) { return _mm256_div_ps(x, d); }
};
} // namespace

void scoresde_mlp::run_tile_avx2(const Net &net, const float *x, float *y, int rows, float *scratch) { tile<Width8>(net, x, y, rows, scratch); }
#endif
