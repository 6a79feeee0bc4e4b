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

inline __attribute__((always_inline)) float sum(const Lanes &a)
{
    float f[16];
    __builtin_memcpy(f, &a, sizeof f);
    for (int half = 8; half > 0; half /= 2)
        for (int i = 0; i < half; i++)
            f[i] += f[i + half];
    return f[0];
}

inline __attribute__((always_inline)) float largest(const Lanes &a)
{
    float f[16];
    __builtin_memcpy(f, &a, sizeof f);
    for (int half = 8; half > 0; half /= 2)
        for (int i = 0; i < half; i++)
            f[i] = f[i + half] > f[i] ? f[i + half] : f[i];
    return f[0];
}

// exp by 2^n times a Taylor polynomial of degree 7 on |r| <= ln 2 / 2, whose remainder is below 6e-9 relative; arguments are kept to where
// the result is a normal number.
inline __attribute__((always_inline)) Lanes exponential(const Lanes &argument)
{
    const Lanes x = smaller(larger(argument, all(-87.0f)), all(88.0f));
    Lanes r;
    EACH_PART
    {
        const Part shifted = x.p[i] * 1.44269504f + 12582912.0f; // the nearest whole number is in the low bits
        const Part n = shifted - 12582912.0f;
        Part y = x.p[i] - n * 0.693359375f;                       // ln 2 in two parts, the first of few bits
        y = y + n * 2.12194440e-4f;
        Part q = y * (1.0f / 5040) + (1.0f / 720);
        q = q * y + (1.0f / 120);
        q = q * y + (1.0f / 24);
        q = q * y + (1.0f / 6);
        q = q * y + 0.5f;
        q = q * y + 1.0f;
        q = q * y + 1.0f;
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

inline __attribute__((always_inline)) Lanes logistic(const Lanes &x)
{
    return inverse(all(1) + exponential(all(0) - x));
}
