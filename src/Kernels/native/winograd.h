// Convolution of side 3 and stride 1 by Winograd's F(4x4, 3x3): thirty-six products a channel for sixteen results instead of a hundred and
// forty-four (Lavin and Gray, 1509.09308, section 4.3; docs/derivations/winograd.md). Included inside a namespace of the including file.
// Weights: [output block][36 points][input block][16 inputs][16 outputs]. A tile's sums do not depend on its neighbours. Tiles go through in turns of
// kTiles: what lies between the transforms stays in the second-level cache, a tile's points one after the other.

// Where a tile of results begins.
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

// What the points of some output blocks come to, into the image.
inline void write_tiles(const Winograd &w, int o, int block, const Corner *corners, int count, const float *points)
{
    for (int i = 0; i < count; i++) {
        const int image = corners[i].image, y = corners[i].y, x = corners[i].x;
        Lanes result[kSide][kSide];
        from_points(points + (int64_t(block) * count + i) * kPitch, result);
        float *out = w.out.at + image * w.out.image + (o + block) * w.out.block + y * w.out.row + x * kLanes;
        const int rows = w.out.height - y < kSide ? w.out.height - y : kSide, columns = w.out.width - x < kSide ? w.out.width - x : kSide;
        const Lanes bias = load(w.bias ? w.bias + image * w.bias_image + (o + block) * kLanes : kZeros);
        for (int dy = 0; dy < rows; dy++) {
            float *place = out + dy * w.out.row;
            const float *rest = w.residual ? w.residual->at + image * w.residual->image + (o + block) * w.residual->block + (y + dy) * w.residual->row + x * kLanes : w.bias ? nullptr : place;
            for (int dx = 0; dx < columns; dx++) {
                Lanes v = result[dy][dx] + bias;
                if (rest)
                    v = v + load(rest + dx * kLanes);
                store(place + dx * kLanes, v);
            }
        }
    }
}

// Products of P tiles at one point with the weights of M output blocks.
struct Products {
    const float *in, *weight;
    int64_t in_block, weight_out;
    float *out;
    int64_t out_block;
    int blocks, last_lanes;
};

template <int P, int M> void products(const Products &t)
{
    Lanes sum[P][M];
    for (int m = 0; m < M; m++)
#pragma GCC unroll 14
        for (int p = 0; p < P; p++)
            sum[p][m] = all(0);
    const float *block = t.in, *w = t.weight;
    int left = t.blocks;
    do {
        const float *x = block, *const stop = w + (left == 1 ? t.last_lanes : kLanes) * kLanes;
        const float *ahead = block + kLanes;
        do {
            Lanes v[M];
            for (int m = 0; m < M; m++)
                v[m] = load(w + m * t.weight_out);
            __builtin_prefetch(ahead); // this block's next point, a tile at a time
            for (int m = 0; m < M; m++)
                __builtin_prefetch(w + m * t.weight_out + 8 * kLanes);
#pragma GCC unroll 14
            for (int p = 0; p < P; p++) {
                Lanes a = all(x[p * kPitch]);
#if defined(__AVX512F__)
                if (M > 1)
                    __asm__("" : "+v"(a.p[0])); // one load for all M products
#endif
#pragma GCC unroll 2
                for (int m = 0; m < M; m++)
                    sum[p][m] = fma(a, v[m], sum[p][m]);
            }
            x++;
            ahead += kPitch;
            w += kLanes;
        } while (w != stop);
        block += t.in_block;
    } while (--left);
    for (int m = 0; m < M; m++)
#pragma GCC unroll 14
        for (int p = 0; p < P; p++)
            store(t.out + m * t.out_block + p * kPitch, sum[p][m]);
}

typedef void (*ProductsRun)(const Products &);

template <int M, int P = kPixels> ProductsRun products_of(int tiles)
{
    if constexpr (P > 1)
        return tiles == P ? products<P, M> : products_of<M, P - 1>(tiles);
    else
        return products<1, M>;
}

template <int M> void winograd_outputs(const Winograd &w, int o, const Corner *corners, int count, const float *from, float *points)
{
    const int pieces = (count + kPixels - 1) / kPixels;
    const int64_t in_block = int64_t(count) * kPitch, per_point = int64_t(w.blocks) * kLanes * kLanes;
    for (int point = 0; point < kPoints; point++)
        for (int piece = 0; piece < pieces; piece++) {
            const int x = count * piece / pieces, tiles = count * (piece + 1) / pieces - x;
            const Products t{from + x * kPitch + point * kLanes, w.weight + (int64_t(o) * kPoints + point) * per_point, in_block, kPoints * per_point,
                points + x * kPitch + point * kLanes, in_block, w.blocks, w.last_lanes};
            products_of<M>(tiles)(t);
        }
    for (int m = 0; m < M; m++)
        write_tiles(w, o, m, corners, count, points);
}

inline void winograd(const Winograd &w)
{
    const int across = (w.out.width + kSide - 1) / kSide, down = (w.out.height + kSide - 1) / kSide;
    const int all = w.images * across * down, turns = (all + kTiles - 1) / kTiles;
    Corner corners[kTiles], next{};
    for (int turn = 0; turn < turns; turn++) {
        const int count = int(int64_t(all) * (turn + 1) / turns - int64_t(all) * turn / turns);
        for (int i = 0; i < count; i++) {
            corners[i] = next;
            next.x += kSide;
            if (next.x >= w.out.width) {
                next.x = 0;
                next.y += kSide;
            }
            if (next.y >= w.out.height) {
                next.y = 0;
                next.image++;
            }
        }
        float *from = w.scratch, *points = w.scratch + w.blocks * int64_t(kTiles) * kPitch;
        for (int b = 0; b < w.blocks; b++)
            for (int i = 0; i < count; i++) {
                const Corner &c = corners[i];
                into_points(w.in.at + c.image * w.in.image + b * w.in.block + (c.y - 1) * w.in.row + (c.x - 1) * kLanes, w.in.row, w.in.height + 2 - c.y,
                    w.in.width + 2 - c.x, from + (int64_t(b) * count + i) * kPitch);
            }
        int o = 0;
        for (; o + kTwo <= w.out.blocks; o += kTwo)
            winograd_outputs<kTwo>(w, o, corners, count, from, points);
        for (; o < w.out.blocks; o++)
            winograd_outputs<1>(w, o, corners, count, from, points);
    }
}
