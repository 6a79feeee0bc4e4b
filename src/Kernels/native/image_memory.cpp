// Memory of a program: tensors that inference may lay over each other, and all of them for training.
#include "image_plan.h"
#include <algorithm>
#include <cstring>
#include <new>
#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace scoresde {
Floats zeros(int64_t count)
{
    // A layer reads and writes some hundred places at once: on pages of 4 KiB their addresses do not fit the processor's table of them.
    constexpr size_t kLine = 64, kLargePage = size_t(1) << 21;
    const size_t wanted = size_t(count) * sizeof(float) + kLine, unit = wanted < kLargePage / 2 ? kLine : kLargePage;
    const size_t bytes = (wanted + unit - 1) / unit * unit;
    Floats memory(static_cast<float *>(std::aligned_alloc(unit, bytes)));
    if (!memory)
        throw std::bad_alloc();
#if defined(__linux__)
    if (unit == kLargePage)
        madvise(memory.get(), bytes, MADV_HUGEPAGE);
#endif
    std::memset(memory.get(), 0, bytes);
    return memory;
}

namespace {
// A place of inference's memory: free again after its tensor's last use. Borders stay zero because a padded place keeps its geometry.
struct Slot {
    int32_t padded, height, width;
    int64_t size;
    int free_from;
    std::vector<int> tensors;
};

} // namespace

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
} // namespace scoresde
