// A convolutional network on images as a list of operations over tensors of sixteen channels a block: what the kernels of every instruction
// set run, and nothing but plain data, so that no inline function is compiled twice for different processors.
#pragma once
#include <cstdint>

namespace scoresde {
constexpr int kLanes = 16; // channels of a block
constexpr int kFew = 3;    // outputs that few_outputs.h is the faster way to

// Winograd's way (winograd.h): the side of a tile of results, points, tiles at a time, and from a tile's points to the next tile's, an odd
// number of cache lines so that tiles do not share a set.
constexpr int kSide = 4, kPoints = (kSide + 2) * (kSide + 2), kTiles = 14, kPitch = (kPoints + 1) * kLanes;

enum Kind : int32_t { kInput = 0, kConvolve = 1, kNormalise = 2, kResize = 3, kAttend = 4, kOutput = 5 };

// As the caller describes it; tensors and parameters by index, -1 for none.
struct Operation {
    int32_t kind;
    int32_t in0, in1; // in1: channels that follow those of in0
    int32_t out;
    int32_t residual; // added to a convolution's result
    int32_t weight, bias;
    int32_t given;    // index of the vector of the sample that is added to a convolution's result
    int32_t side, stride;
    int32_t silu;
    int32_t groups, channels;
    int32_t heads, head_channels;
    int32_t map_in, map_out; // where the channel of each lane is found among the maps; -1 there for a lane that is always zero
    int32_t patch;
};

struct Shape {
    int32_t blocks, height, width, padded; // padded: a border of zeros one pixel wide
};

// The vector of a sample that every block is given: sinusoids of the time, two dense layers, a row for the class, SiLU.
struct Condition {
    int32_t features, width, classes;
    int32_t first_weight, first_bias, second_weight, second_bias, class_rows;
};

// A dense layer from that vector to a tensor's channels.
struct Given {
    int32_t weight, bias, blocks, map;
};

struct TensorInfo {
    Shape shape;
    int64_t size;                // floats of an image
    int64_t value, value_size;   // where inference keeps it, and floats from an image to the next: a place is shared by tensors of other sizes
    int64_t kept;                // where training keeps it
    int64_t gradient, gradient_size;
    int32_t gradient_padded, needs_gradient;
};

struct StepInfo {
    Operation op;
    int32_t in_blocks, out_blocks, last_in, last_out; // lanes in use of the last block
    int64_t weight, bias;     // offsets into packed weights and into their gradients
    int64_t back;             // offset of the weights of the way back, into their own array
    int64_t aux, aux_size;    // what the way back needs beside tensors: statistics, attention weights
    int64_t spread;           // place for the gradient of a strided convolution with zeros between
    int64_t points, back_points; // offsets of the weights for Winograd's way, -1 where it is not taken
    int64_t few;              // the same for few outputs
    int64_t given;            // offset of the given vectors for one sample, in blocks' floats
    const int32_t *in_map, *out_map;
    int32_t together;         // images that go through it at once
};

struct DenseInfo {
    int32_t in_blocks, out_blocks, last_in, last_out;
    int64_t weight, bias, back;
    int64_t table; // where its results are, in floats of one sample
};

struct Program {
    int32_t step_count, tensor_count, given_count, group; // group: images whose tensors a thread keeps
    const StepInfo *steps;
    const TensorInfo *tensors;
    Condition condition;
    DenseInfo first, second;
    const DenseInfo *givens;
    int64_t class_rows;                // offset, [classes + 1][blocks * 16]
    const float *weights, *back, *points, *back_points;
    int64_t given_floats, kept_floats; // a sample's floats in the tables of given vectors and of what leads to them
    int64_t value_floats, train_floats, scratch_floats; // memory of a thread: for an image, and beside
    int32_t image_channels, height, width; // of x
    int32_t features_blocks, width_blocks;
    int32_t most_lanes;
};

struct Batch {
    const float *x, *time;
    const int64_t *labels;             // null: no condition
    float *out;                        // null in training if not wanted
    int64_t count;
    const float *target, *row_weights; // training
};

// What a processor's kernels offer. Tables are [block][sample][16].
struct Backend {
    const char *name;
    void (*embed)(const Program &, const Batch &, int64_t from, int64_t to, float *kept, float *given);
    void (*embed_back)(const Program &, const Batch &, const float *kept, const float *given_gradient, float *gradients, float *scratch);
    void (*forward)(const Program &, const Batch &, int64_t from, int64_t to, const float *given, float *memory);
    // The rows' weighted mean squared errors, summed; gradients are added up.
    double (*train)(const Program &, const Batch &, int64_t from, int64_t to, const float *given, float *given_gradient, float *memory, float *gradients);
    // Adam and the average of one array, the way of src/Training.
    void (*adam)(float *w, const float *g, float *m, float *v, float *average, int64_t count, const double *numbers);
    uint64_t (*print)(const float *values, int64_t count); // other numbers, other print: one changed number always, many with odds of 2^-64 to the contrary
    void (*turn_weights)(const float *from, int in_blocks, int out_blocks, float *to); // for Winograd's way
    void (*turn_few_weights)(const float *from, int in_blocks, int outputs, float *to); // for few outputs
    unsigned (*flush_small)(void);     // makes numbers below the normal range zero; returns what restores the state
    void (*restore)(unsigned);
};

const Backend *plain_backend();
const Backend *avx2_backend();
const Backend *avx512_backend();
} // namespace scoresde
