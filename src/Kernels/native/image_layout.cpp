// Memory of a program: tensors that inference may lay over each other, weights in blocks, scratch.
#include "image_plan.h"
#include <algorithm>
#include <cstring>
#include <new>

namespace scoresde {
Floats zeros(int64_t count)
{
    const size_t bytes = (size_t(count) * sizeof(float) + 63) / 64 * 64 + 64;
    Floats memory(static_cast<float *>(std::aligned_alloc(64, bytes)));
    if (!memory)
        throw std::bad_alloc();
    std::memset(memory.get(), 0, bytes);
    return memory;
}

namespace {
int32_t last_lanes(const int32_t *map, int blocks)
{
    int last = 1;
    for (int i = 0; i < kLanes; i++)
        if (map[(blocks - 1) * kLanes + i] >= 0)
            last = i + 1;
    return last;
}

// A place of inference's memory: free again after its tensor's last use. Borders stay zero because a padded place keeps its geometry.
struct Slot {
    int32_t padded, height, width;
    int64_t size;
    int free_from;
    std::vector<int> tensors;
};

void lay_out_values(Plan &plan)
{
    std::vector<int> last(plan.tensors.size(), -1);
    for (size_t i = 0; i < plan.steps.size(); i++)
        for (const int t : {plan.steps[i].op.in0, plan.steps[i].op.in1, plan.steps[i].op.residual})
            if (t >= 0)
                last[t] = int(i);
    std::vector<Slot> slots;
    for (size_t i = 0; i < plan.steps.size(); i++) {
        const int t = plan.steps[i].op.out;
        if (t < 0)
            continue;
        const TensorInfo &info = plan.tensors[t];
        Slot *best = nullptr;
        for (Slot &s : slots) {
            const bool fits = s.padded == info.shape.padded
                && (!s.padded || (s.height == info.shape.height && s.width == info.shape.width)) && s.free_from <= int(i);
            if (fits && (!best || std::abs(s.size - info.size) < std::abs(best->size - info.size)))
                best = &s;
        }
        if (!best) {
            slots.push_back(Slot{info.shape.padded, info.shape.height, info.shape.width, 0, 0, {}});
            best = &slots.back();
        }
        best->size = std::max(best->size, info.size);
        best->free_from = last[t] + 1;
        best->tensors.push_back(t);
    }
    int64_t at = 0;
    for (const Slot &s : slots) {
        for (const int t : s.tensors) {
            plan.tensors[t].value = at;
            plan.tensors[t].value_size = s.size;
        }
        at += s.size;
    }
    plan.program.value_floats = at;
}

int64_t take(int64_t &at, int64_t count)
{
    const int64_t was = at;
    at += (count + kLanes - 1) / kLanes * kLanes;
    return was;
}

void lay_out_kept(Plan &plan)
{
    int64_t at = 0;
    for (TensorInfo &t : plan.tensors) {
        t.kept = take(at, t.size);
        t.gradient = take(at, t.gradient_size);
    }
    for (StepInfo &s : plan.steps) {
        s.aux = take(at, s.aux_size);
        if (s.op.kind == kConvolve && s.op.stride > 1) {
            const Shape &in = plan.tensors[s.op.in0].shape;
            s.spread = take(at, int64_t(s.out_blocks) * (in.height + 2) * (in.width + 2) * kLanes);
        }
    }
    plan.program.train_floats = at;
}

// Whether tiles of four by four make fewer products than nine a result.
bool by_tiles(const Shape &s)
{
    const int64_t tiles = int64_t((s.height + kSide - 1) / kSide) * ((s.width + kSide - 1) / kSide);
    return tiles * kPoints < int64_t(9) * s.height * s.width;
}

bool lay_out_step(Plan &plan, StepInfo &s)
{
    const Operation &op = s.op;
    Program &p = plan.program;
    s.in_blocks = (op.in0 >= 0 ? plan.tensors[op.in0].shape.blocks : 0) + (op.in1 >= 0 ? plan.tensors[op.in1].shape.blocks : 0);
    s.out_blocks = op.out >= 0 ? plan.tensors[op.out].shape.blocks : 0;
    s.in_map = op.map_in >= 0 ? plan.maps.data() + op.map_in : nullptr;
    s.out_map = op.map_out >= 0 ? plan.maps.data() + op.map_out : nullptr;
    const Shape &size = plan.tensors[op.out >= 0 ? op.out : op.in0].shape;
    s.together = std::clamp(512 / (size.height * size.width), 1, p.group);
    s.points = s.back_points = s.few = -1;
    int64_t scratch = 0;
    if (op.kind == kConvolve) {
        if (!s.in_map || !s.out_map || (op.side != 1 && op.side != 3) || (op.stride != 1 && op.stride != 2))
            return false;
        if (op.side == 3 && (op.in1 >= 0 || !plan.tensors[op.in0].shape.padded))
            return false;
        s.last_in = last_lanes(s.in_map, s.in_blocks);
        s.last_out = last_lanes(s.out_map, s.out_blocks);
        const int64_t floats = int64_t(s.in_blocks) * s.out_blocks * op.side * op.side * kLanes * kLanes;
        s.weight = take(plan.packed_floats, floats);
        s.bias = take(plan.packed_floats, int64_t(s.out_blocks) * kLanes);
        s.back = take(plan.back_floats, floats);
        s.given = op.given >= 0 ? plan.givens[op.given].table : 0;
        plan.packings.push_back({Packing::What::Square, op.weight, s.weight, s.back, s.in_blocks, s.out_blocks, op.side, s.in_map, s.out_map});
        plan.packings.push_back({Packing::What::Lanes, op.bias, s.bias, -1, 0, s.out_blocks, 0, nullptr, s.out_map});
        if (op.side == 3) {
            TensorInfo &out = plan.tensors[op.out];
            out.gradient_padded = 1;
            out.gradient_size = int64_t(out.shape.blocks) * (out.shape.height + 2) * (out.shape.width + 2) * kLanes;
        }
        const int64_t weights = int64_t(s.in_blocks) * s.out_blocks * kPoints * kLanes * kLanes;
        if (op.side == 3 && op.stride == 1 && s.out_blocks == 1 && s.last_out <= kFew)
            s.few = take(plan.point_floats, int64_t(s.last_out) * s.in_blocks * 9 * kLanes);
        else if (op.side == 3 && op.stride == 1 && by_tiles(size) && (s.in_blocks > 1 || s.last_in == kLanes))
            s.points = take(plan.point_floats, weights);
        if (op.side == 3 && by_tiles(plan.tensors[op.in0].shape) && (s.out_blocks > 1 || s.last_out == kLanes))
            s.back_points = take(plan.back_point_floats, weights);
        scratch = int64_t(p.group) * s.out_blocks * kLanes + int64_t(kTiles) * kPitch * (std::max(s.in_blocks, s.out_blocks) + 2);
    } else if (op.kind == kNormalise) {
        if (!s.in_map || op.groups < 1 || op.channels % op.groups != 0 || s.in_blocks != s.out_blocks)
            return false;
        const int64_t lanes = int64_t(s.in_blocks) * kLanes;
        s.weight = take(plan.packed_floats, lanes);
        s.bias = take(plan.packed_floats, lanes);
        std::vector<int32_t> &group = plan.groups.emplace_back(lanes);
        for (int64_t i = 0; i < lanes; i++)
            group[i] = s.in_map[i] < 0 ? -1 : s.in_map[i] / (op.channels / op.groups);
        s.out_map = group.data();
        s.aux_size = 2 * lanes;
        plan.packings.push_back({Packing::What::Lanes, op.weight, s.weight, -1, 0, s.in_blocks, 0, nullptr, s.in_map});
        plan.packings.push_back({Packing::What::Lanes, op.bias, s.bias, -1, 0, s.in_blocks, 0, nullptr, s.in_map});
        scratch = s.aux_size + 4 * lanes;
    } else if (op.kind == kAttend) {
        const Shape &in = plan.tensors[op.in0].shape;
        const int64_t pixels = int64_t(in.height) * in.width, keys = (pixels + kLanes - 1) / kLanes;
        const int depth = (op.head_channels + kLanes - 1) / kLanes;
        if (pixels > 4096 || in.padded || in.blocks != 3 * op.heads * depth || s.out_blocks != op.heads * depth)
            return false;
        s.aux_size = op.heads * keys * pixels * kLanes;
        scratch = s.aux_size + keys * depth * kLanes * kLanes + keys * pixels * kLanes;
    } else if (op.kind == kInput)
        plan.tensors[op.out].needs_gradient = 0;
    p.scratch_floats = std::max(p.scratch_floats, scratch);
    return true;
}
} // namespace

bool lay_out(Plan &plan, const Given *givens)
{
    Program &p = plan.program;
    const Condition &c = p.condition;
    p.features_blocks = (c.features + kLanes - 1) / kLanes;
    p.width_blocks = (c.width + kLanes - 1) / kLanes;
    const int longest = std::max(p.features_blocks, p.width_blocks) * kLanes;
    plan.counting.assign(2 * longest, -1);
    int32_t *features = plan.counting.data(), *width = features + longest;
    for (int i = 0; i < c.features; i++)
        features[i] = i;
    for (int i = 0; i < c.width; i++)
        width[i] = i;
    const auto layer = [&](int in_blocks, const int32_t *in_map, int out_blocks, const int32_t *out_map, int weight, int bias, int64_t at) {
        DenseInfo d{in_blocks, out_blocks, last_lanes(in_map, in_blocks), last_lanes(out_map, out_blocks), 0, 0, 0, at};
        const int64_t floats = int64_t(in_blocks) * out_blocks * kLanes * kLanes;
        d.weight = take(plan.packed_floats, floats);
        d.bias = take(plan.packed_floats, int64_t(out_blocks) * kLanes);
        d.back = take(plan.back_floats, floats);
        plan.packings.push_back({Packing::What::Square, weight, d.weight, d.back, in_blocks, out_blocks, 1, in_map, out_map});
        plan.packings.push_back({Packing::What::Lanes, bias, d.bias, -1, 0, out_blocks, 0, nullptr, out_map});
        return d;
    };
    p.first = layer(p.features_blocks, features, p.width_blocks, width, c.first_weight, c.first_bias, 0);
    p.second = layer(p.width_blocks, width, p.width_blocks, width, c.second_weight, c.second_bias, 0);
    if (c.classes > 0) {
        p.class_rows = take(plan.packed_floats, int64_t(c.classes + 1) * p.width_blocks * kLanes);
        plan.packings.push_back({Packing::What::Rows, c.class_rows, p.class_rows, -1, c.classes + 1, p.width_blocks, 0, nullptr, width});
    }
    for (int i = 0; i < p.given_count; i++) {
        plan.givens.push_back(layer(p.width_blocks, width, givens[i].blocks, plan.maps.data() + givens[i].map, givens[i].weight, givens[i].bias, p.given_floats));
        p.given_floats += int64_t(givens[i].blocks) * kLanes;
    }
    p.kept_floats = int64_t(p.features_blocks + 4 * p.width_blocks) * kLanes;
    p.scratch_floats = 2 * int64_t(p.image_channels) * p.height * p.width;
    for (StepInfo &s : plan.steps)
        if (!lay_out_step(plan, s))
            return false;
    lay_out_values(plan);
    lay_out_kept(plan);
    p.steps = plan.steps.data();
    p.tensors = plan.tensors.data();
    p.givens = plan.givens.data();
    plan.weights = zeros(plan.packed_floats);
    plan.points = zeros(plan.point_floats);
    p.points = plan.points.get();
    p.weights = plan.weights.get();
    return true;
}

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
