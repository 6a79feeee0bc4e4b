// What each operation of a program needs: places of its weights, scratch.
#include "image_plan.h"
#include <algorithm>

namespace scoresde {
namespace {
int32_t last_lanes(const int32_t *map, int blocks)
{
    int last = 1;
    for (int i = 0; i < kLanes; i++)
        if (map[(blocks - 1) * kLanes + i] >= 0)
            last = i + 1;
    return last;
}

// Whether tiles of four by four make fewer products than nine a result.
bool by_tiles(const Shape &s)
{
    const int64_t tiles = int64_t((s.height + kSide - 1) / kSide) * ((s.width + kSide - 1) / kSide);
    return tiles * kPoints < int64_t(9) * s.height * s.width;
}

bool lay_out_convolution(Plan &plan, StepInfo &s, int64_t &scratch)
{
    const Operation &op = s.op;
    const Shape &size = plan.tensors[op.out].shape;
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
    scratch = int64_t(plan.program.group) * s.out_blocks * kLanes + int64_t(kTiles) * kPitch * (std::max(s.in_blocks, s.out_blocks) + 2);
    return true;
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
        if (!lay_out_convolution(plan, s, scratch))
            return false;
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
} // namespace scoresde
