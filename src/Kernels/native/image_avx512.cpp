#define SCORESDE_BACKEND avx512
#include "image_backend.h"
