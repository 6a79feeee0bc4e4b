// A program's weights: parameters as blocks of sixteen lanes, and gradients back again.
#include "image_plan.h"
#include <cstring>

namespace scoresde {
namespace {
// Calls visit(place among the packed, place on the way back or -1, index of the parameter) for each of its numbers.
template <typename Visit> void each_number(const Packing &k, int64_t size, Visit visit)
{
    const int outputs = k.out_blocks * kLanes;
    if (k.what == Packing::What::Lanes) {
        for (int o = 0; o < outputs; o++)
            if (k.out_map[o] >= 0)
                visit(k.at + o, int64_t(-1), int64_t(k.out_map[o]));
        return;
    }
    if (k.what == Packing::What::Rows) {
        const int64_t width = size / k.in_blocks;
        for (int row = 0; row < k.in_blocks; row++)
            for (int o = 0; o < outputs; o++)
                if (k.out_map[o] >= 0)
                    visit(k.at + int64_t(row) * outputs + o, int64_t(-1), row * width + k.out_map[o]);
        return;
    }
    const int taps = k.side * k.side;
    int64_t channels = 0;
    for (int i = 0; i < k.in_blocks * kLanes; i++)
        channels += k.in_map[i] >= 0;
    for (int ob = 0; ob < k.out_blocks; ob++)
        for (int ib = 0; ib < k.in_blocks; ib++)
            for (int tap = 0; tap < taps; tap++)
                for (int i = 0; i < kLanes; i++) {
                    const int in = k.in_map[ib * kLanes + i];
                    if (in < 0)
                        continue;
                    const int64_t at = k.at + (((int64_t(ob) * k.in_blocks + ib) * taps + tap) * kLanes + i) * kLanes;
                    const int64_t back = k.back + (((int64_t(ib) * k.out_blocks + ob) * taps + (taps - 1 - tap)) * kLanes) * kLanes + i;
                    for (int o = 0; o < kLanes; o++) {
                        const int out = k.out_map[ob * kLanes + o];
                        if (out >= 0)
                            visit(at + o, back + int64_t(o) * kLanes, (out * channels + in) * taps + tap);
                    }
                }
}
} // namespace

// Number `index` of a parameter; bfloat16 is the upper half of a float.
static float number_of(const void *parameter, int64_t index, bool brain)
{
    if (!brain)
        return static_cast<const float *>(parameter)[index];
    const uint32_t bits = uint32_t(static_cast<const uint16_t *>(parameter)[index]) << 16;
    float x;
    std::memcpy(&x, &bits, sizeof x);
    return x;
}

void pack(Plan &plan, const void *const *parameters, bool back)
{
    if (back && !plan.back) {
        plan.back = zeros(plan.back_floats);
        plan.program.back = plan.back.get();
        plan.back_points = zeros(plan.back_point_floats);
        plan.program.back_points = plan.back_points.get();
    }
    float *to = plan.weights.get(), *turned = plan.back.get();
#pragma omp parallel for schedule(dynamic, 1)
    for (size_t i = 0; i < plan.packings.size(); i++) {
        const Packing &k = plan.packings[i];
        const void *from = parameters[k.parameter];
        const bool both = back && k.back >= 0;
        each_number(k, plan.parameter_sizes[k.parameter], [&](int64_t at, int64_t behind, int64_t index) {
            const float x = number_of(from, index, plan.brain);
            to[at] = x;
            if (both)
                turned[behind] = x;
        });
    }
#pragma omp parallel for schedule(dynamic, 1)
    for (size_t i = 0; i < plan.steps.size(); i++) {
        const StepInfo &s = plan.steps[i];
        if (s.op.kind == kConvolve && s.points >= 0)
            plan.backend->turn_weights(to + s.weight, s.in_blocks, s.out_blocks, plan.points.get() + s.points);
        if (s.op.kind == kConvolve && s.few >= 0)
            plan.backend->turn_few_weights(to + s.weight, s.in_blocks, s.last_out, plan.points.get() + s.few);
        if (s.op.kind == kConvolve && s.back_points >= 0 && back)
            plan.backend->turn_weights(turned + s.back, s.out_blocks, s.in_blocks, plan.back_points.get() + s.back_points);
    }
    plan.packed = true;
    plan.back_packed = back;
}

void unpack(const Plan &plan, const float *packed, float *const *gradients)
{
#pragma omp parallel for schedule(dynamic, 1)
    for (size_t i = 0; i < plan.packings.size(); i++) {
        const Packing &k = plan.packings[i];
        float *to = gradients[k.parameter];
        each_number(k, plan.parameter_sizes[k.parameter], [&](int64_t at, int64_t, int64_t index) { to[index] = packed[at]; });
    }
}
} // namespace scoresde
