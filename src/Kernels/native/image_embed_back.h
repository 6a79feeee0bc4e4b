// The way back through the vector of each sample. Included inside a namespace of the including file.
inline void dense_back(const DenseInfo &d, const Program &p, const View &in, const View &gradient, float *gradients, const View *to, bool accumulate)
{
    WeightGradient w{};
    w.in = in;
    w.gradient = gradient;
    w.to = gradients + d.weight;
    w.to_block = kLanes * kLanes;
    w.to_out = d.in_blocks * w.to_block;
    w.blocks = d.in_blocks;
    w.last_lanes = d.last_in;
    w.side = w.stride = w.images = 1;
    weight_gradient(w);
    add_pixels(gradient, gradients + d.bias);
    if (to)
        multiply(gradient, d.last_out, *to, p.back + d.back, kLanes * kLanes, d.out_blocks * int64_t(kLanes * kLanes), accumulate);
}

// scratch: two tables of the vector's width.
inline void embed_back(const Program &p, const Batch &batch, const float *kept, const float *given_gradient, float *gradients, float *scratch)
{
    const int64_t n = batch.count;
    const Embedding e = embedding(p, const_cast<float *>(kept), n, 0, n);
    const View slope = table(scratch, p.width_blocks, n, 0, n), before = table(scratch + int64_t(p.width_blocks) * kLanes * n, p.width_blocks, n, 0, n);
    for (int i = 0; i < p.given_count; i++) {
        const DenseInfo &d = p.givens[i];
        dense_back(d, p, e.result, table(const_cast<float *>(given_gradient) + d.table * n, d.out_blocks, n, 0, n), gradients, &slope, i > 0);
    }
    each_row(slope, [&](int b, int) {
        for (int i = 0; i < slope.width; i++) {
            float *g = row_of(slope, b, 0) + i * kLanes;
            store(g, load(g) * silu_slope(load(row_of(e.second, b, 0) + i * kLanes)));
            if (p.condition.classes > 0) {
                float *row = gradients + p.class_rows + (class_of(p, batch, i) * p.width_blocks + b) * kLanes;
                store(row, load(row) + load(g));
            }
        }
    });
    dense_back(p.second, p, e.active, slope, gradients, &before, false);
    each_row(before, [&](int b, int) {
        for (int i = 0; i < before.width * kLanes; i += kLanes) {
            float *g = row_of(before, b, 0) + i;
            store(g, load(g) * silu_slope(load(row_of(e.first, b, 0) + i)));
        }
    });
    dense_back(p.first, p, e.sinusoids, before, gradients, nullptr, false);
}
