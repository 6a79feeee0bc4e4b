// A perceptron as a list of dense layers, and its runs on rows. Shared by mlp.cpp and the three widths it is compiled for.
#pragma once
#include <cstdint>

namespace scoresde_mlp {
constexpr int kSilu = 1; // the result goes through SiLU
constexpr int kAdd = 2;  // the result is added to what the target holds, before that
constexpr int kMostBuffers = 8;

// target = act([target +] weight source + bias + shift). Buffers are numbered; 0 is the input, the last layer's target is the output.
struct Layer {
    const float *weight; // [out, >= in] row after row, stride floats from row to row
    const float *bias;   // [out], or null
    const float *shift;  // [out], or null: what depends on the time alone
    int64_t stride;
    int32_t in, out, source, target, flags, reserved;
};

struct Net {
    const Layer *layers;
    int count;
    int dimension_in, dimension_out;
    int offset[kMostBuffers]; // of each buffer in a tile's scratch, in vectors
    int vectors;              // of scratch, for one vector of rows
};

// Rows [0, rows) of x [rows, dimension_in] to y [rows, dimension_out], at most kTileRows of them; scratch holds kTileRows floats for each of net.vectors.
using RunTile = void (*)(const Net &net, const float *x, float *y, int rows, float *scratch);

void run_tile_avx512(const Net &, const float *, float *, int, float *);
void run_tile_avx2(const Net &, const float *, float *, int, float *);
void run_tile_portable(const Net &, const float *, float *, int, float *);

constexpr int kTileRows = 48; // three vectors of 16, six of 8, twelve of 4
} // namespace scoresde_mlp
