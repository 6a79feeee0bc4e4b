// Sixteen floats in the registers of the instruction set that the including file is compiled for. Included inside a namespace of that file.
constexpr int kWidth =
#if defined(__AVX512F__)
    16;
#elif defined(__AVX2__)
    8;
#else
    4;
#endif
constexpr int kParts = 16 / kWidth;
typedef float Part __attribute__((vector_size(4 * kWidth)));
typedef int32_t Whole __attribute__((vector_size(4 * kWidth)));

struct Lanes {
    Part p[kParts];
};

#define EACH_PART for (int i = 0; i < kParts; i++)

inline __attribute__((always_inline)) Lanes load(const float *x)
{
    Lanes r;
    EACH_PART r.p[i] = *reinterpret_cast<const Part *>(x + i * kWidth);
    return r;
}

inline __attribute__((always_inline)) void store(float *x, const Lanes &a)
{
    EACH_PART *reinterpret_cast<Part *>(x + i * kWidth) = a.p[i];
}

inline __attribute__((always_inline)) Lanes all(float x)
{
    Lanes r;
    EACH_PART r.p[i] = x - Part{}; // x - 0 is x, so that nothing but the broadcast is left
    return r;
}

inline __attribute__((always_inline)) Lanes operator+(const Lanes &a, const Lanes &b)
{
    Lanes r;
    EACH_PART r.p[i] = a.p[i] + b.p[i];
    return r;
}

inline __attribute__((always_inline)) Lanes operator-(const Lanes &a, const Lanes &b)
{
    Lanes r;
    EACH_PART r.p[i] = a.p[i] - b.p[i];
    return r;
}

inline __attribute__((always_inline)) Lanes operator*(const Lanes &a, const Lanes &b)
{
    Lanes r;
    EACH_PART r.p[i] = a.p[i] * b.p[i];
    return r;
}

// a b + c, one rounding where the processor has the instruction.
inline __attribute__((always_inline)) Lanes fma(const Lanes &a, const Lanes &b, const Lanes &c)
{
    Lanes r;
    EACH_PART r.p[i] = a.p[i] * b.p[i] + c.p[i];
    return r;
}

inline __attribute__((always_inline)) Lanes larger(const Lanes &a, const Lanes &b)
{
    Lanes r;
#if defined(__AVX512F__)
    r.p[0] = reinterpret_cast<Part>(_mm512_maskz_max_ps(0xFFFF, reinterpret_cast<__m512>(a.p[0]), reinterpret_cast<__m512>(b.p[0])));
#else
    EACH_PART r.p[i] = a.p[i] > b.p[i] ? a.p[i] : b.p[i];
#endif
    return r;
}

inline __attribute__((always_inline)) Lanes smaller(const Lanes &a, const Lanes &b)
{
    Lanes r;
#if defined(__AVX512F__)
    r.p[0] = reinterpret_cast<Part>(_mm512_maskz_min_ps(0xFFFF, reinterpret_cast<__m512>(a.p[0]), reinterpret_cast<__m512>(b.p[0])));
#else
    EACH_PART r.p[i] = a.p[i] < b.p[i] ? a.p[i] : b.p[i];
#endif
    return r;
}

// By halves: lane i and lane i + 8, then i + 4, and so on.
inline __attribute__((always_inline)) float sum(const Lanes &a)
{
#if defined(__AVX512F__)
    return _mm512_reduce_add_ps(reinterpret_cast<__m512>(a.p[0]));
#else
    float f[16];
    __builtin_memcpy(f, &a, sizeof f);
    for (int half = 8; half > 0; half /= 2)
        for (int i = 0; i < half; i++)
            f[i] += f[i + half];
    return f[0];
#endif
}

inline __attribute__((always_inline)) float largest(const Lanes &a)
{
#if defined(__AVX512F__)
    return _mm512_reduce_max_ps(reinterpret_cast<__m512>(a.p[0]));
#else
    float f[16];
    __builtin_memcpy(f, &a, sizeof f);
    for (int half = 8; half > 0; half /= 2)
        for (int i = 0; i < half; i++)
            f[i] = f[i + half] > f[i] ? f[i + half] : f[i];
    return f[0];
#endif
}

constexpr float kLog2E = 1.44269504f;

// 2^x for x from -126 to 127: 2^n of the nearest whole number times a polynomial of degree 6 on |r| <= 1/2, the one of least relative error (2e-9; 8e-8 with
// the roundings of float).
inline __attribute__((always_inline)) Lanes power_of_two(const Lanes &x)
{
    Lanes r;
    EACH_PART
    {
        const Part shifted = x.p[i] + 12582912.0f; // the nearest whole number is in the low bits
        const Part y = x.p[i] - (shifted - 12582912.0f);
        const Part square = y * y; // pairs of powers: half the way from one operation to the next
        const Part high = (y * 1.53458118e-4f + 1.33999312e-3f) * square + (y * 9.61848896e-3f + 5.55032878e-2f);
        const Part q = (high * y + 2.40226469e-1f) * square + (y * 6.93147206e-1f + 1.0f);
        Whole bits;
        __builtin_memcpy(&bits, &shifted, sizeof bits);
        Whole value;
        __builtin_memcpy(&value, &q, sizeof value);
        value = value + (bits << 23);
        __builtin_memcpy(&r.p[i], &value, sizeof value);
    }
    return r;
}

inline __attribute__((always_inline)) Lanes inverse(const Lanes &a)
{
    Lanes r;
#if defined(__AVX512F__)
    const __m512 x = reinterpret_cast<__m512>(a.p[0]);
    const __m512 y = _mm512_maskz_rcp14_ps(0xFFFF, x);
    r.p[0] = reinterpret_cast<Part>(_mm512_fmadd_ps(_mm512_fnmadd_ps(x, y, _mm512_set1_ps(1)), y, y)); // one step of Newton's
#else
    EACH_PART r.p[i] = 1.0f / a.p[i];
#endif
    return r;
}

// 1 / (1 + e^-x); the rounding of x log2 e moves it by less than 3e-8.
inline __attribute__((always_inline)) Lanes logistic(const Lanes &x)
{
    return inverse(all(1) + power_of_two(smaller(larger(x * all(-kLog2E), all(-126.0f)), all(126.0f))));
}
