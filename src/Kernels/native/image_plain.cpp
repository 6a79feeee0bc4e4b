#define SCORESDE_BACKEND plain
#include "image_backend.h"
