#define SCORESDE_BACKEND avx2
#include "image_backend.h"
