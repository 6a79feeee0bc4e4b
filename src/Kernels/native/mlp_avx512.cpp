// The perceptron for 512-bit vectors (AVX-512 F and DQ).
#if defined(__x86_64__)
#include "mlp_tile.h"
#include <immintrin.h>

namespace {
struct Width16 {
    using T = __m512;
    static constexpr int width = 16, columns = 8, most = 3; // 24 accumulators, three rows' vectors and a weight: 28 of 32 registers
    static inline T splat(float a) { return _mm512_set1_ps(a); }
    static inline T load(const float *p) { return _mm512_loadu_ps(p); }
    static inline void store(float *p, T a) { _mm512_storeu_ps(p, a); }
    static inline T add(T a, T b) { return _mm512_add_ps(a, b); }
    static inline T fma(T a, T b, T c) { return _mm512_fmadd_ps(a, b, c); }

    // x / (1 + 2^t), t = -x log2 e. Below x = -89 the power is infinite and the result -0.
    static inline __attribute__((always_inline)) T silu(T x)
    {
        const T t = _mm512_mul_ps(x, _mm512_set1_ps(kMinusLog2E));
        const T f = _mm512_maskz_reduce_ps(0xFFFF, t, 0x09); // t - floor(t)
        T p = fma(_mm512_set1_ps(kExp5), f, _mm512_set1_ps(kExp4));
        p = fma(p, f, _mm512_set1_ps(kExp3));
        p = fma(p, f, _mm512_set1_ps(kExp2));
        p = fma(p, f, _mm512_set1_ps(kExp1));
        p = fma(p, f, _mm512_set1_ps(kExp0));
        return _mm512_div_ps(x, _mm512_add_ps(_mm512_maskz_scalef_ps(0xFFFF, p, t), _mm512_set1_ps(1)));
    }
};
} // namespace

void scoresde_mlp::run_tile_avx512(const Net &net, const float *x, float *y, int rows, float *scratch) { tile<Width16>(net, x, y, rows, scratch); }
#endif
