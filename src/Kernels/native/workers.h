// Threads that share a pass over memory with the one that calls. A pass of a solver's step takes some microseconds, which is less than a sleeping thread
// takes to wake up: a worker stays awake for a moment after each pass, and a pass never waits for one that has not begun on a piece of it. OpenMP's threads
// cannot serve: a region ends when all of them have come, and after a few microseconds they sleep (measured on two cores: 35 us for what one thread does in 21).
#pragma once

#include <cstdint>

// Calls piece(context, i) for each i below pieces, on up to so many threads; which of them makes which piece is open, but the same number of pieces gives a
// thread much the same ones, so that it finds them in its cache. A second caller at the same time makes its pieces alone.
// Workers that sleep are always called where the pass is long; to a short one they would come too late, so that they are called for those that may follow, and more
// and more seldom where none does before they sleep again.
void share(int threads, int64_t pieces, void (*piece)(void *context, int64_t i), void *context, bool is_long);
