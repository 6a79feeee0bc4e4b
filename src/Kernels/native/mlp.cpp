// Perceptrons on rows: y[i] = net(x[i]). All layers of a tile of rows are done before the next tile: nothing but x, y and the weights, which stay in the
// second-level cache, is read from memory. A row's bits depend on the row, the weights and the processor's widest vectors alone: not on the other rows,
// its place among them or the threads.
#include "exported.h"
#include "mlp.h"
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <new>

using namespace scoresde_mlp;

namespace {
constexpr int64_t kParallelFrom = 4 << 20; // multiplications below which a second thread costs more than it saves
constexpr int kGroup = 16;                 // tiles are cut at whole vectors

RunTile best(int wanted)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    const bool has512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq");
    const bool has256 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if ((wanted == 0 || wanted == 16) && has512)
        return run_tile_avx512;
    if ((wanted == 0 || wanted == 8) && has256)
        return run_tile_avx2;
#endif
    return wanted == 0 || wanted == 4 ? run_tile_portable : nullptr;
}

// A thread's tile of activations, kept from call to call.
struct Scratch {
    float *memory = nullptr;
    int64_t floats = 0;
    ~Scratch() { std::free(memory); }
    float *of(int64_t wanted)
    {
        if (wanted > floats) {
            std::free(memory);
            floats = (wanted + 15) / 16 * 16;
            memory = static_cast<float *>(std::aligned_alloc(64, floats * sizeof(float)));
            if (!memory)
                floats = 0;
        }
        return memory;
    }
};

float *scratch_of(int64_t floats)
{
    thread_local Scratch scratch;
    return scratch.of(floats);
}

// Checks the list and lays out the buffers. 0 where the list makes sense.
int lay_out(const Layer *layers, int count, Net &net)
{
    if (!layers || count < 1)
        return 1;
    int width[kMostBuffers] = {};
    width[0] = layers[0].in;
    for (int l = 0; l < count; l++) {
        const Layer &layer = layers[l];
        if (!layer.weight || layer.in < 1 || layer.out < 1 || layer.stride < layer.in || layer.source < 0 || layer.source >= kMostBuffers || layer.target < 1
            || layer.target >= kMostBuffers || layer.source == layer.target)
            return 1;
        if (width[layer.source] != layer.in) // was written, with that width
            return 1;
        if ((layer.flags & kAdd) && width[layer.target] != layer.out)
            return 1;
        if (width[layer.target] != 0 && width[layer.target] != layer.out && (layer.flags & kAdd))
            return 1;
        width[layer.target] = layer.out;
    }
    int most[kMostBuffers] = {};
    most[0] = layers[0].in;
    for (int l = 0; l < count; l++)
        most[layers[l].target] = std::max(most[layers[l].target], static_cast<int>(layers[l].out));
    net.layers = layers;
    net.count = count;
    net.dimension_in = layers[0].in;
    net.dimension_out = layers[count - 1].out;
    net.vectors = 0;
    for (int b = 0; b < kMostBuffers; b++) {
        net.offset[b] = net.vectors;
        net.vectors += most[b];
    }
    return 0;
}

SCORESDE_CLONES float dot(const float *a, const float *b, int n)
{
    constexpr int lanes = 16;
    float part[lanes] = {};
    int k = 0;
    for (; k + lanes <= n; k += lanes)
        for (int j = 0; j < lanes; j++)
            part[j] = std::fma(a[k + j], b[k + j], part[j]);
    for (int j = 0; k + j < n; j++)
        part[j] = std::fma(a[k + j], b[k + j], part[j]);
    for (int half = lanes / 2; half > 0; half /= 2)
        for (int j = 0; j < half; j++)
            part[j] += part[j + half];
    return part[0];
}
} // namespace

// y [rows, out of the last layer] = the layers on x [rows, in of the first]. width: lanes of the vectors, 0 for the most this processor has.
// 1: the list makes no sense; 2: no memory; 3: no such width here.
SCORESDE_API int scoresde_perceptron(const Layer *layers, int count, const float *x, float *y, int64_t rows, int width)
{
    Net net;
    if (!x || !y || rows < 0 || lay_out(layers, count, net))
        return 1;
    const RunTile run = best(width);
    if (!run)
        return 3;
    int64_t work = 0;
    for (int l = 0; l < count; l++)
        work += int64_t(layers[l].in) * layers[l].out;
    const int64_t groups = (rows + kGroup - 1) / kGroup, tiles = (groups * kGroup + kTileRows - 1) / kTileRows;
    int failed = 0;
#pragma omp parallel for schedule(dynamic) reduction(| : failed) if (tiles > 1 && rows * work >= kParallelFrom)
    for (int64_t t = 0; t < tiles; t++) {
        const int64_t from = t * groups / tiles * kGroup, to = std::min(rows, (t + 1) * groups / tiles * kGroup);
        float *scratch = scratch_of(int64_t(net.vectors) * kTileRows);
        if (scratch)
            run(net, x + from * net.dimension_in, y + from * net.dimension_out, static_cast<int>(to - from), scratch);
        else
            failed = 1;
    }
    return failed ? 2 : 0;
}

// y [out] = act(weight x + bias): one row, for what all rows share. Sums in sixteen parts, whatever the processor.
SCORESDE_API int scoresde_dense_row(const float *weight, int64_t stride, const float *bias, const float *x, float *y, int in, int out, int silu)
{
    if (!weight || !x || !y || in < 1 || out < 1 || stride < in)
        return 1;
    for (int c = 0; c < out; c++) {
        const float v = dot(weight + c * stride, x, in) + (bias ? bias[c] : 0.0f);
        y[c] = silu ? v / (1.0f + std::exp(-v)) : v;
    }
    return 0;
}
