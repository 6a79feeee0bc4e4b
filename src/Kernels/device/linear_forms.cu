// Several linear forms in one pass: out_j[i] = c_j0 x_j0[i] + c_j1 x_j1[i] + ..., terms in order, a chain of fused multiply-adds whose first link is a product:
// the bits of linear_form.cpp. A term may be noise, which is made on the way and never written to memory, or bfloat16, which is widened.
#include "normals.h"

constexpr int most_forms = 8, most_terms = 128, most_draws = 8;
constexpr int kind_single = 1, kind_brain = 2, kind_draw = 16; // what a term is: 0 the state's type, else float32, bfloat16, or draw number kind - 16

// By value in the kernel's parameters, which take 4096 bytes. FormsArguments.cs writes it: equal layout.
struct Forms {
    i64 elements;
    i64 dimension; // numbers in a sample, for noise
    void* outputs[most_forms];
    const void* terms[most_terms];
    double factors[most_terms];
    Draw draws[most_draws];
    unsigned char kinds[most_terms];
    unsigned char counts[most_forms];
    int forms;
    int aligned; // every array begins at a multiple of 16 bytes
};
static_assert(sizeof(Forms) <= 4096, "a kernel takes 4096 bytes of parameters");

struct alignas(16) Four32 { float v[4]; };
struct alignas(16) Two64 { double v[2]; };
struct alignas(8) Four16 { unsigned short v[4]; };

SST_DEVICE float factor_of(double c, float) { return narrow_of(c); }
SST_DEVICE double factor_of(double c, double) { return c; }

// Four elements from and to memory that is aligned for it, in one access.
SST_DEVICE void load(const float* from, float* x)
{
    const Four32 all = *reinterpret_cast<const Four32*>(from);
    x[0] = all.v[0]; x[1] = all.v[1]; x[2] = all.v[2]; x[3] = all.v[3];
}

SST_DEVICE void load(const double* from, double* x)
{
    const Two64 low = reinterpret_cast<const Two64*>(from)[0], high = reinterpret_cast<const Two64*>(from)[1];
    x[0] = low.v[0]; x[1] = low.v[1]; x[2] = high.v[0]; x[3] = high.v[1];
}

SST_DEVICE void load(const unsigned short* from, unsigned short* x)
{
    const Four16 all = *reinterpret_cast<const Four16*>(from);
    x[0] = all.v[0]; x[1] = all.v[1]; x[2] = all.v[2]; x[3] = all.v[3];
}

SST_DEVICE void store(float* to, const float* x)
{
    Four32 all;
    all.v[0] = x[0]; all.v[1] = x[1]; all.v[2] = x[2]; all.v[3] = x[3];
    *reinterpret_cast<Four32*>(to) = all;
}

SST_DEVICE void store(double* to, const double* x)
{
    Two64 low, high;
    low.v[0] = x[0]; low.v[1] = x[1]; high.v[0] = x[2]; high.v[1] = x[3];
    reinterpret_cast<Two64*>(to)[0] = low;
    reinterpret_cast<Two64*>(to)[1] = high;
}

// What a term's elements are as numbers of the state's type. A single in a form of doubles is widened.
SST_DEVICE float value_of(float x, float) { return x; }
SST_DEVICE double value_of(float x, double) { return (double)x; }
SST_DEVICE double value_of(double x, double) { return x; }
template <typename T> SST_DEVICE T value_of(unsigned short x, T like) { return value_of(with_bits((u32)x << 16), like); }

// Elements i ... of an array of E: all four at once, or the first ones one by one. Loops of constant length keep the four in registers.
template <typename T, typename E, bool Whole> SST_DEVICE void read(const void* array, i64 i, int count, T* x)
{
    E raw[4];
    if (Whole)
        load((const E*)array + i, raw);
    else {
#pragma unroll
        for (int e = 0; e < 4; e++) raw[e] = e < count ? ((const E*)array)[i + e] : E(0);
    }
#pragma unroll
    for (int e = 0; e < 4; e++) x[e] = value_of(raw[e], T(0));
}

// Normals of elements i ... i + count - 1 of the batch; i is a multiple of 4.
SST_DEVICE void draw_four(const Draw& at, i64 i, int count, i64 dimension, float* z)
{
    if (dimension > 2 && dimension % 4 == 0) { // one block
        const i64 row = i / dimension;
        normal_block(at, row, (u32)((i - row * dimension) / 4), z);
        return;
    }
#pragma unroll
    for (int e = 0; e < 4; e++) {
        const i64 row = (i + e) / dimension;
        z[e] = e < count ? normal_at(at, row, (u32)(i + e - row * dimension), (u32)dimension) : 0.0f;
    }
}

template <typename T, bool Whole> SST_DEVICE void quad_of(const Forms& p, i64 i, int count)
{
    float noise[4] = {0, 0, 0, 0}; // of the draw that was made last: forms of one pass often share one
    int made = -1;
    int term = 0;
    for (int j = 0; j < p.forms; j++) {
        T sum[4];
        for (int k = 0; k < p.counts[j]; k++, term++) {
            T x[4];
            const int kind = p.kinds[term];
            if (kind >= kind_draw) {
                if (made != kind - kind_draw) {
                    made = kind - kind_draw;
                    draw_four(p.draws[made], i, count, p.dimension, noise);
                }
#pragma unroll
                for (int e = 0; e < 4; e++) x[e] = value_of(noise[e], T(0));
            } else if (kind == kind_brain)
                read<T, unsigned short, Whole>(p.terms[term], i, count, x);
            else if (kind == kind_single)
                read<T, float, Whole>(p.terms[term], i, count, x);
            else
                read<T, T, Whole>(p.terms[term], i, count, x);
            const T c = factor_of(p.factors[term], T(0));
#pragma unroll
            for (int e = 0; e < 4; e++) sum[e] = k == 0 ? product_of(c, x[e]) : fma_of(c, x[e], sum[e]);
        }
        if (Whole)
            store((T*)p.outputs[j] + i, sum);
        else {
#pragma unroll
            for (int e = 0; e < 4; e++)
                if (e < count) ((T*)p.outputs[j])[i + e] = sum[e];
        }
    }
}

template <typename T> SST_DEVICE void run(const Forms& p)
{
    for (i64 quad = first_index(); quad * 4 < p.elements; quad += index_stride()) {
        const i64 i = quad * 4, left = p.elements - i;
        if (p.aligned && left >= 4)
            quad_of<T, true>(p, i, 4);
        else
            quad_of<T, false>(p, i, left < 4 ? (int)left : 4);
    }
}

SST_KERNEL void linear_forms_f32(Forms p) { run<float>(p); }
SST_KERNEL void linear_forms_f64(Forms p) { run<double>(p); }

// What a step is measured against: 16 bytes in, 16 bytes out.
SST_KERNEL void copy_16(const Four32* from, Four32* to, i64 count)
{
    for (i64 i = first_index(); i < count; i += index_stride()) to[i] = from[i];
}
