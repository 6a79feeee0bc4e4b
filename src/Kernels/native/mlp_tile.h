// One tile of rows through all layers. A lane is a row: activations are stored [feature][row], so no layer's width has to suit the vectors, and a row's
// arithmetic (bias, then one fused multiply-add a feature in order) does not depend on the rows beside it. Included once for each vector width V.
#pragma once
#include "mlp.h"

namespace {
using namespace scoresde_mlp;

// C features of the target for R vectors of rows: the sums stay in registers. The first block of a layer puts the source through SiLU on the way, two
// features ahead of their use, so that its divisions run beside the multiplications.
template <class V, int R, int C, bool Silu>
inline __attribute__((always_inline)) void block(const Layer &layer, int first, float *source, float *target)
{
    using T = typename V::T;
    constexpr int P = R * V::width, ahead = 2;
    const int64_t stride = layer.stride;
    const int in = layer.in;
    const auto activate = [source](int k) __attribute__((always_inline)) {
#pragma GCC unroll 16
        for (int r = 0; r < R; r++) {
            float *a = source + int64_t(k) * P + r * V::width;
            V::store(a, V::silu(V::load(a)));
        }
    };
    T sum[C][R];
#pragma GCC unroll 16
    for (int c = 0; c < C; c++) {
        float b = layer.bias ? layer.bias[first + c] : 0.0f;
        if (layer.shift)
            b += layer.shift[first + c];
#pragma GCC unroll 16
        for (int r = 0; r < R; r++)
            sum[c][r] = V::splat(b);
    }
    const float *w = layer.weight + first * stride;
    const float *a = source;
    const auto multiply = [&]() __attribute__((always_inline)) {
        T x[R];
#pragma GCC unroll 16
        for (int r = 0; r < R; r++)
            x[r] = V::load(a + r * V::width);
#pragma GCC unroll 16
        for (int c = 0; c < C; c++) {
            const T b = V::splat(w[c * stride]);
#pragma GCC unroll 16
            for (int r = 0; r < R; r++)
                sum[c][r] = V::fma(x[r], b, sum[c][r]);
        }
        a += P;
        w++;
    };
    int k = 0;
    if (Silu) {
        for (int i = 0; i < ahead && i < in; i++)
            activate(i);
        for (; k + ahead < in; k++) {
            activate(k + ahead);
            __asm__ volatile("" ::: "memory"); // or the compiler keeps what was just stored, for want of registers in memory
            multiply();
        }
    } else {
        for (; k + 4 <= in; k += 4) {
            multiply();
            multiply();
            multiply();
            multiply();
        }
    }
    for (; k < in; k++)
        multiply();
    float *to = target + int64_t(first) * P;
    if (layer.flags & kAdd) {
#pragma GCC unroll 16
        for (int c = 0; c < C; c++)
#pragma GCC unroll 16
            for (int r = 0; r < R; r++)
                sum[c][r] = V::add(V::load(to + c * P + r * V::width), sum[c][r]);
    }
#pragma GCC unroll 16
    for (int c = 0; c < C; c++)
#pragma GCC unroll 16
        for (int r = 0; r < R; r++)
            V::store(to + c * P + r * V::width, sum[c][r]);
}

// As many whole blocks of C features as there are left from feature c.
template <class V, int R, int C> void blocks(const Layer &layer, int &c, bool &silu, float *source, float *target)
{
    if (silu && c + C <= layer.out) {
        block<V, R, C, true>(layer, c, source, target);
        silu = false;
        c += C;
    }
    for (; c + C <= layer.out; c += C)
        block<V, R, C, false>(layer, c, source, target);
}

template <class V, int R> void dense(const Layer &layer, float *source, float *target)
{
    bool silu = layer.flags & kSilu;
    int c = 0;
    blocks<V, R, V::columns>(layer, c, silu, source, target);
    if (V::columns > 8)
        blocks<V, R, 8>(layer, c, silu, source, target);
    if (V::columns > 4)
        blocks<V, R, 4>(layer, c, silu, source, target);
    blocks<V, R, 2>(layer, c, silu, source, target);
    blocks<V, R, 1>(layer, c, silu, source, target);
}

template <class V, int R> void part(const Net &net, const float *x, float *y, int rows, float *scratch)
{
    constexpr int P = R * V::width;
    const auto buffer = [&](int i) { return scratch + int64_t(net.offset[i]) * P; };
    float *in = buffer(0);
    const int n = net.dimension_in, m = net.dimension_out;
    for (int j = 0; j < n; j++) {
        for (int i = 0; i < rows; i++)
            in[j * P + i] = x[int64_t(i) * n + j];
        for (int i = rows; i < P; i++)
            in[j * P + i] = 0; // rows that are not there: their results are not read
    }
    for (int l = 0; l < net.count; l++)
        dense<V, R>(net.layers[l], buffer(net.layers[l].source), buffer(net.layers[l].target));
    const float *out = buffer(net.layers[net.count - 1].target);
    for (int j = 0; j < m; j++)
        for (int i = 0; i < rows; i++)
            y[int64_t(i) * m + j] = out[j * P + i];
}

template <class V> void tile(const Net &net, const float *x, float *y, int rows, float *scratch)
{
    constexpr int W = V::width;
    while (rows > 0) {
        const int now = rows < V::most * W ? rows : V::most * W;
        if (V::most > 2 && now > 2 * W)
            part<V, V::most>(net, x, y, now, scratch);
        else if (now > W)
            part<V, 2>(net, x, y, now, scratch);
        else
            part<V, 1>(net, x, y, now, scratch);
        x += int64_t(now) * net.dimension_in;
        y += int64_t(now) * net.dimension_out;
        rows -= now;
    }
}

// 2^f for 0 <= f < 1: the polynomial of degree 5 of least relative error, 1.5e-7 with its rounding.
constexpr float kExp0 = 0.9999999403953552f, kExp1 = 0.6931530833244324f, kExp2 = 0.24015361070632935f, kExp3 = 0.05582631751894951f,
                kExp4 = 0.00898933969438076f, kExp5 = 0.0018775766948238015f;
constexpr float kMinusLog2E = -1.44269504088896341f;
} // namespace
