// Several linear forms in one pass: out_j[i] = c_j0 x_j0[i] + c_j1 x_j1[i] + ..., terms in order, a chain of fused multiply-adds whose first link is a product:
// the bits of linear_form.cpp. A term may be noise, which is made on the way and never written to memory, or bfloat16, which is widened.
#include "normals.h"

constexpr int most_forms = 8, most_terms = 128, most_draws = 8;
constexpr int kind_state = 0, kind_single = 1, kind_brain = 2, kind_draw = 16; // what a term is: the state's type, float32, bfloat16, or draw number kind - 16

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

SST_DEVICE void load(const float* from, int count, bool aligned, float* x)
{
    if (aligned && count == 4) {
        const Four32 all = *reinterpret_cast<const Four32*>(from);
        for (int e = 0; e < 4; e++) x[e] = all.v[e];
    } else
        for (int e = 0; e < count; e++) x[e] = from[e];
}

SST_DEVICE void load(const double* from, int count, bool aligned, double* x)
{
    if (aligned && count == 4) {
        const Two64 low = reinterpret_cast<const Two64*>(from)[0], high = reinterpret_cast<const Two64*>(from)[1];
        x[0] = low.v[0]; x[1] = low.v[1]; x[2] = high.v[0]; x[3] = high.v[1];
    } else
        for (int e = 0; e < count; e++) x[e] = from[e];
}

template <typename T> SST_DEVICE void load_brain(const unsigned short* from, int count, bool aligned, T* x)
{
    if (aligned && count == 4) {
        const Four16 all = *reinterpret_cast<const Four16*>(from);
        for (int e = 0; e < 4; e++) x[e] = (T)with_bits((u32)all.v[e] << 16);
    } else
        for (int e = 0; e < count; e++) x[e] = (T)with_bits((u32)from[e] << 16);
}

SST_DEVICE void store(float* to, int count, bool aligned, const float* x)
{
    if (aligned && count == 4) {
        Four32 all;
        for (int e = 0; e < 4; e++) all.v[e] = x[e];
        *reinterpret_cast<Four32*>(to) = all;
    } else
        for (int e = 0; e < count; e++) to[e] = x[e];
}

SST_DEVICE void store(double* to, int count, bool aligned, const double* x)
{
    if (aligned && count == 4) {
        Two64 low, high;
        low.v[0] = x[0]; low.v[1] = x[1]; high.v[0] = x[2]; high.v[1] = x[3];
        reinterpret_cast<Two64*>(to)[0] = low;
        reinterpret_cast<Two64*>(to)[1] = high;
    } else
        for (int e = 0; e < count; e++) to[e] = x[e];
}

// Normals of elements i ... i + count - 1 of the batch; i is a multiple of 4.
SST_DEVICE void draw_four(const Draw& at, i64 i, int count, i64 dimension, float* z)
{
    if (dimension > 2 && dimension % 4 == 0) { // one block
        const i64 row = i / dimension;
        normal_block(at, row, (u32)((i - row * dimension) / 4), z);
        return;
    }
    for (int e = 0; e < count; e++) {
        const i64 row = (i + e) / dimension;
        z[e] = normal_at(at, row, (u32)(i + e - row * dimension), (u32)dimension);
    }
}

template <typename T> SST_DEVICE void run(const Forms& p)
{
    const bool aligned = p.aligned != 0;
    for (i64 quad = first_index(); quad * 4 < p.elements; quad += index_stride()) {
        const i64 i = quad * 4, left = p.elements - i;
        const int count = left < 4 ? (int)left : 4;
        float noise[4]; // of the last draw that was made: forms of one pass often share one
        int made = -1;
        int term = 0;
        for (int j = 0; j < p.forms; j++) {
            T sum[4];
            for (int k = 0; k < p.counts[j]; k++, term++) {
                T x[4];
                const int kind = p.kinds[term];
                if (kind >= kind_draw) {
                    if (made != kind - kind_draw) draw_four(p.draws[made = kind - kind_draw], i, count, p.dimension, noise);
                    for (int e = 0; e < count; e++) x[e] = (T)noise[e];
                } else if (kind == kind_brain)
                    load_brain((const unsigned short*)p.terms[term] + i, count, aligned, x);
                else if (kind == kind_single) {
                    float single[4];
                    load((const float*)p.terms[term] + i, count, aligned, single);
                    for (int e = 0; e < count; e++) x[e] = (T)single[e];
                } else
                    load((const T*)p.terms[term] + i, count, aligned, x);
                const T c = factor_of(p.factors[term], T(0));
                for (int e = 0; e < count; e++) sum[e] = k == 0 ? product_of(c, x[e]) : fma_of(c, x[e], sum[e]);
            }
            store((T*)p.outputs[j] + i, count, aligned, sum);
        }
    }
}

SST_KERNEL void linear_forms_f32(Forms p) { run<float>(p); }
SST_KERNEL void linear_forms_f64(Forms p) { run<double>(p); }

// What a step is measured against: 16 bytes in, 16 bytes out.
SST_KERNEL void copy_16(const Four32* from, Four32* to, i64 count)
{
    for (i64 i = first_index(); i < count; i += index_stride()) to[i] = from[i];
}
