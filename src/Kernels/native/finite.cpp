// Where an array is not finite: the exponents of a block are looked at together, the numbers one by one only in a block that has one of all ones.
#include "exported.h"
#include <cstdint>
#include <cstring>

namespace {
constexpr int64_t kBlock = 1024;

template <typename U, U kExponent> inline __attribute__((always_inline)) int64_t first(const void *data, int64_t count)
{
    const char *bytes = static_cast<const char *>(data);
    for (int64_t from = 0; from < count; from += kBlock) {
        const int64_t size = from + kBlock < count ? kBlock : count - from;
        U any = 0;
        for (int64_t i = 0; i < size; i++) {
            U bits;
            std::memcpy(&bits, bytes + (from + i) * sizeof(U), sizeof bits);
            any |= static_cast<U>((bits & kExponent) == kExponent);
        }
        if (any)
            for (int64_t i = from;; i++) {
                U bits;
                std::memcpy(&bits, bytes + i * sizeof(U), sizeof bits);
                if ((bits & kExponent) == kExponent)
                    return i;
            }
    }
    return -1;
}
} // namespace

// The index of the first number that is not finite; -1 where all are.
SCORESDE_API SCORESDE_CLONES int64_t scoresde_first_nonfinite_f32(const void *x, int64_t count)
{
    return first<uint32_t, 0x7F800000u>(x, count);
}

SCORESDE_API SCORESDE_CLONES int64_t scoresde_first_nonfinite_f64(const void *x, int64_t count)
{
    return first<uint64_t, 0x7FF0000000000000u>(x, count);
}
