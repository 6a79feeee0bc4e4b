// Attention of one head of one image, forwards and back. Included inside a namespace of the including file.
// Queries, keys and values are [blocks][pixel][16 channels]; weights are [blocks of 16 keys][query][16 keys].
struct Head {
    View queries, keys, values; // flat
    View out;
    float *weights; // kept for the way back
    float factor;
};

inline int key_blocks(const View &keys)
{
    return (keys.height * keys.width + kLanes - 1) / kLanes;
}

inline int last_keys(const View &keys)
{
    return keys.height * keys.width - (key_blocks(keys) - 1) * kLanes;
}

// [block][pixel][16] as [pixel / 16][block][16 channels][16 pixels], zeros beyond the last pixel.
inline void transpose(const View &v, float *to)
{
    const int n = v.height * v.width;
    for (int k = 0; k < key_blocks(v); k++)
        for (int b = 0; b < v.blocks; b++, to += kLanes * kLanes) {
            const float *from = v.at + b * v.block + k * kLanes * kLanes;
            for (int c = 0; c < kLanes; c++)
                for (int i = 0; i < kLanes; i++)
                    to[c * kLanes + i] = k * kLanes + i < n ? from[i * kLanes + c] : 0;
        }
}

inline View flat(float *at, int blocks, int pixels)
{
    return View{at, int64_t(pixels) * kLanes, int64_t(pixels) * kLanes, 0, blocks, 1, pixels};
}

inline View as_row(View v)
{
    v.width *= v.height;
    v.height = 1;
    v.row = int64_t(v.width) * kLanes;
    return v;
}

// out[pixel][o] = sum_c in[pixel][c] w[c][o].
inline void multiply(const View &in, int last_lanes, const View &out, const float *weight, int64_t weight_block, int64_t weight_out, bool accumulate)
{
    Convolution c{};
    c.in = in;
    c.out = out;
    c.weight = weight;
    c.weight_block = weight_block;
    c.weight_out = weight_out;
    c.bias = accumulate ? nullptr : kZeros;
    c.blocks = in.blocks;
    c.last_lanes = last_lanes;
    c.side = c.stride = c.images = 1;
    convolve(c);
}

// Rows of the weights: softmax over all keys of factor x, but for the division by each row's sum, whose inverses go to `shares`.
inline void softmax(const View &weights, int last, float factor, float *shares)
{
    const int last_block = weights.blocks - 1;
    alignas(64) float tail[kLanes];
    for (int i = 0; i < kLanes; i++)
        tail[i] = i < last ? 0.0f : -1e30f;
    const Lanes ended = load(tail), scale = all(factor * kLog2E), least = all(-126.0f);
    constexpr int kTogether = 14; // rows whose sums over lanes do not wait for each other
    float top[kTogether];
    for (int first = 0; first < weights.width; first += kTogether) {
        const int rows = weights.width - first < kTogether ? weights.width - first : kTogether;
        for (int q = 0; q < rows; q++) {
            float *row = weights.at + (first + q) * kLanes;
            store(row + last_block * weights.block, load(row + last_block * weights.block) + ended);
            Lanes m = load(row);
            for (int b = 1; b < weights.blocks; b++)
                m = larger(m, load(row + b * weights.block));
            top[q] = largest(m);
        }
        for (int q = 0; q < rows; q++) {
            float *row = weights.at + (first + q) * kLanes;
            const Lanes t = all(top[q]);
            Lanes total = all(0);
            for (int b = 0; b < weights.blocks; b++) {
                Lanes e = power_of_two(larger((load(row + b * weights.block) - t) * scale, least));
                if (b == last_block)
                    for (int i = 0; i < kParts; i++)
                        e.p[i] = ended.p[i] < 0 ? Part{} : e.p[i];
                store(row + b * weights.block, e);
                total = total + e;
            }
            shares[first + q] = 1 / sum(total);
        }
    }
}

inline void scale_pixels(const View &v, const float *factors)
{
    for (int b = 0; b < v.blocks; b++)
        for (int i = 0; i < v.width; i++) {
            float *x = v.at + b * v.block + i * kLanes;
            store(x, load(x) * all(factors[i]));
        }
}

inline View columns_of(View v, int from, int count)
{
    v.at += from * kLanes;
    v.width = count;
    return v;
}

// `kept`: all weights stay in h.weights for the way back; else those of a few queries at a time are there, in the first-level cache.
inline void attend(const Head &h, float *scratch, bool kept)
{
    const int pixels = h.queries.width, blocks = key_blocks(h.keys), depth = h.keys.blocks, last = last_keys(h.keys);
    const int step = kept ? pixels : kPixels;
    transpose(h.keys, scratch);
    float shares[4096];
    for (int q = 0; q < pixels; q += step) {
        const int count = pixels - q < step ? pixels - q : step;
        const View weights = flat(h.weights, blocks, count);
        multiply(columns_of(h.queries, q, count), kLanes, weights, scratch, kLanes * kLanes, int64_t(depth) * kLanes * kLanes, false);
        softmax(weights, last, h.factor, shares);
        if (kept)
            scale_pixels(weights, shares);
        const View out = columns_of(h.out, q, count);
        multiply(weights, last, out, h.values.at, kLanes * kLanes, h.values.block, false);
        if (!kept)
            scale_pixels(out, shares);
    }
}

// From the gradient of the result those of queries, keys and values, which are written.
inline void attend_back(const Head &h, const View &gradient, const View &queries, const View &keys, const View &values, float *scratch)
{
    const int pixels = h.queries.width, blocks = key_blocks(h.keys), depth = h.keys.blocks, last = last_keys(h.keys);
    const View weights = flat(h.weights, blocks, pixels);
    float *transposed = scratch;
    const View slopes = flat(scratch + int64_t(blocks) * depth * kLanes * kLanes, blocks, pixels);
    WeightGradient w{};
    w.in = weights;
    w.gradient = gradient;
    w.to = values.at;
    w.to_block = kLanes * kLanes;
    w.to_out = values.block;
    w.blocks = blocks;
    w.last_lanes = last;
    w.side = w.stride = w.images = 1;
    clear(values);
    weight_gradient(w);

    transpose(h.values, transposed);
    multiply(gradient, kLanes, slopes, transposed, kLanes * kLanes, int64_t(depth) * kLanes * kLanes, false);
    for (int q = 0; q < pixels; q++) {
        float *d = slopes.at + q * kLanes, *p = weights.at + q * kLanes;
        Lanes s = all(0);
        for (int b = 0; b < blocks; b++)
            s = fma(load(d + b * slopes.block), load(p + b * weights.block), s);
        const Lanes mean = all(sum(s)), factor = all(h.factor);
        for (int b = 0; b < blocks; b++)
            store(d + b * slopes.block, (load(d + b * slopes.block) - mean) * load(p + b * weights.block) * factor);
    }
    multiply(slopes, last, queries, h.keys.at, kLanes * kLanes, h.keys.block, false);
    w.in = slopes;
    w.gradient = h.queries;
    w.to = keys.at;
    w.to_out = keys.block;
    clear(keys);
    weight_gradient(w);
}
