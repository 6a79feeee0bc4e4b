// The way back to a convolution's weights: dW[c][o] += sum over images and pixels of x[pixel][c] g[pixel][o]. Included inside a namespace.
#if defined(__AVX512F__)
constexpr int kRows = 8;
#elif defined(__AVX2__)
constexpr int kRows = 4;
#else
constexpr int kRows = 2;
#endif

struct Patch {
    const float *in, *gradient;
    int64_t in_row, gradient_row, gradient_block;
    int rows, width;
    float *to;
    int64_t to_out;
};

template <int C, int M, int S> void patch(const Patch &t)
{
    Lanes sum[C][M];
    for (int m = 0; m < M; m++)
#pragma GCC unroll 8
        for (int c = 0; c < C; c++)
            sum[c][m] = load(t.to + m * t.to_out + c * kLanes);
    const float *row = t.in, *gradient = t.gradient;
    int rows = t.rows;
    do {
        const float *x = row, *g = gradient, *const stop = g + int64_t(t.width) * kLanes;
        do {
            Lanes v[M];
            for (int m = 0; m < M; m++)
                v[m] = load(g + m * t.gradient_block);
#pragma GCC unroll 8
            for (int c = 0; c < C; c++) {
                Lanes a = all(x[c]);
#if defined(__AVX512F__)
                if (M > 1)
                    __asm__("" : "+v"(a.p[0]));
#endif
#pragma GCC unroll 2
                for (int m = 0; m < M; m++)
                    sum[c][m] = fma(a, v[m], sum[c][m]);
            }
            x += S * kLanes;
            g += kLanes;
        } while (g != stop);
        row += t.in_row;
        gradient += t.gradient_row;
    } while (--rows);
    for (int m = 0; m < M; m++)
#pragma GCC unroll 8
        for (int c = 0; c < C; c++)
            store(t.to + m * t.to_out + c * kLanes, sum[c][m]);
}

typedef void (*PatchRun)(const Patch &);

template <int M, int S, int C = kRows> PatchRun patch_of(int channels)
{
    if constexpr (C > 1)
        return channels == C ? patch<C, M, S> : patch_of<M, S, C - 1>(channels);
    else
        return patch<1, M, S>;
}

struct WeightGradient {
    View in, gradient;
    float *to;
    int64_t to_block, to_out;
    int blocks, last_lanes, side, stride, images;
};

template <int M> void weights_of_outputs(const WeightGradient &w, int o, int height, int width)
{
    const int rows_at_once = width >= 112 ? 1 : 112 / width; // both tensors' rows stay in the first-level cache
    const int edge = w.side / 2;
    for (int b = 0; b < w.blocks; b++) {
        const int lanes = b == w.blocks - 1 ? w.last_lanes : kLanes;
        for (int image = 0; image < w.images; image++)
            for (int y = 0; y < height; y += rows_at_once)
                for (int ky = 0; ky < w.side; ky++)
                    for (int kx = 0; kx < w.side; kx++)
                        for (int c = 0; c < lanes; c += kRows) {
                            Patch t;
                            t.in = w.in.at + image * w.in.image + b * w.in.block + (y * w.stride + ky - edge) * w.in.row + (kx - edge) * kLanes + c;
                            t.in_row = w.stride * w.in.row;
                            t.gradient = w.gradient.at + image * w.gradient.image + o * w.gradient.block + y * w.gradient.row;
                            t.gradient_row = w.gradient.row;
                            t.gradient_block = w.gradient.block;
                            t.rows = height - y < rows_at_once ? height - y : rows_at_once;
                            t.width = width;
                            t.to = w.to + o * w.to_out + b * w.to_block + (ky * w.side + kx) * kLanes * kLanes + c * kLanes;
                            t.to_out = w.to_out;
                            const int channels = lanes - c < kRows ? lanes - c : kRows;
                            (w.stride == 1 ? patch_of<M, 1>(channels) : patch_of<M, 2>(channels))(t);
                        }
    }
}

inline void weight_gradient(const WeightGradient &w)
{
    int o = 0;
    for (; o + kTwo <= w.gradient.blocks; o += kTwo)
        weights_of_outputs<kTwo>(w, o, w.gradient.height, w.gradient.width);
    for (; o < w.gradient.blocks; o++)
        weights_of_outputs<1>(w, o, w.gradient.height, w.gradient.width);
}
