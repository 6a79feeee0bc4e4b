// The three transforms of Winograd's F(4x4, 3x3), with the points 0, +-3/4, +-3/2 and infinity: docs/derivations/winograd.md. Included inside a
// namespace of the including file.
constexpr int kReach = kSide + 2; // pixels that a tile's results see
constexpr float kNear = 0.75f, kFar = 1.5f, kNear2 = kNear * kNear, kFar2 = kFar * kFar;

// Each column's pixels as values at the points.
inline __attribute__((always_inline)) void six(const Lanes *d, Lanes *t)
{
    const Lanes even_near = fma(all(-kFar2), d[2], d[4]), odd_near = fma(all(-kFar2), d[1], d[3]) * all(kNear);
    const Lanes even_far = fma(all(-kNear2), d[2], d[4]), odd_far = fma(all(-kNear2), d[1], d[3]) * all(kFar);
    t[0] = fma(all(kNear2 * kFar2), d[0], fma(all(-kNear2 - kFar2), d[2], d[4]));
    t[1] = even_near + odd_near;
    t[2] = even_near - odd_near;
    t[3] = even_far + odd_far;
    t[4] = even_far - odd_far;
    t[5] = fma(all(kNear2 * kFar2), d[1], fma(all(-kNear2 - kFar2), d[3], d[5]));
}

// 6 x 6 pixels as B' d B, point after point; zeros beyond `rows` and `columns`.
inline void into_points(const float *pixel, int64_t row, int rows, int columns, float *to)
{
    Lanes t[kReach][kReach];
    for (int x = 0; x < kReach; x++) {
        Lanes d[kReach], u[kReach];
        if (x < columns) {
#pragma GCC unroll 6
            for (int y = 0; y < kReach; y++)
                d[y] = load(y < rows ? pixel + y * row + x * kLanes : kZeros);
        } else
            for (int y = 0; y < kReach; y++)
                d[y] = all(0);
        six(d, u);
#pragma GCC unroll 6
        for (int y = 0; y < kReach; y++)
            t[y][x] = u[y];
    }
    for (int y = 0; y < kReach; y++, to += kReach * kLanes) {
        Lanes u[kReach];
        six(t[y], u);
#pragma GCC unroll 6
        for (int x = 0; x < kReach; x++)
            store(to + x * kLanes, u[x]);
    }
}

// Values at the points as results.
inline __attribute__((always_inline)) void four(const Lanes *m, Lanes *y)
{
    const Lanes even_near = m[1] + m[2], odd_near = m[1] - m[2], even_far = m[3] + m[4], odd_far = m[3] - m[4];
    y[0] = m[0] + even_near + even_far;
    y[1] = fma(all(kFar), odd_far, all(kNear) * odd_near);
    y[2] = fma(all(kFar2), even_far, all(kNear2) * even_near);
    y[3] = fma(all(kFar2 * kFar), odd_far, fma(all(kNear2 * kNear), odd_near, m[5]));
}

// A' m A: four rows of four pixels.
inline __attribute__((always_inline)) void from_points(const float *m, Lanes (*y)[kSide])
{
    Lanes t[kSide][kReach];
    for (int x = 0; x < kReach; x++) {
        Lanes d[kReach], u[kSide];
#pragma GCC unroll 6
        for (int i = 0; i < kReach; i++)
            d[i] = load(m + (i * kReach + x) * kLanes);
        four(d, u);
#pragma GCC unroll 4
        for (int i = 0; i < kSide; i++)
            t[i][x] = u[i];
    }
    for (int i = 0; i < kSide; i++)
        four(t[i], y[i]);
}

// Three weights as values at the points, over the products of the points' differences.
inline __attribute__((always_inline)) void weights_at_points(const Lanes *g, Lanes *t)
{
    const Lanes even_near = fma(all(kNear2), g[2], g[0]), even_far = fma(all(kFar2), g[2], g[0]), odd_near = g[1] * all(kNear), odd_far = g[1] * all(kFar);
    const Lanes near = all(1 / (2 * kNear2 * (kNear2 - kFar2))), far = all(1 / (2 * kFar2 * (kFar2 - kNear2)));
    t[0] = g[0] * all(1 / (kNear2 * kFar2));
    t[1] = (even_near + odd_near) * near;
    t[2] = (even_near - odd_near) * near;
    t[3] = (even_far + odd_far) * far;
    t[4] = (even_far - odd_far) * far;
    t[5] = g[2];
}

// [blocks out][blocks in][9][16][16] as weights of the points, G g G'.
inline void turn_weights(const float *from, int in_blocks, int out_blocks, float *to)
{
    constexpr int kSquare = kLanes * kLanes;
    for (int o = 0; o < out_blocks; o++)
        for (int b = 0; b < in_blocks; b++, from += 9 * kSquare)
            for (int i = 0; i < kSquare; i += kLanes) {
                Lanes t[kReach][3];
                for (int x = 0; x < 3; x++) {
                    const Lanes g[3] = {load(from + x * kSquare + i), load(from + (3 + x) * kSquare + i), load(from + (6 + x) * kSquare + i)};
                    Lanes u[kReach];
                    weights_at_points(g, u);
                    for (int y = 0; y < kReach; y++)
                        t[y][x] = u[y];
                }
                float *place = to + (int64_t(o) * kPoints * in_blocks + b) * kSquare + i;
                for (int y = 0; y < kReach; y++) {
                    Lanes u[kReach];
                    weights_at_points(t[y], u);
                    for (int x = 0; x < kReach; x++, place += int64_t(in_blocks) * kSquare)
                        store(place, u[x]);
                }
            }
}
