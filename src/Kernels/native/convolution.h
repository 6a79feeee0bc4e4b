// Direct convolution over blocks of sixteen channels, with sides 1 and 3. Included inside a namespace of the including file.
// Every sum runs over blocks, rows, columns and channels in this order, whatever the tile: a pixel's bits do not depend on the batch.

// A tensor of `group` images: pixel (0, 0) of the first block of the first image, and strides in floats.
struct View {
    float *at;
    int64_t row, block, image;
    int32_t blocks, height, width;
};

#if defined(__AVX512F__)
constexpr int kPixels = 14, kTwo = 2; // 28 sums, two weights, one input: 31 registers of 32
#elif defined(__AVX2__)
constexpr int kPixels = 6, kTwo = 1;  // 12 sums of 8 floats, two halves of a weight, one input: 15 registers of 16
#else
constexpr int kPixels = 3, kTwo = 1;
#endif

struct Tile {
    const float *in;
    int64_t in_row, in_block;
    const float *weight;
    int64_t weight_block, weight_out; // from an input block to the next, from an output block to the next
    float *out;
    int64_t out_block;
    const float *bias;     // null: the sum goes on from what `out` holds
    const float *residual; // null for none
    int64_t residual_block;
    int blocks, last_lanes, side;
};

template <int P, int M, int S> void tile(const Tile &t)
{
    Lanes sum[P][M];
    if (t.bias) {
        for (int m = 0; m < M; m++) {
            const Lanes b = load(t.bias + m * kLanes);
#pragma GCC unroll 14
            for (int p = 0; p < P; p++)
                sum[p][m] = b;
        }
        if (t.residual)
            for (int m = 0; m < M; m++)
#pragma GCC unroll 14
                for (int p = 0; p < P; p++)
                    sum[p][m] = sum[p][m] + load(t.residual + m * t.residual_block + p * kLanes);
    } else {
        for (int m = 0; m < M; m++)
#pragma GCC unroll 14
            for (int p = 0; p < P; p++)
                sum[p][m] = load(t.out + m * t.out_block + p * kLanes);
    }
    // Every loop runs at least once, and is written so: else the compiler keeps the sums in memory between them.
    const float *block = t.in, *weights = t.weight;
    int left = t.blocks;
    do {
        const int64_t end = (left == 1 ? t.last_lanes : kLanes) * kLanes;
        const float *row = block, *weight = weights;
        int ky = t.side;
        do {
            const float *pixel = row;
            int kx = t.side;
            do {
                const float *x = pixel, *w = weight, *const stop = weight + end;
                do {
                    Lanes v[M];
                    for (int m = 0; m < M; m++)
                        v[m] = load(w + m * t.weight_out);
#pragma GCC unroll 14
                    for (int p = 0; p < P; p++) {
                        Lanes a = all(x[p * S * kLanes]);
#if defined(__AVX512F__)
                        if (M > 1)
                            __asm__("" : "+v"(a.p[0])); // one load for all M products
#endif
#pragma GCC unroll 2
                        for (int m = 0; m < M; m++)
                            sum[p][m] = fma(a, v[m], sum[p][m]);
                    }
                    x++;
                    w += kLanes;
                } while (w != stop);
                pixel += kLanes;
                weight += kLanes * kLanes;
            } while (--kx);
            row += t.in_row;
        } while (--ky);
        block += t.in_block;
        weights += t.weight_block;
    } while (--left);
    for (int m = 0; m < M; m++)
#pragma GCC unroll 14
        for (int p = 0; p < P; p++)
            store(t.out + m * t.out_block + p * kLanes, sum[p][m]);
}

typedef void (*TileRun)(const Tile &);

template <int M, int S, int P = kPixels> TileRun tile_of(int pixels)
{
    if constexpr (P > 1)
        return pixels == P ? tile<P, M, S> : tile_of<M, S, P - 1>(pixels);
    else
        return tile<1, M, S>;
}

// in (blocks from `from`, `count` of them) into out: adds to what is there where `bias` is null. One `bias` of out.blocks * 16 an image,
// `bias_image` floats apart. Weights: [output block][input block of `weight_blocks`][side][side][16 inputs][16 outputs].
struct Convolution {
    View in, out;
    const float *weight;
    int64_t weight_block, weight_out; // strides between input blocks and between output blocks
    const float *bias;
    int64_t bias_image;
    const View *residual;
    int blocks, last_lanes, side, stride, images;
};

template <int M> void convolve_outputs(const Convolution &c, int o, int height, int width, const View &in, const View &out, const View *residual)
{
    const int pieces = (width + kPixels - 1) / kPixels;
    const int step = c.side == 1 ? c.blocks : 1; // a side of 3: one block's weights stay in the first-level cache
    const int tiles = c.images * height * pieces;
    const int64_t ahead = c.side == 3 ? (9 * kLanes + tiles - 1) / tiles : 0; // rows of the next block's weights to fetch at each tile
    for (int b = 0; b < c.blocks; b += step) {
        const float *next = c.weight + (b + step < c.blocks ? o * c.weight_out + (b + step) * c.weight_block : o + M < out.blocks ? (o + M) * c.weight_out : b * c.weight_block);
        for (int image = 0; image < c.images; image++)
            for (int y = 0; y < height; y++)
                for (int piece = 0; piece < pieces; piece++, next += ahead * kLanes) {
                    for (int64_t i = 0; i < ahead; i++)
                        for (int m = 0; m < M; m++)
                            __builtin_prefetch(next + m * c.weight_out + i * kLanes, 0, 2);
                    const int x = width * piece / pieces, pixels = width * (piece + 1) / pieces - x, edge = c.side / 2;
                    Tile t;
                    t.in = in.at + image * in.image + b * in.block + (y * c.stride - edge) * in.row + (x * c.stride - edge) * kLanes;
                    t.in_row = in.row;
                    t.in_block = in.block;
                    t.weight = c.weight + o * c.weight_out + b * c.weight_block;
                    t.weight_block = c.weight_block;
                    t.weight_out = c.weight_out;
                    t.out = out.at + image * out.image + o * out.block + y * out.row + x * kLanes;
                    t.out_block = out.block;
                    t.bias = c.bias && b == 0 ? c.bias + image * c.bias_image + o * kLanes : nullptr;
                    t.residual = residual ? residual->at + image * residual->image + o * residual->block + y * residual->row + x * kLanes : nullptr;
                    t.residual_block = residual ? residual->block : 0;
                    t.blocks = step;
                    t.last_lanes = b + step == c.blocks ? c.last_lanes : kLanes;
                    t.side = c.side;
                    (c.stride == 1 ? tile_of<M, 1>(pixels) : tile_of<M, 2>(pixels))(t);
                }
    }
}

// A view whose rows follow each other is one long row to a convolution of side 1.
inline bool is_flat(const View &v)
{
    return v.row == int64_t(v.width) * kLanes;
}

inline void convolve(const Convolution &c)
{
    View in = c.in, out = c.out, rest = c.residual ? *c.residual : View{};
    int height = out.height, width = out.width;
    if (c.side == 1 && is_flat(in) && is_flat(out) && (!c.residual || is_flat(rest))) {
        width *= height;
        height = 1;
    }
    int o = 0;
    for (; o + kTwo <= out.blocks; o += kTwo)
        convolve_outputs<kTwo>(c, o, height, width, in, out, c.residual ? &rest : nullptr);
    for (; o < out.blocks; o++)
        convolve_outputs<1>(c, o, height, width, in, out, c.residual ? &rest : nullptr);
}
