// Convolution of side 3 and stride 1 to three channels at most: lanes run over the input's channels, where blocks of outputs would be zeros
// for the most part. Included inside a namespace of the including file. Weights: [output][block][9][16 inputs].
struct FewOutputs {
    View in, out;
    const float *weight, *bias; // one bias an output
    int64_t bias_image;
    const View *residual;
    int outputs, images;
};

template <int P> void few_outputs_row(const FewOutputs &f, const float *x, const float *bias, const float *residual, float *out)
{
    float results[P][kLanes] = {};
    for (int o = 0; o < f.outputs; o++) {
        Lanes sum_of[P];
#pragma GCC unroll 16
        for (int p = 0; p < P; p++)
            sum_of[p] = all(0);
        const float *w = f.weight + int64_t(o) * f.in.blocks * 9 * kLanes;
        for (int b = 0; b < f.in.blocks; b++)
            for (int tap = 0; tap < 9; tap++, w += kLanes) {
                const Lanes v = load(w);
                const float *at = x + b * f.in.block + (tap / 3) * f.in.row + (tap % 3) * kLanes;
#pragma GCC unroll 16
                for (int p = 0; p < P; p++)
                    sum_of[p] = fma(load(at + p * kLanes), v, sum_of[p]);
            }
#pragma GCC unroll 16
        for (int p = 0; p < P; p++)
            results[p][o] = sum(sum_of[p]) + bias[o] + (residual ? residual[p * kLanes + o] : 0);
    }
    __builtin_memcpy(out, results, sizeof results);
}

inline void few_outputs(const FewOutputs &f)
{
    constexpr int kAtOnce = kPixels / 2; // sums that do not wait for each other
    for (int image = 0; image < f.images; image++)
        for (int y = 0; y < f.out.height; y++) {
            const float *in = f.in.at + image * f.in.image + (y - 1) * f.in.row - kLanes, *bias = f.bias + image * f.bias_image;
            const float *rest = f.residual ? f.residual->at + image * f.residual->image + y * f.residual->row : nullptr;
            float *out = f.out.at + image * f.out.image + y * f.out.row;
            int x = 0;
            for (; x + kAtOnce <= f.out.width; x += kAtOnce)
                few_outputs_row<kAtOnce>(f, in + x * kLanes, bias, rest ? rest + x * kLanes : nullptr, out + x * kLanes);
            for (; x < f.out.width; x++)
                few_outputs_row<1>(f, in + x * kLanes, bias, rest ? rest + x * kLanes : nullptr, out + x * kLanes);
        }
}

// [blocks in][9][16][16 outputs] as weights of that order.
inline void turn_few_weights(const float *from, int in_blocks, int outputs, float *to)
{
    for (int o = 0; o < outputs; o++)
        for (int i = 0; i < in_blocks * 9 * kLanes; i++)
            *to++ = from[i * kLanes + o];
}
