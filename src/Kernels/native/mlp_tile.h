// One tile of rows through all layers. A lane is a row: activations are stored [feature][row], so no layer's width has to suit the vectors, and a row's
// arithmetic (bias, then one fused multiply-add a feature in order) does not depend on the rows beside it. Included once for each vector width V, which says
// how many rows make a vector (width), of how many features and vectors of rows the sums stay in registers (columns, most) and how many vectors go through
// SiLU together.
#pragma once
#include "mlp.h"

namespace {
using namespace scoresde_mlp;

// 2^f for 0 <= f < 1: the polynomial of degree 5 of least relative error, 1.5e-7 with its rounding.
constexpr float kExp[] = {0.9999999403953552f, 0.6931530833244324f, 0.24015361070632935f, 0.05582631751894951f, 0.00898933969438076f, 0.0018775766948238015f};
constexpr float kMinusLog2E = -1.44269504088896341f;

// x / (1 + 2^t), t = -x log2 e, in place on N vectors. Each step is done on all of them before the next: one after the other they would wait for results.
template <class V, int N> inline __attribute__((always_inline)) void silu(float *a)
{
    using T = typename V::T;
    T x[N], n[N], f[N], p[N];
#pragma GCC unroll 16
    for (int i = 0; i < N; i++) {
        x[i] = V::load(a + i * V::width);
        V::split(V::mul(x[i], V::splat(kMinusLog2E)), n[i], f[i]);
    }
#pragma GCC unroll 16
    for (int i = 0; i < N; i++)
        p[i] = V::splat(kExp[5]);
#pragma GCC unroll 16
    for (int k = 4; k >= 0; k--)
#pragma GCC unroll 16
        for (int i = 0; i < N; i++)
            p[i] = V::fma(p[i], f[i], V::splat(kExp[k]));
#pragma GCC unroll 16
    for (int i = 0; i < N; i++)
        p[i] = V::add(V::times_power(p[i], n[i]), V::splat(1));
#pragma GCC unroll 16
    for (int i = 0; i < N; i++)
        V::store(a + i * V::width, V::divide(x[i], p[i]));
}

// Vectors through SiLU, as many together as there are registers for.
template <class V, int Count> inline __attribute__((always_inline)) void activate(float *a)
{
    constexpr int N = V::together;
    for (int i = 0; i + N <= Count; i += N)
        silu<V, N>(a + i * V::width);
    if constexpr (Count % N > 0)
        silu<V, Count % N>(a + Count / N * N * V::width);
}

// C features of the target for R vectors of rows: the sums stay in registers.
template <class V, int R, int C> inline __attribute__((always_inline)) void block(const Layer &layer, int first, const float *source, float *target)
{
    using T = typename V::T;
    constexpr int P = R * V::width;
    const int64_t stride = layer.stride;
    const int in = layer.in;
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
    for (int k = 0; k < in; k++)
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
    if (layer.flags & kSilu)
        activate<V, C * R>(to);
}

// As many whole blocks of C features as there are left from feature c.
template <class V, int R, int C> void blocks(const Layer &layer, int &c, const float *source, float *target)
{
    for (; c + C <= layer.out; c += C)
        block<V, R, C>(layer, c, source, target);
}

template <class V, int R> void dense(const Layer &layer, const float *source, float *target)
{
    int c = 0;
    blocks<V, R, V::columns>(layer, c, source, target);
    if (V::columns > 8)
        blocks<V, R, 8>(layer, c, source, target);
    if (V::columns > 4)
        blocks<V, R, 4>(layer, c, source, target);
    blocks<V, R, 2>(layer, c, source, target);
    blocks<V, R, 1>(layer, c, source, target);
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
} // namespace
