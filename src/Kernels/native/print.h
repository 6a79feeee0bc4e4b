// A number that changes when any of an array's bits do. Included inside a namespace of the including file.
// Each of 64 chains takes every 64th number in by a step that can be undone (exclusive or, product with an odd number, rotation), so that a
// changed number changes its chain; the chains are taken into the result in the same way.
inline uint64_t print(const float *values, int64_t count)
{
    constexpr int kChains = 64;
    uint32_t s[kChains];
    for (int j = 0; j < kChains; j++)
        s[j] = 0x9E3779B9u * (j + 1);
    int64_t i = 0;
    for (; i + kChains <= count; i += kChains) {
        uint32_t w[kChains];
        __builtin_memcpy(w, values + i, sizeof w);
        for (int j = 0; j < kChains; j++) {
            const uint32_t x = (s[j] ^ w[j]) * 0x85EBCA6Bu;
            s[j] = x << 13 | x >> 19;
        }
    }
    for (int j = 0; i + j < count; j++) {
        uint32_t w;
        __builtin_memcpy(&w, values + i + j, sizeof w);
        s[j] = (s[j] ^ w) * 0x85EBCA6Bu;
    }
    uint64_t all = 0x9E3779B97F4A7C15u;
    for (int j = 0; j < kChains; j++)
        all = ((all << 9 | all >> 55) ^ s[j]) * 0x9FB21C651E98DF25u;
    return all;
}
