// A program as its maker holds it: its own memory, the packed weights and each thread's memory.
#pragma once
#include "image_program.h"
#include <cstdlib>
#include <memory>
#include <mutex>
#include <vector>

namespace scoresde {
struct Free {
    void operator()(float *p) const { std::free(p); }
};
using Floats = std::unique_ptr<float, Free>;

// Zeroed floats on a cache line; throws std::bad_alloc.
Floats zeros(int64_t count);

// Where a parameter's numbers go among the packed ones.
struct Packing {
    enum class What { Square, Lanes, Rows } what;
    int32_t parameter;
    int64_t at, back; // back: -1 for none
    int32_t in_blocks, out_blocks, side;
    const int32_t *in_map, *out_map;
};

struct Plan {
    Program program{};
    std::vector<StepInfo> steps;
    std::vector<TensorInfo> tensors;
    std::vector<DenseInfo> givens;
    std::vector<std::vector<int32_t>> groups; // of the lanes of normalisations
    std::vector<int32_t> maps, counting; // counting: 0, 1, 2, ...
    std::vector<Packing> packings;
    std::vector<int64_t> parameter_sizes;
    int64_t packed_floats = 0, back_floats = 0, point_floats = 0, back_point_floats = 0;
    Floats weights, back, points, back_points;
    bool packed = false, back_packed = false;
    bool brain = false; // whether parameters are bfloat16
    uint64_t print = 0;
    const Backend *backend = nullptr;
    std::vector<Floats> memories, train_memories, gradients;
    Floats kept, given, given_gradient, embed_scratch;
    int64_t table_samples = 0, train_samples = 0;
    std::mutex lock;
};

// The kernels of that name, or the widest that the processor has.
const Backend *widest(const char *wanted);

// Where so many floats begin, from a cache line on; `at` goes on behind them.
inline int64_t take(int64_t &at, int64_t count)
{
    const int64_t was = at;
    at += (count + kLanes - 1) / kLanes * kLanes;
    return was;
}

void lay_out_values(Plan &plan);
void lay_out_kept(Plan &plan);

// Lays out tensors, weights and scratch; false where the description does not hold together.
bool lay_out(Plan &plan, const Given *givens);
void pack(Plan &plan, const void *const *parameters, bool back);
void unpack(const Plan &plan, const float *packed, float *const *gradients);
} // namespace scoresde
