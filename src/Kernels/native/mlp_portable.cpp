// The perceptron for any processor: four lanes as the compiler makes them.
#include "mlp_tile.h"
#include <cmath>
#include <cstring>

namespace {
struct Width4 {
    typedef float T __attribute__((vector_size(16)));
    typedef int32_t I __attribute__((vector_size(16)));
    static constexpr int width = 4, columns = 2, most = 3, together = 2;
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

    static inline T mul(T a, T b) { return a * b; }
    static inline void split(T t, T &n, T &f)
    {
        const T most = splat(127), least = splat(-126);
        const T held = t > most ? most : t < least ? least : t; // not a number stays
        n = T{std::floor(held[0]), std::floor(held[1]), std::floor(held[2]), std::floor(held[3])};
        f = held - n;
    }
    static inline T times_power(T p, T n)
    {
        I bits;
        std::memcpy(&bits, &p, sizeof bits);
        bits += __builtin_convertvector(n == n ? n : splat(0), I) * (1 << 23);
        std::memcpy(&p, &bits, sizeof p);
        return p;
    }
    static inline T divide(T x, T d) { return x / d; }
};
} // namespace

void scoresde_mlp::run_tile_portable(const Net &net, const float *x, float *y, int rows, float *scratch) { tile<Width4>(net, x, y, rows, scratch); }
