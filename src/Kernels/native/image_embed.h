// The vector of each sample: sinusoids of its time, two dense layers, its class, and what every block is given of it. Included inside a namespace of
// the including file.
inline View table(float *at, int blocks, int64_t samples, int64_t from, int64_t to)
{
    return View{at + from * kLanes, (to - from) * kLanes, samples * kLanes, 0, blocks, 1, int32_t(to - from)};
}

inline void dense(const DenseInfo &d, const Program &p, const View &in, const View &out)
{
    Convolution c{};
    c.in = in;
    c.out = out;
    c.weight = p.weights + d.weight;
    c.weight_block = kLanes * kLanes;
    c.weight_out = d.in_blocks * c.weight_block;
    c.bias = p.weights + d.bias;
    c.blocks = d.in_blocks;
    c.last_lanes = d.last_in;
    c.side = c.stride = c.images = 1;
    convolve(c);
}

// What leads to the given vectors, one after the other in `kept`: sinusoids, first layer, its SiLU, second layer with the class, its SiLU.
struct Embedding {
    View sinusoids, first, active, second, result;
};

inline Embedding embedding(const Program &p, float *kept, int64_t samples, int64_t from, int64_t to)
{
    const int64_t f = int64_t(p.features_blocks) * kLanes * samples, w = int64_t(p.width_blocks) * kLanes * samples;
    return Embedding{
        table(kept, p.features_blocks, samples, from, to), table(kept + f, p.width_blocks, samples, from, to),
        table(kept + f + w, p.width_blocks, samples, from, to), table(kept + f + 2 * w, p.width_blocks, samples, from, to),
        table(kept + f + 3 * w, p.width_blocks, samples, from, to)};
}

inline int64_t class_of(const Program &p, const Batch &b, int64_t sample)
{
    return b.labels ? b.labels[sample] : p.condition.classes;
}

inline void embed(const Program &p, const Batch &batch, int64_t from, int64_t to, float *kept, float *given)
{
    const Embedding e = embedding(p, kept, batch.count, from, to);
    const int half = p.condition.features / 2;
    clear(e.sinusoids);
    for (int i = 0; i < half; i++) {
        const double rate = 1000 * __builtin_pow(10000.0, -2.0 * i / p.condition.features);
        for (int64_t s = from; s < to; s++) {
            const double angle = batch.time[s] * rate;
            e.sinusoids.at[i / kLanes * e.sinusoids.block + (s - from) * kLanes + i % kLanes] = float(__builtin_sin(angle));
            const int j = half + i;
            e.sinusoids.at[j / kLanes * e.sinusoids.block + (s - from) * kLanes + j % kLanes] = float(__builtin_cos(angle));
        }
    }
    dense(p.first, p, e.sinusoids, e.first);
    each_row(e.first, [&](int b, int) {
        for (int i = 0; i < e.first.width * kLanes; i += kLanes)
            silu(row_of(e.first, b, 0) + i, row_of(e.active, b, 0) + i);
    });
    dense(p.second, p, e.active, e.second);
    each_row(e.second, [&](int b, int) {
        for (int i = 0; i < e.second.width; i++) {
            float *x = row_of(e.second, b, 0) + i * kLanes;
            if (p.condition.classes > 0)
                store(x, load(x) + load(p.weights + p.class_rows + (class_of(p, batch, from + i) * p.width_blocks + b) * kLanes));
            silu(x, row_of(e.result, b, 0) + i * kLanes);
        }
    });
    for (int i = 0; i < p.given_count; i++)
        dense(p.givens[i], p, e.result, table(given + p.givens[i].table * batch.count, p.givens[i].out_blocks, batch.count, from, to));
}
