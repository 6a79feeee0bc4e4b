// Convolution of side 3 and stride 1 by Winograd's F(2x2, 3x3): sixteen products a channel for four results instead of thirty-six
// (Lavin and Gray, 1509.09308, section 4.1; the matrices re-derived from the points 0, 1, -1 and infinity). Included inside a namespace.
// Weights: [output block][16 points][input block][16 inputs][16 outputs]. A tile's sums do not depend on its neighbours.
constexpr int kTiles = 28; // at a time: what lies between the transforms stays in the second-level cache

// Where a tile of four results begins.
struct Corner {
    int32_t image, y, x;
};

struct Winograd {
    View in, out;
    const float *weight;
    const float *bias; // null: added to what `out` holds
    int64_t bias_image;
    const View *residual;
    int blocks, last_lanes, images;
    float *scratch;
};

inline int64_t winograd_scratch(int blocks)
{
    return int64_t(kTiles) * 16 * kLanes * (blocks + 2);
}

// d (4 x 4 pixels) as B' d B, point k `stride` floats behind point k - 1.
inline void into_points(const float *pixel, int64_t row, float *to, int64_t stride)
{
    Lanes t[4][4];
#pragma GCC unroll 4
    for (int x = 0; x < 4; x++) {
        const Lanes d0 = load(pixel + x * kLanes), d1 = load(pixel + row + x * kLanes), d2 = load(pixel + 2 * row + x * kLanes), d3 = load(pixel + 3 * row + x * kLanes);
        t[0][x] = d0 - d2;
        t[1][x] = d1 + d2;
        t[2][x] = d2 - d1;
        t[3][x] = d1 - d3;
    }
#pragma GCC unroll 4
    for (int y = 0; y < 4; y++) {
        store(to, t[y][0] - t[y][2]);
        store(to + stride, t[y][1] + t[y][2]);
        store(to + 2 * stride, t[y][2] - t[y][1]);
        store(to + 3 * stride, t[y][1] - t[y][3]);
        to += 4 * stride;
    }
}

// A' m A: two rows of two pixels.
inline void from_points(const float *m, int64_t stride, Lanes (*y)[2])
{
    Lanes t[2][4];
#pragma GCC unroll 4
    for (int x = 0; x < 4; x++) {
        const Lanes m0 = load(m + x * stride), m1 = load(m + (4 + x) * stride), m2 = load(m + (8 + x) * stride), m3 = load(m + (12 + x) * stride);
        t[0][x] = m0 + m1 + m2;
        t[1][x] = m1 - m2 - m3;
    }
#pragma GCC unroll 2
    for (int i = 0; i < 2; i++) {
        y[i][0] = t[i][0] + t[i][1] + t[i][2];
        y[i][1] = t[i][1] - t[i][2] - t[i][3];
    }
}

// What the points of some output blocks come to, into the image.
inline void write_tiles(const Winograd &w, int o, int block, const Corner *corners, int count, const float *points, int64_t stride)
{
    for (int i = 0; i < count; i++) {
        const int image = corners[i].image, y = corners[i].y, x = corners[i].x;
        Lanes result[2][2];
        from_points(points + (int64_t(block) * count + i) * kLanes, stride, result);
        float *out = w.out.at + image * w.out.image + (o + block) * w.out.block + y * w.out.row + x * kLanes;
        for (int dy = 0; dy < 2 && y + dy < w.out.height; dy++)
            for (int dx = 0; dx < 2 && x + dx < w.out.width; dx++) {
                float *place = out + dy * w.out.row + dx * kLanes;
                Lanes v = result[dy][dx] + (w.bias ? load(w.bias + image * w.bias_image + (o + block) * kLanes) : load(place));
                if (w.residual)
                    v = v + load(w.residual->at + image * w.residual->image + (o + block) * w.residual->block + (y + dy) * w.residual->row + (x + dx) * kLanes);
                store(place, v);
            }
    }
}

template <int M> void winograd_outputs(const Winograd &w, int o, const Corner *corners, int count, const float *from, float *points)
{
    const int pieces = (count + kPixels - 1) / kPixels;
    const int64_t in_block = int64_t(count) * kLanes, per_point = int64_t(w.blocks) * kLanes * kLanes;
    Tile t{};
    t.in_block = in_block;
    t.weight_block = kLanes * kLanes;
    t.weight_out = 16 * per_point;
    t.out_block = in_block;
    t.bias = kZeros;
    t.blocks = w.blocks;
    t.last_lanes = w.last_lanes;
    t.side = 1;
    for (int point = 0; point < 16; point++) {
        t.weight = w.weight + (int64_t(o) * 16 + point) * per_point;
        for (int piece = 0; piece < pieces; piece++) {
            const int x = count * piece / pieces, tiles = count * (piece + 1) / pieces - x;
            t.in = from + point * w.blocks * in_block + x * kLanes;
            t.out = points + point * M * in_block + x * kLanes;
            tile_of<M, 1>(tiles)(t);
        }
    }
    for (int m = 0; m < M; m++)
        write_tiles(w, o, m, corners, count, points, M * in_block);
}

inline void winograd(const Winograd &w)
{
    const int across = (w.out.width + 1) / 2, down = (w.out.height + 1) / 2;
    const int64_t all = int64_t(w.images) * across * down;
    Corner corners[kTiles], next{};
    for (int64_t first = 0; first < all; first += kTiles) {
        const int count = int(all - first < kTiles ? all - first : kTiles);
        for (int i = 0; i < count; i++) {
            corners[i] = next;
            next.x += 2;
            if (next.x >= w.out.width) {
                next.x = 0;
                next.y += 2;
            }
            if (next.y >= w.out.height) {
                next.y = 0;
                next.image++;
            }
        }
        const int64_t in_block = int64_t(count) * kLanes;
        float *from = w.scratch, *points = w.scratch + 16 * w.blocks * int64_t(kTiles) * kLanes;
        for (int b = 0; b < w.blocks; b++)
            for (int i = 0; i < count; i++) {
                const Corner &c = corners[i];
                into_points(w.in.at + c.image * w.in.image + b * w.in.block + (c.y - 1) * w.in.row + (c.x - 1) * kLanes, w.in.row,
                    from + b * in_block + i * kLanes, w.blocks * in_block);
            }
        int o = 0;
        for (; o + kTwo <= w.out.blocks; o += kTwo)
            winograd_outputs<kTwo>(w, o, corners, count, from, points);
        for (; o < w.out.blocks; o++)
            winograd_outputs<1>(w, o, corners, count, from, points);
    }
}

// [blocks out][blocks in][9][16][16] as weights of the points, G g G'.
inline void turn_weights(const float *from, int in_blocks, int out_blocks, float *to)
{
    constexpr int kSquare = kLanes * kLanes;
    for (int o = 0; o < out_blocks; o++)
        for (int b = 0; b < in_blocks; b++, from += 9 * kSquare)
            for (int i = 0; i < kSquare; i += kLanes) {
                Lanes t[4][3];
                for (int x = 0; x < 3; x++) {
                    const Lanes g0 = load(from + x * kSquare + i), g1 = load(from + (3 + x) * kSquare + i), g2 = load(from + (6 + x) * kSquare + i);
                    const Lanes half = all(0.5f);
                    t[0][x] = g0;
                    t[1][x] = (g0 + g1 + g2) * half;
                    t[2][x] = (g0 - g1 + g2) * half;
                    t[3][x] = g2;
                }
                float *place = to + (int64_t(o) * 16 * in_blocks + b) * kSquare + i;
                const int64_t next = int64_t(in_blocks) * kSquare;
                for (int y = 0; y < 4; y++, place += 4 * next) {
                    const Lanes half = all(0.5f);
                    store(place, t[y][0]);
                    store(place + next, (t[y][0] + t[y][1] + t[y][2]) * half);
                    store(place + 2 * next, (t[y][0] - t[y][1] + t[y][2]) * half);
                    store(place + 3 * next, t[y][2]);
                }
            }
}
