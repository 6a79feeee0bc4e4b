// What moving the numbers alone takes of a step of a two-step method on memory: three arrays are read and two written, which the next pass reads; one more is always the same, as a
// network's answer that is ready. Threads have the same part of the arrays in each pass and wait for each other awake, so that nothing but the caches and the memory is timed.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <thread>
#include <vector>

namespace {
double now() { return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

void rest() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

struct Passes {
    float *state[2], *kept[2], *answer;
    int64_t count;
    int threads;
    std::atomic<int64_t> begun{0}, done{0};
    std::atomic<bool> over{false};

    void part(int me, int64_t pass) {
        const int64_t from = count * me / threads / 64 * 64, to = me + 1 == threads ? count : count * (me + 1) / threads / 64 * 64;
        const float *__restrict x = state[pass % 2], *__restrict a = answer, *__restrict old = kept[pass % 2];
        float *__restrict y = state[(pass + 1) % 2], *__restrict m = kept[(pass + 1) % 2];
        for (int64_t i = from; i < to; i++) {
            y[i] = 0.9f * x[i] + 0.05f * a[i] + 0.05f * old[i];
            m[i] = 0.5f * x[i] + 0.5f * a[i];
        }
    }

    void work(int me) {
        for (int64_t pass = 0;; pass++) {
            while (begun.load(std::memory_order_acquire) == pass) {
                if (over.load(std::memory_order_acquire)) return;
                rest();
            }
            part(me, pass);
            done.fetch_add(1, std::memory_order_release);
        }
    }
};
} // namespace

// Nanoseconds of a pass over arrays of `count` floats by so many threads: the mean of so many seconds, a hundred of them unseen before.
extern "C" double limit_passes(int64_t count, int threads, double seconds) {
    Passes p;
    p.count = count;
    p.threads = threads;
    float **const all[] = {&p.state[0], &p.state[1], &p.kept[0], &p.kept[1], &p.answer};
    for (float **one : all) {
        *one = static_cast<float *>(std::aligned_alloc(4096, (count * 4 + 4095) / 4096 * 4096));
        for (int64_t i = 0; i < count; i++) (*one)[i] = 1;
    }
    std::vector<std::thread> others;
    for (int me = 1; me < threads; me++) others.emplace_back(&Passes::work, &p, me);
    int64_t pass = 0;
    const auto run = [&](int passes) {
        for (int i = 0; i < passes; i++, pass++) {
            p.begun.store(pass + 1, std::memory_order_release);
            p.part(0, pass);
            while (p.done.load(std::memory_order_acquire) < (pass + 1) * (threads - 1)) rest();
        }
    };
    constexpr int together = 100;
    run(together);
    const double began = now();
    double taken;
    do {
        run(together);
        taken = now() - began;
    } while (taken < 1e9 * seconds);
    const double each = taken / double(pass - together);
    p.over.store(true, std::memory_order_release);
    for (auto &other : others) other.join();
    for (float **one : all) std::free(*one);
    return each;
}
