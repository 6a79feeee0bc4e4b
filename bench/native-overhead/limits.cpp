// What arithmetic alone takes: multiply-adds, exponentials, Philox counters and Box-Muller normals in registers, iterations independent of each other, nothing read or written. Compiled for
// the machine it runs on.
#include <cmath>
#include <cstdint>
#include <cstring>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#if defined(__AVX512F__)
constexpr int W = 16;
#elif defined(__AVX2__)
constexpr int W = 8;
#else
constexpr int W = 4;
#endif
typedef float F __attribute__((vector_size(4 * W)));
typedef int32_t I __attribute__((vector_size(4 * W)));
typedef uint32_t U __attribute__((vector_size(4 * W)));
typedef uint64_t L __attribute__((vector_size(4 * W)));

template <class T, class S> static inline T as(S s) {
    static_assert(sizeof(T) == sizeof(S));
    T t;
    std::memcpy(&t, &s, sizeof t);
    return t;
}

// Products of even words, 64 bits each.
static inline L wide(U a, uint32_t m) {
    U b = (U){} + m;
#if defined(__AVX512F__)
    return (L)_mm512_mul_epu32((__m512i)a, (__m512i)b);
#elif defined(__AVX2__)
    return (L)_mm256_mul_epu32((__m256i)a, (__m256i)b);
#else
    return (as<L>(a) & 0xFFFFFFFFu) * (as<L>(b) & 0xFFFFFFFFu);
#endif
}

static inline F root(F a) {
#if defined(__AVX512F__)
    return (F)_mm512_sqrt_ps((__m512)a);
#elif defined(__AVX2__)
    return (F)_mm256_sqrt_ps((__m256)a);
#else
    F r;
    for (int i = 0; i < W; i++) r[i] = std::sqrt(a[i]);
    return r;
#endif
}

static inline U high(U a) { return as<U>(as<L>(a) >> 32); }

// Ten rounds on the even words; the odd words travel in a second set.
static inline void half(U& c0, U& c1, U& c2, U& c3, uint32_t k0, uint32_t k1) {
    for (int r = 0; r < 10; r++) {
        U p = as<U>(wide(c0, 0xD2511F53u)), q = as<U>(wide(c2, 0xCD9E8D57u));
        c0 = high(q) ^ c1 ^ k0;
        c1 = q;
        c2 = high(p) ^ c3 ^ k1;
        c3 = p;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
}

static inline U join(U a, U b) { return as<U>((as<L>(a) & 0xFFFFFFFFu) | (as<L>(b) << 32)); }

static inline void philox(U& c0, U& c1, U& c2, U& c3) {
    U a0 = c0, a1 = c1, a2 = c2, a3 = c3, b0 = high(c0), b1 = high(c1), b2 = high(c2), b3 = high(c3);
    half(a0, a1, a2, a3, 1, 2);
    half(b0, b1, b2, b3, 1, 2);
    c0 = join(a0, b0);
    c1 = join(a1, b1);
    c2 = join(a2, b2);
    c3 = join(a3, b3);
}

// docs/derivations/normals.md has the polynomials.
static inline void normals(U radius, U angle, F& first, F& second) {
    F u = __builtin_convertvector((I)(radius >> 1), F) * 4.656612873077393e-10f + 2.3283064365386963e-10f;
    U bits = as<U>(u) - 0x3F2AAAABu;
    F e = __builtin_convertvector((I)bits >> 23, F);
    F f = as<F>((bits & 0x007FFFFFu) + 0x3F2AAAABu) - 1.f;
    F q = f * -0.280407876f + 0.307671964f;
    q = q * f - 0.279943377f;
    q = q * f + 0.32834059f;
    q = q * f - 0.400221437f;
    q = q * f + 0.500154972f;
    q = q * f - 0.666664004f;
    q = q * f + 0.999998748f;
    q = q * f - 2.f;
    F r = root(e * -1.38629436f + f * q);
    F t = __builtin_convertvector((I)(angle << 2), F) * 2.3283064365386963e-10f, z = t * t;
    F s = z * -0.00468597142f + 0.079712525f;
    s = s * z - 0.645966649f;
    s = t * 1.57079637f + s * (t * z);
    F c = z * 0.000894473458f - 0.0208555944f;
    c = c * z + 0.253668547f;
    c = c * z - 1.23370051f;
    c = c * z + 1.f;
    c = as<F>(as<U>(c) ^ (angle & 0x80000000u));
    auto turned = (I)(angle << 1) < 0;
    first = r * (turned ? s : c);
    second = r * (turned ? c : s);
}

static inline F exp2(F x) {
    F t = x + 12582912.f, f = x - (t - 12582912.f);
    F p = f * 0.00132695353f + 0.00967129227f;
    p = p * f + 0.0555071086f;
    p = p * f + 0.240222469f;
    p = p * f + 0.693147004f;
    p = p * f + 1.f;
    return as<F>(as<U>(p) + (as<U>(t) << 23));
}

static inline U ramp(uint32_t first) {
    U u;
    for (int i = 0; i < W; i++) u[i] = first + i;
    return u;
}

static float total(F f) {
    float sum = 0;
    for (int i = 0; i < W; i++) sum += f[i];
    return sum;
}

// `count` normals, a multiple of 64; their sum keeps a compiler from leaving them out.
extern "C" float limit_normals(int64_t count) {
    F sum0 = {}, sum1 = {};
    U counter = ramp(0);
    for (int64_t i = 0; i < count; i += 4 * W) {
        U c0 = counter, c1 = (U){} + 1, c2 = (U){} + 2, c3 = (U){} + 3;
        counter += W;
        philox(c0, c1, c2, c3);
        F z0, z1, z2, z3;
        normals(c0, c1, z0, z1);
        normals(c2, c3, z2, z3);
        sum0 += z0 + z1;
        sum1 += z2 + z3;
    }
    return total(sum0 + sum1);
}

// `count` exponentials, a multiple of 128: eight for each particle whose score is asked.
extern "C" float limit_exponentials(int64_t count) {
    F sum0 = {}, sum1 = {}, x = __builtin_convertvector((I)ramp(0), F) * -0.01f;
    for (int64_t i = 0; i < count; i += 8 * W) {
        x -= 1e-6f;
        sum0 += exp2(x) + exp2(x - 0.1f) + exp2(x - 0.2f) + exp2(x - 0.3f);
        sum1 += exp2(x - 0.4f) + exp2(x - 0.5f) + exp2(x - 0.6f) + exp2(x - 0.7f);
    }
    return total(sum0 + sum1);
}

// `count` multiply-adds, a multiple of 192: twelve sums that do not wait for each other, as many as two units of a latency of six can take.
extern "C" float limit_products(int64_t count) {
    F m = (F){} + 0.999f, c = (F){} + 0.001f, a[12];
    for (int k = 0; k < 12; k++) a[k] = c;
    for (int64_t i = 0; i < count; i += 12 * W) {
#pragma GCC unroll 12
        for (int k = 0; k < 12; k++) a[k] = a[k] * m + c;
    }
    F sum = a[0];
    for (int k = 1; k < 12; k++) sum += a[k];
    return total(sum);
}
