// Convolutional networks on images over raw pointers: made once, run with one call. Every image is computed by itself and by one thread, in
// an order that depends on its size alone: its bits depend neither on the batch nor on the threads.
#include "exported.h"
#include "image_plan.h"
#include <cstring>
#include <new>
#include <omp.h>

using namespace scoresde;

namespace {
// Of one parameter; numbers of two bytes are taken two at a time.
uint64_t print_of(const Plan &plan, const void *parameter, int64_t size)
{
    const uint64_t print = plan.backend->print(static_cast<const float *>(parameter), plan.brain ? size / 2 : size);
    if (!plan.brain || size % 2 == 0)
        return print;
    return (print ^ static_cast<const uint16_t *>(parameter)[size - 1]) * 0x9FB21C651E98DF25u;
}

// Whether weights are those that were packed.
uint64_t print_of(const Plan &plan, const void *const *parameters, int threads)
{
    const int count = int(plan.parameter_sizes.size());
    std::vector<uint64_t> prints(count);
#pragma omp parallel for schedule(dynamic, 4) num_threads(threads) if (threads > 1)
    for (int k = 0; k < count; k++)
        prints[k] = print_of(plan, parameters[k], plan.parameter_sizes[k]);
    uint64_t print = 0x9E3779B97F4A7C15u;
    for (const uint64_t x : prints)
        print = ((print << 9 | print >> 55) ^ x) * 0x9FB21C651E98DF25u;
    return print;
}

void grow(std::vector<Floats> &memories, int threads, int64_t floats)
{
    while (int(memories.size()) < threads)
        memories.push_back(zeros(floats));
}

void grow_tables(Plan &plan, int64_t samples)
{
    if (samples <= plan.table_samples)
        return;
    plan.kept = zeros(plan.program.kept_floats * samples);
    plan.given = zeros(plan.program.given_floats * samples);
    plan.table_samples = samples;
}

void embed_all(const Plan &plan, const Batch &batch, int64_t from, int64_t to)
{
    if (from < to)
        plan.backend->embed(plan.program, batch, from, to, plan.kept.get(), plan.given.get());
}

void refresh(Plan &plan, const void *const *parameters, bool back, int threads)
{
    const uint64_t print = print_of(plan, parameters, threads < 1 ? 1 : threads);
    if (plan.packed && plan.print == print && (!back || plan.back_packed))
        return;
    pack(plan, parameters, back || plan.back);
    plan.print = print;
}

double train(Plan &plan, const Batch &batch, int threads, float *const *gradients)
{
    const Program &p = plan.program;
    grow_tables(plan, batch.count);
    if (batch.count > plan.train_samples) {
        plan.given_gradient = zeros(p.given_floats * batch.count);
        plan.embed_scratch = zeros(2 * int64_t(p.width_blocks) * kLanes * batch.count);
        plan.train_samples = batch.count;
    }
    grow(plan.train_memories, threads, p.train_floats * p.group + p.scratch_floats);
    grow(plan.gradients, threads, plan.packed_floats);
    std::vector<double> losses(threads);
#pragma omp parallel num_threads(threads)
    {
        const int t = omp_get_thread_num(), all = omp_get_num_threads();
        const int64_t from = batch.count * t / all, to = batch.count * (t + 1) / all;
        const unsigned was = plan.backend->flush_small();
        std::memset(plan.gradients[t].get(), 0, size_t(plan.packed_floats) * sizeof(float));
        embed_all(plan, batch, from, to);
        losses[t] = plan.backend->train(p, batch, from, to, plan.given.get(), plan.given_gradient.get(), plan.train_memories[t].get(), plan.gradients[t].get());
#pragma omp barrier
        const int64_t first = plan.packed_floats * t / all, last = plan.packed_floats * (t + 1) / all;
        float *sum = plan.gradients[0].get();
        for (int other = 1; other < all; other++) {
            const float *more = plan.gradients[other].get();
            for (int64_t i = first; i < last; i++)
                sum[i] += more[i];
        }
#pragma omp barrier
        if (t == 0)
            plan.backend->embed_back(p, batch, plan.kept.get(), plan.given_gradient.get(), sum, plan.embed_scratch.get());
        plan.backend->restore(was);
    }
    unpack(plan, plan.gradients[0].get(), gradients);
    double loss = 0;
    for (const double l : losses)
        loss += l;
    return loss / double(batch.count);
}
} // namespace

SCORESDE_API const char *scoresde_image_backend()
{
    return widest(nullptr)->name;
}

// Null where the description does not hold together or memory is short. `brain`: parameters are bfloat16, which is widened where it is packed.
// `backend`: a name, or null for the widest that the processor has.
SCORESDE_API void *scoresde_image_create(const Operation *operations, int count, const Shape *shapes, int tensors, const int32_t *maps, int map_count,
    const Condition *condition, const Given *givens, int given_count, const int64_t *parameter_sizes, int parameters,
    int channels, int height, int width, int group, int brain, const char *backend)
{
    if (!operations || !shapes || !maps || !condition || !parameter_sizes || count < 2 || tensors < 1 || tensors > 1024 || group < 1)
        return nullptr;
    try {
        auto plan = std::make_unique<Plan>();
        plan->backend = widest(backend);
        plan->brain = brain != 0;
        plan->maps.assign(maps, maps + map_count);
        plan->parameter_sizes.assign(parameter_sizes, parameter_sizes + parameters);
        for (int i = 0; i < tensors; i++) {
            TensorInfo t{};
            t.shape = shapes[i];
            t.size = int64_t(t.shape.blocks) * (t.shape.height + 2 * t.shape.padded) * (t.shape.width + 2 * t.shape.padded) * kLanes;
            t.gradient_size = int64_t(t.shape.blocks) * t.shape.height * t.shape.width * kLanes;
            t.needs_gradient = 1;
            plan->tensors.push_back(t);
        }
        for (int i = 0; i < count; i++) {
            StepInfo s{};
            s.op = operations[i];
            plan->steps.push_back(s);
        }
        Program &p = plan->program;
        p.step_count = count;
        p.tensor_count = tensors;
        p.given_count = given_count;
        p.group = group;
        p.condition = *condition;
        p.image_channels = channels;
        p.height = height;
        p.width = width;
        return lay_out(*plan, givens) ? plan.release() : nullptr;
    } catch (const std::bad_alloc &) {
        return nullptr;
    }
}

SCORESDE_API void scoresde_image_destroy(void *handle)
{
    delete static_cast<Plan *>(handle);
}

// out [count, channels, height, width] from x of that shape, time [count] and labels [count] or null. 0, or 1 for a null pointer, 2 for memory.
SCORESDE_API int scoresde_image_forward(void *handle, const void *const *parameters, const float *x, const float *time, const int64_t *labels, float *out, int64_t count, int threads)
{
    Plan *plan = static_cast<Plan *>(handle);
    if (!plan || !parameters || !x || !time || !out || count < 0)
        return 1;
    try {
        const std::lock_guard<std::mutex> guard(plan->lock);
        const Program &p = plan->program;
        refresh(*plan, parameters, false, threads);
        threads = threads < 1 ? 1 : int64_t(threads) > count ? int(count < 1 ? 1 : count) : threads;
        const int64_t share = (count + threads - 1) / threads, step = share < p.group ? (share < 1 ? 1 : share) : p.group, pieces = (count + step - 1) / step;
        grow_tables(*plan, count);
        grow(plan->memories, threads, p.value_floats * p.group + p.scratch_floats);
        const Batch batch{x, time, labels, out, count, nullptr, nullptr};
#pragma omp parallel num_threads(threads)
        {
            const int t = omp_get_thread_num(), all = omp_get_num_threads();
            const unsigned was = plan->backend->flush_small();
            embed_all(*plan, batch, count * t / all, count * (t + 1) / all);
#pragma omp barrier
#pragma omp for schedule(dynamic, 1) nowait
            for (int64_t i = 0; i < pieces; i++)
                plan->backend->forward(p, batch, i * step, (i + 1) * step < count ? (i + 1) * step : count, plan->given.get(), plan->memories[t].get());
            plan->backend->restore(was);
        }
        return 0;
    } catch (const std::bad_alloc &) {
        return 2;
    }
}

// The loss, sum_i row_weights_i mean((answer_i - target_i)^2) / count, and its gradients, which overwrite `gradients`.
SCORESDE_API int scoresde_image_train(void *handle, const void *const *parameters, const float *x, const float *time, const int64_t *labels, const float *target,
    const float *row_weights, float *out, int64_t count, int threads, float *const *gradients, double *loss)
{
    Plan *plan = static_cast<Plan *>(handle);
    if (!plan || !parameters || !x || !time || !target || !row_weights || !gradients || !loss || count < 1 || plan->brain)
        return 1;
    try {
        const std::lock_guard<std::mutex> guard(plan->lock);
        refresh(*plan, parameters, true, threads);
        threads = threads < 1 ? 1 : int64_t(threads) > count ? int(count) : threads;
        *loss = train(*plan, Batch{x, time, labels, out, count, target, row_weights}, threads, gradients);
        return 0;
    } catch (const std::bad_alloc &) {
        return 2;
    }
}
