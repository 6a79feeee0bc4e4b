// Group normalisation with an optional SiLU, forwards and back, of one image. Included inside a namespace of the including file.
// Statistics: lanes' sums in float, groups' in double; the variance from differences to the mean.
struct Normalisation {
    View parts[2];   // the second's channels follow the first's
    int part_count;
    View out;
    const int32_t *map; // channel of each lane, -1 for a lane that is always zero
    int channels, groups;
    bool silu;
    const float *scale, *shift; // a lane
    float *mean, *rate;         // a lane: mean and 1 / deviation of its group
};

inline float *part_row(const Normalisation &n, int b, int y)
{
    return b < n.parts[0].blocks ? row_of(n.parts[0], b, y) : row_of(n.parts[1], b - n.parts[0].blocks, y);
}

// Each group's sum of the lanes' numbers, over `pixels` numbers each, as a mean given back to its lanes.
inline void share(const Normalisation &n, const float *lanes, double count, float *means)
{
    double sums[64];
    const int size = n.channels / n.groups, total = n.out.blocks * kLanes;
    for (int first = 0; first < n.groups; first += 64) {
        for (int g = 0; g < 64; g++)
            sums[g] = 0;
        for (int i = 0; i < total; i++)
            if (n.map[i] >= 0 && n.map[i] / size >= first && n.map[i] / size < first + 64)
                sums[n.map[i] / size - first] += lanes[i];
        for (int i = 0; i < total; i++)
            if (n.map[i] >= 0 && n.map[i] / size >= first && n.map[i] / size < first + 64)
                means[i] = float(sums[n.map[i] / size - first] / count);
    }
    for (int i = 0; i < total; i++)
        if (n.map[i] < 0)
            means[i] = 0;
}

inline void statistics(const Normalisation &n, float *scratch)
{
    const int blocks = n.out.blocks, width = n.out.width * kLanes;
    const double count = double(n.channels / n.groups) * n.out.height * n.out.width;
    for (int b = 0; b < blocks; b++) {
        Lanes s0 = all(0), s1 = all(0);
        for (int y = 0; y < n.out.height; y++) {
            const float *x = part_row(n, b, y);
            int i = 0;
            for (; i + kLanes < width; i += 2 * kLanes) {
                s0 = s0 + load(x + i);
                s1 = s1 + load(x + i + kLanes);
            }
            if (i < width)
                s0 = s0 + load(x + i);
        }
        store(scratch + b * kLanes, s0 + s1);
    }
    share(n, scratch, count, n.mean);
    for (int b = 0; b < blocks; b++) {
        const Lanes mean = load(n.mean + b * kLanes);
        Lanes s0 = all(0), s1 = all(0);
        for (int y = 0; y < n.out.height; y++) {
            const float *x = part_row(n, b, y);
            int i = 0;
            for (; i + kLanes < width; i += 2 * kLanes) {
                const Lanes d0 = load(x + i) - mean, d1 = load(x + i + kLanes) - mean;
                s0 = fma(d0, d0, s0);
                s1 = fma(d1, d1, s1);
            }
            if (i < width) {
                const Lanes d0 = load(x + i) - mean;
                s0 = fma(d0, d0, s0);
            }
        }
        store(scratch + b * kLanes, s0 + s1);
    }
    share(n, scratch, count, n.rate);
    for (int i = 0; i < blocks * kLanes; i++)
        n.rate[i] = n.map[i] < 0 ? 0 : float(1 / __builtin_sqrt(double(n.rate[i]) + 1e-5));
}

inline void normalise(const Normalisation &n, float *scratch)
{
    statistics(n, scratch);
    each_row(n.out, [&](int b, int y) {
        const Lanes mean = load(n.mean + b * kLanes), factor = load(n.rate + b * kLanes) * load(n.scale + b * kLanes), shift = load(n.shift + b * kLanes);
        const float *x = part_row(n, b, y);
        float *z = row_of(n.out, b, y);
        if (n.silu)
            for (int i = 0; i < n.out.width * kLanes; i += kLanes) {
                const Lanes v = fma(load(x + i) - mean, factor, shift);
                store(z + i, v * logistic(v));
            }
        else
            for (int i = 0; i < n.out.width * kLanes; i += kLanes)
                store(z + i, fma(load(x + i) - mean, factor, shift));
    });
}

// `gradient` of the result becomes that of the value before SiLU; gradients of the inputs are written or added to.
inline void normalise_back(const Normalisation &n, const View &gradient, const View *to, const bool *accumulate, float *scale_gradient, float *shift_gradient, float *scratch)
{
    const int lanes = n.out.blocks * kLanes, width = n.out.width * kLanes;
    float *products = scratch, *sums = scratch + lanes, *mean_products = scratch + 2 * lanes, *mean_sums = scratch + 3 * lanes;
    for (int b = 0; b < n.out.blocks; b++) {
        const Lanes mean = load(n.mean + b * kLanes), rate = load(n.rate + b * kLanes), scale = load(n.scale + b * kLanes), shift = load(n.shift + b * kLanes);
        Lanes s = all(0), q = all(0);
        for (int y = 0; y < n.out.height; y++) {
            const float *x = part_row(n, b, y);
            float *g = row_of(gradient, b, y);
            for (int i = 0; i < width; i += kLanes) {
                const Lanes h = (load(x + i) - mean) * rate;
                Lanes d = load(g + i);
                if (n.silu) {
                    d = d * silu_slope(fma(h, scale, shift));
                    store(g + i, d);
                }
                s = s + d;
                q = fma(d, h, q);
            }
        }
        store(shift_gradient + b * kLanes, load(shift_gradient + b * kLanes) + s);
        store(scale_gradient + b * kLanes, load(scale_gradient + b * kLanes) + q);
        store(sums + b * kLanes, s * scale);
        store(products + b * kLanes, q * scale);
    }
    const double count = double(n.channels / n.groups) * n.out.height * n.out.width;
    share(n, sums, count, mean_sums);
    share(n, products, count, mean_products);
    each_row(n.out, [&](int b, int y) {
        const int part = b < n.parts[0].blocks ? 0 : 1, block = part == 0 ? b : b - n.parts[0].blocks;
        if (!to[part].at)
            return;
        const Lanes mean = load(n.mean + b * kLanes), rate = load(n.rate + b * kLanes), scale = load(n.scale + b * kLanes);
        const Lanes m = load(mean_sums + b * kLanes), p = load(mean_products + b * kLanes);
        const float *x = part_row(n, b, y), *g = row_of(gradient, b, y);
        float *t = row_of(to[part], block, y);
        for (int i = 0; i < width; i += kLanes) {
            const Lanes h = (load(x + i) - mean) * rate;
            Lanes d = (load(g + i) * scale - m - h * p) * rate;
            if (accumulate[part])
                d = d + load(t + i);
            store(t + i, d);
        }
    });
}
