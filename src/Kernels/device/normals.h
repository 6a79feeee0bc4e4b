// Philox4x32-10 and the definition of a standard normal (src/Solvers/Noise, docs/derivations/normals.md), operation for operation: equal bits.
#pragma once
#include "prelude.h"

// Where the normals of one draw are: key, stream and place of the first sample.
struct Draw {
    u64 seed;
    i64 first_sample;
    u32 stream;
    u32 draw;
};

SST_DEVICE void philox(u32& c0, u32& c1, u32& c2, u32& c3, u64 seed)
{
    u32 k0 = (u32)seed, k1 = (u32)(seed >> 32);
#pragma unroll
    for (int round = 0; round < 10; round++) {
        const u32 low0 = 0xD2511F53u * c0, low1 = 0xCD9E8D57u * c2;
        const u32 high0 = high_of(0xD2511F53u, c0), high1 = high_of(0xCD9E8D57u, c2);
        c0 = high1 ^ c1 ^ k0;
        c1 = low1;
        c2 = high0 ^ c3 ^ k1;
        c3 = low0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
}

SST_DEVICE float minus_two_log(u32 word)
{
    const float u = fma_of(signed_of(word >> 1), 4.656612873077393e-10f, 2.3283064365386963e-10f);
    const u32 bits = bits_of(u) - 0x3F2AAAABu;
    const float e = signed_of((u32)((int)bits >> 23));
    const float f = difference_of(with_bits((bits & 0x007FFFFFu) + 0x3F2AAAABu), 1.0f);
    float q = fma_of(-0.280407876f, f, 0.307671964f);
    q = fma_of(q, f, -0.279943377f);
    q = fma_of(q, f, 0.32834059f);
    q = fma_of(q, f, -0.400221437f);
    q = fma_of(q, f, 0.500154972f);
    q = fma_of(q, f, -0.666664004f);
    q = fma_of(q, f, 0.999998748f);
    q = fma_of(q, f, -2.0f);
    return fma_of(e, -1.38629436f, product_of(f, q));
}

SST_DEVICE void normal_pair(u32 radius, u32 angle, float& first, float& second)
{
    const float r = root_of(minus_two_log(radius));
    const float t = product_of(signed_of(angle << 2), 2.3283064365386963e-10f);
    const float z = product_of(t, t);
    float s = fma_of(-0.00468597142f, z, 0.079712525f);
    s = fma_of(s, z, -0.645966649f);
    s = fma_of(t, 1.57079637f, product_of(s, product_of(t, z)));
    float c = fma_of(0.000894473458f, z, -0.0208555944f);
    c = fma_of(c, z, 0.253668547f);
    c = fma_of(c, z, -1.23370051f);
    c = fma_of(c, z, 1.0f);
    c = with_bits(bits_of(c) ^ (angle & 0x80000000u));
    const bool turned = (angle & 0x40000000u) != 0;
    first = product_of(r, turned ? s : c);
    second = product_of(r, turned ? c : s);
}

// The four normals of elements 4·block … of a sample of three and more coordinates.
SST_DEVICE void normal_block(const Draw& at, i64 row, u32 block, float* z)
{
    const u64 sample = (u64)(at.first_sample + row);
    u32 c0 = block, c1 = at.draw, c2 = (u32)sample, c3 = ((u32)(sample >> 32) & 0xFFFFu) | at.stream << 16;
    philox(c0, c1, c2, c3, at.seed);
    normal_pair(c0, c1, z[0], z[1]);
    normal_pair(c2, c3, z[2], z[3]);
}

// One normal, of any element: for one and two coordinates the normals of a sample are numbered through.
SST_DEVICE float normal_at(const Draw& at, i64 row, u32 element, u32 dimension)
{
    const u64 sample = (u64)(at.first_sample + row);
    u32 c0, c1, place;
    if (dimension > 2) {
        c0 = element / 4;
        c1 = at.draw;
        place = element % 4;
    } else {
        const u64 n = (u64)at.draw * dimension + element;
        c0 = (u32)(n / 4);
        c1 = (u32)(n / 4 >> 32);
        place = (u32)(n % 4);
    }
    u32 c2 = (u32)sample, c3 = ((u32)(sample >> 32) & 0xFFFFu) | at.stream << 16;
    philox(c0, c1, c2, c3, at.seed);
    float first, second;
    normal_pair(place < 2 ? c0 : c2, place < 2 ? c1 : c3, first, second);
    return place % 2 == 0 ? first : second;
}
