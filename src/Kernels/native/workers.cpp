#include "workers.h"
#include "exported.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#ifdef __linux__
#include <sched.h>
#endif

namespace {
constexpr int kMost = 16;           // threads of a pass, the caller's among them
constexpr int kLeftBits = 24;       // of a claim: pieces that nobody has taken; above them the number of the pass
constexpr int64_t kLeftMask = (int64_t(1) << kLeftBits) - 1;
constexpr auto kAwake = std::chrono::microseconds(20);

constexpr int kSeldom = 64; // short passes between two calls at most

// The processor that the thread runs on; -1 where that cannot be told.
inline int processor()
{
#ifdef __linux__
    return sched_getcpu();
#else
    return -1;
#endif
}

inline void pause()
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#else
    std::this_thread::yield();
#endif
}

// A thread's own part of the pieces, from which the others take when they have done theirs.
struct alignas(64) Part {
    std::atomic<int64_t> claim{0};
    int64_t end = 0; // behind its last piece
};

struct Team {
    Part parts[kMost];
    // Of the pass: written before its claims, read by whoever has claimed a piece of it.
    void (*piece)(void *, int64_t) = nullptr;
    void *context = nullptr;
    alignas(64) std::atomic<int64_t> number{0}; // of the last pass
    std::atomic<int> threads{1}, caller{-1}; // caller: its processor
    alignas(64) std::atomic<int64_t> finished{0};
    alignas(64) std::atomic<bool> busy{false};
    std::atomic<int> asleep{0};
    std::mutex bed;
    std::condition_variable call;
    int workers = 0, alone = 0; // alone: passes since workers were last found awake

    // Makes pieces until all are taken: how many.
    int64_t make(int me)
    {
        const int all = threads.load(std::memory_order_relaxed);
        int64_t made = 0;
        for (int k = 0; k < all; k++) {
            Part &part = parts[(me + k) % all];
            int64_t claim = part.claim.load(std::memory_order_acquire);
            while ((claim & kLeftMask) != 0)
                if (part.claim.compare_exchange_weak(claim, claim - 1, std::memory_order_acq_rel, std::memory_order_acquire)) {
                    piece(context, part.end - (claim & kLeftMask));
                    made++;
                    claim = part.claim.load(std::memory_order_acquire);
                }
        }
        return made;
    }

    // The number of a pass after the one seen: awake for a moment, asleep from then on. On the caller's own processor a worker that waits awake is in the way.
    int64_t next(int64_t seen)
    {
        const auto until = std::chrono::steady_clock::now() + kAwake;
        do {
            for (int i = 0; i < 16; i++) {
                if (number.load(std::memory_order_acquire) != seen)
                    return number.load(std::memory_order_acquire);
                pause();
            }
        } while (std::chrono::steady_clock::now() < until && (processor() < 0 || processor() != caller.load(std::memory_order_relaxed)));
        std::unique_lock<std::mutex> lock(bed);
        asleep.fetch_add(1);
        call.wait(lock, [&] { return number.load() != seen; });
        asleep.fetch_sub(1);
        return number.load();
    }

    void work(int me, int64_t seen)
    {
        for (;;) {
            seen = next(seen);
            if (me >= threads.load(std::memory_order_relaxed))
                continue;
            if (const int64_t made = make(me))
                finished.fetch_add(made, std::memory_order_release);
        }
    }

    // Threads are made when they are first wanted and stay; the team is never destroyed, so that they may sleep through the end of the process.
    int hire(int wanted)
    {
        while (workers < wanted - 1) {
            try {
                std::thread(&Team::work, this, workers + 1, number.load()).detach();
            } catch (const std::system_error &) {
                break;
            }
            workers++;
        }
        return workers + 1 < wanted ? workers + 1 : wanted;
    }
};

Team &team()
{
    static Team &only = *new Team;
    return only;
}
} // namespace

void share(int threads, int64_t pieces, void (*piece)(void *context, int64_t i), void *context, bool is_long)
{
    threads = threads > kMost ? kMost : threads;
    threads = threads > pieces ? int(pieces) : threads;
    Team &t = team();
    if (threads < 2 || pieces > kLeftMask || t.busy.exchange(true, std::memory_order_acquire)) {
        for (int64_t i = 0; i < pieces; i++)
            piece(context, i);
        return;
    }
    threads = t.hire(threads);
    const int64_t pass = t.number.load(std::memory_order_relaxed) + 1;
    t.piece = piece;
    t.context = context;
    t.threads.store(threads, std::memory_order_relaxed);
    t.finished.store(0, std::memory_order_relaxed);
    for (int k = 0; k < threads; k++) {
        const int64_t from = pieces * k / threads, to = pieces * (k + 1) / threads;
        t.parts[k].end = to;
        t.parts[k].claim.store((pass << kLeftBits) | (to - from), std::memory_order_release);
    }
    t.caller.store(processor(), std::memory_order_relaxed);
    t.number.store(pass);
    t.alone = t.asleep.load() > 0 ? t.alone + 1 : 0;
    if (t.alone > 0 && (is_long || t.alone % kSeldom == 0 || (t.alone < kSeldom && (t.alone & (t.alone - 1)) == 0))) {
        { std::lock_guard<std::mutex> lock(t.bed); }
        t.call.notify_all();
    }
    const int64_t own = t.make(0);
    for (int spins = 0; t.finished.load(std::memory_order_acquire) + own < pieces; spins++)
        if (spins < 4096)
            pause();
        else
            std::this_thread::yield(); // whoever has a piece waits for a processor
    t.busy.store(false, std::memory_order_release);
}

SCORESDE_API void scoresde_share(int threads, int64_t pieces, void (*piece)(void *context, int64_t i), void *context, int is_long)
{
    share(threads, pieces, piece, context, is_long != 0);
}
