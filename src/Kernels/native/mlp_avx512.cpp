// The perceptron for 512-bit vectors (AVX-512 F and DQ).
#if defined(__x86_64__)
#include "mlp_tile.h"
#include <immintrin.h>

namespace {
struct Width16 {
    using T = __m512;
    static constexpr int width = 16, columns = 8, most = 3, together = 8; // 24 accumulators, three rows' vectors and a weight: 28 of 32 registers
    static inline T splat(float a) { return _mm512_set1_ps(a); }
    static inline T load(const float *p) { return _mm512_loadu_ps(p); }
    static inline void store(float *p, T a) { _mm512_storeu_ps(p, a); }
    static inline T add(T a, T b) { return _mm512_add_ps(a, b); }
    static inline T mul(T a, T b) { return _mm512_mul_ps(a, b); }
    static inline T fma(T a, T b, T c) { return _mm512_fmadd_ps(a, b, c); }

    // f = t - floor(t); the power takes the floor by itself.
    static inline void split(T t, T &n, T &f)
    {
        n = t;
        f = _mm512_maskz_reduce_ps(0xFFFF, t, 0x09);
    }
    // Rounded towards zero, so that it ends at the greatest number: by infinity a reciprocal would not be refined but lost.
    static inline T times_power(T p, T n) { return _mm512_maskz_scalef_round_ps(0xFFFF, p, n, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC); }

    // A division keeps its unit for ten cycles. The reciprocal to 2^-14, and one of Newton's steps: 2^-28 and two roundings, that of the result among them.
    static inline __attribute__((always_inline)) T divide(T x, T d)
    {
        const T r = _mm512_maskz_rcp14_ps(0xFFFF, d);
        return _mm512_mul_ps(x, fma(r, _mm512_fnmadd_ps(d, r, _mm512_set1_ps(1)), r));
    }
};
} // namespace

void scoresde_mlp::run_tile_avx512(const Net &net, const float *x, float *y, int rows, float *scratch) { tile<Width16>(net, x, y, rows, scratch); }
#endif
