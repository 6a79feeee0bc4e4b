// The perceptron for any processor: four lanes as the compiler makes them.
#include "mlp_tile.h"
#include <cmath>
#include <cstring>

namespace {
struct Width4 {
    typedef float T __attribute__((vector_size(16)));
    typedef int32_t I __attribute__((vector_size(16)));
    static constexpr int width = 4, columns = 2, most = 3;
    static inline T splat(float a) { return T{a, a, a, a}; }
    static inline T load(const float *p)
    {
        T a;
        std::memcpy(&a, p, sizeof a);
        return a;
    }
    static inline void store(float *p, T a) { std::memcpy(p, &a, sizeof a); }
    static inline T add(T a, T b) { return a + b; }
    static inline T fma(T a, T b, T c)
    {
#ifdef __FP_FAST_FMAF
        for (int i = 0; i < width; i++)
            c[i] = std::fma(a[i], b[i], c[i]);
        return c;
#else
        return a * b + c; // two roundings where there is no such instruction
#endif
    }

    static inline __attribute__((always_inline)) T silu(T x)
    {
        T y;
        for (int i = 0; i < width; i++) {
            float t = x[i] * kMinusLog2E;
            t = t > 127 ? 127 : t < -126 ? -126 : t; // not a number stays
            const float n = std::floor(t), f = t - n;
            const float p = ((((kExp5 * f + kExp4) * f + kExp3) * f + kExp2) * f + kExp1) * f + kExp0;
            int32_t bits;
            std::memcpy(&bits, &p, sizeof bits);
            bits += n == n ? static_cast<int32_t>(n) * (1 << 23) : 0;
            float e;
            std::memcpy(&e, &bits, sizeof e);
            y[i] = x[i] / (e + 1);
        }
        return y;
    }
};
} // namespace

void scoresde_mlp::run_tile_portable(const Net &net, const float *x, float *y, int rows, float *scratch) { tile<Width4>(net, x, y, rows, scratch); }
