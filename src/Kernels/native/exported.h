// How a function of this library is seen from outside, and compiled for the instruction sets there are, of which the loader takes the widest.
#pragma once

#define SCORESDE_API extern "C" __attribute__((visibility("default")))

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define SCORESDE_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define SCORESDE_CLONES
#endif
