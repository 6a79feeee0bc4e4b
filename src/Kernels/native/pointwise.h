// What is done pixel by pixel. Included inside a namespace of the including file.
template <typename Do> inline __attribute__((always_inline)) void each_row(const View &v, Do row)
{
    for (int b = 0; b < v.blocks; b++)
        for (int y = 0; y < v.height; y++)
            row(b, y);
}

inline View image_of(View v, int image)
{
    v.at += image * v.image;
    return v;
}

inline float *row_of(const View &v, int b, int y)
{
    return v.at + b * v.block + y * v.row;
}

// to = from, or to += from.
inline void add(const View &from, const View &to, bool accumulate)
{
    each_row(to, [&](int b, int y) {
        const float *f = row_of(from, b, y);
        float *t = row_of(to, b, y);
        for (int i = 0; i < to.width * kLanes; i += kLanes)
            store(t + i, accumulate ? load(t + i) + load(f + i) : load(f + i));
    });
}

// sums[lane] += sum over the pixels of the image.
inline void add_pixels(const View &v, float *sums)
{
    for (int b = 0; b < v.blocks; b++) {
        Lanes s = all(0);
        for (int y = 0; y < v.height; y++) {
            const float *x = row_of(v, b, y);
            for (int i = 0; i < v.width * kLanes; i += kLanes)
                s = s + load(x + i);
        }
        store(sums + b * kLanes, load(sums + b * kLanes) + s);
    }
}

// Nearest neighbour to the size of `to`: position i of n comes from i m / n of m.
inline void resize(const View &from, const View &to)
{
    each_row(to, [&](int b, int y) {
        const float *f = row_of(from, b, y * from.height / to.height);
        float *t = row_of(to, b, y);
        for (int x = 0, rest = 0; x < to.width; x++) {
            store(t + x * kLanes, load(f));
            for (rest += from.width; rest >= to.width; rest -= to.width)
                f += kLanes;
        }
    });
}

inline void clear(const View &v)
{
    each_row(v, [&](int b, int y) {
        float *x = row_of(v, b, y);
        for (int i = 0; i < v.width * kLanes; i += kLanes)
            store(x + i, all(0));
    });
}

// The way back of `resize`: adds to `from`.
inline void resize_back(const View &from, const View &to)
{
    each_row(to, [&](int b, int y) {
        float *f = row_of(from, b, y * from.height / to.height);
        const float *t = row_of(to, b, y);
        for (int x = 0, rest = 0; x < to.width; x++) {
            store(f, load(f) + load(t + x * kLanes));
            for (rest += from.width; rest >= to.width; rest -= to.width)
                f += kLanes;
        }
    });
}

// Every second row and column of `to` holds `from`, the others zero.
inline void spread(const View &from, const View &to)
{
    each_row(to, [&](int b, int y) {
        float *t = row_of(to, b, y);
        const float *f = y % 2 == 0 ? row_of(from, b, y / 2) : nullptr;
        for (int x = 0; x < to.width; x++)
            store(t + x * kLanes, f && x % 2 == 0 ? load(f + x / 2 * kLanes) : all(0));
    });
}

inline void silu(const float *x, float *y)
{
    const Lanes v = load(x);
    store(y, v * logistic(v));
}

// d silu(x) / dx = s (1 + x (1 - s)).
inline Lanes silu_slope(const Lanes &x)
{
    const Lanes s = logistic(x);
    return s * fma(x, all(1) - s, all(1));
}

// x [channels, height, width] of one image: channel c, offset (dy, dx) of its patch is lane (c patch + dy) patch + dx.
inline void read_image(const float *x, int channels, int height, int width, int patch, const View &to)
{
    clear(to);
    for (int c = 0; c < channels; c++)
        for (int y = 0; y < height; y++) {
            const float *from = x + (int64_t(c) * height + y) * width;
            for (int i = 0; i < width; i++) {
                const int lane = (c * patch + y % patch) * patch + i % patch;
                row_of(to, lane / kLanes, y / patch)[i / patch * kLanes + lane % kLanes] = from[i];
            }
        }
}

inline void write_image(const View &from, int channels, int height, int width, int patch, float *x)
{
    for (int c = 0; c < channels; c++)
        for (int y = 0; y < height; y++) {
            float *to = x + (int64_t(c) * height + y) * width;
            for (int i = 0; i < width; i++) {
                const int lane = (c * patch + y % patch) * patch + i % patch;
                to[i] = row_of(from, lane / kLanes, y / patch)[i / patch * kLanes + lane % kLanes];
            }
        }
}
