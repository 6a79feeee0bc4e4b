// The kernels for one instruction set: the including file is compiled for it and says its name in SCORESDE_BACKEND.
// Only plain data crosses this file's border, and only built-in functions are called: what the linker might share between files, it must not.
#include "image_program.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace scoresde {
namespace {
#include "lanes.h"
#include "convolution.h"
#include "winograd_transforms.h"
#include "winograd.h"
#include "few_outputs.h"
#include "weight_gradient.h"
#include "pointwise.h"
#include "normalisation.h"
#include "attention.h"
#include "image_embed.h"
#include "image_run.h"
#include "image_train.h"
#include "image_embed_back.h"
#include "adam.h"
#include "print.h"

unsigned flush_small()
{
#if defined(__x86_64__)
    const unsigned was = _mm_getcsr();
    _mm_setcsr(was | 0x8040);
    return was;
#else
    return 0;
#endif
}

void restore(unsigned was)
{
#if defined(__x86_64__)
    _mm_setcsr(was);
#else
    (void)was;
#endif
}

#define SCORESDE_TEXT(x) #x
#define SCORESDE_NAME(x) SCORESDE_TEXT(x)
const Backend backend = {SCORESDE_NAME(SCORESDE_BACKEND), embed, embed_back, forward, train, adam, print, turn_weights, turn_few_weights, flush_small, restore};
} // namespace

#define SCORESDE_JOIN(x) x##_backend
#define SCORESDE_FUNCTION(x) SCORESDE_JOIN(x)
const Backend *SCORESDE_FUNCTION(SCORESDE_BACKEND)()
{
    return &backend;
}
} // namespace scoresde
