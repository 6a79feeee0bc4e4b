// Running a program forwards. Included inside a namespace of the including file.
struct Run {
    const Program &p;
    const Batch &batch;
    float *memory, *scratch;
    const float *given;
    bool training;
    int64_t first;    // image of the batch
    int images, from; // from: place of the first of them in the memory of the group
};

inline View view_at(float *memory, int64_t offset, int64_t size, const Shape &s, bool padded, int group)
{
    View v;
    v.row = int64_t(s.width + 2 * padded) * kLanes;
    v.block = (s.height + 2 * padded) * v.row;
    v.image = size;
    v.at = memory + offset * group + (padded ? v.row + kLanes : 0);
    v.blocks = s.blocks;
    v.height = s.height;
    v.width = s.width;
    return v;
}

inline View value_of(const Run &r, int tensor)
{
    const TensorInfo &t = r.p.tensors[tensor];
    View v = view_at(r.memory, r.training ? t.kept : t.value, r.training ? t.size : t.value_size, t.shape, t.shape.padded, r.p.group);
    v.at += r.from * v.image;
    return v;
}

inline Normalisation normalisation_of(const Run &r, const StepInfo &s, int image, float *statistics)
{
    Normalisation n{};
    n.part_count = s.op.in1 < 0 ? 1 : 2;
    n.parts[0] = image_of(value_of(r, s.op.in0), image);
    if (s.op.in1 >= 0)
        n.parts[1] = image_of(value_of(r, s.op.in1), image);
    n.out = image_of(value_of(r, s.op.out), image);
    n.group = s.out_map;
    n.channels = s.op.channels;
    n.groups = s.op.groups;
    n.silu = s.op.silu;
    n.scale = r.p.weights + s.weight;
    n.shift = r.p.weights + s.bias;
    n.mean = statistics;
    n.rate = statistics + s.in_blocks * kLanes;
    return n;
}

inline View blocks_of(View v, int from, int count)
{
    v.at += from * v.block;
    v.blocks = count;
    return v;
}

inline Head head_of(const StepInfo &s, const View &in, const View &out, int head, float *weights)
{
    const int depth = (s.op.head_channels + kLanes - 1) / kLanes;
    const View row = as_row(in);
    Head h;
    h.queries = blocks_of(row, head * depth, depth);
    h.keys = blocks_of(row, (s.op.heads + head) * depth, depth);
    h.values = blocks_of(row, (2 * s.op.heads + head) * depth, depth);
    h.out = blocks_of(as_row(out), head * depth, depth);
    h.weights = weights;
    h.factor = float(1 / __builtin_sqrt(double(s.op.head_channels)));
    return h;
}

inline int64_t weights_of_head(const View &v)
{
    const int64_t pixels = int64_t(v.height) * v.width;
    return (pixels + kLanes - 1) / kLanes * pixels * kLanes;
}

inline void run_convolution(const Run &r, const StepInfo &s)
{
    const int lanes = s.out_blocks * kLanes;
    float *biases = r.scratch;
    for (int image = 0; image < r.images; image++)
        for (int i = 0; i < lanes; i++) {
            biases[image * lanes + i] = r.p.weights[s.bias + i];
            if (s.op.given >= 0)
                biases[image * lanes + i] += r.given[s.given * r.batch.count + (i / kLanes * r.batch.count + r.first + image) * kLanes + i % kLanes];
        }
    const View rest = s.op.residual >= 0 ? value_of(r, s.op.residual) : View{};
    const View *const residual = s.op.residual >= 0 ? &rest : nullptr;
    if (s.few >= 0) {
        few_outputs(FewOutputs{value_of(r, s.op.in0), value_of(r, s.op.out), r.p.points + s.few, biases, lanes, residual, s.last_out, r.images});
        return;
    }
    if (s.points >= 0) {
        winograd(Winograd{value_of(r, s.op.in0), value_of(r, s.op.out), r.p.points + s.points, biases, lanes, residual,
            s.in_blocks, s.last_in, r.images, biases + int64_t(r.p.group) * lanes});
        return;
    }
    Convolution c{};
    c.out = value_of(r, s.op.out);
    c.weight_block = int64_t(s.op.side) * s.op.side * kLanes * kLanes;
    c.weight_out = s.in_blocks * c.weight_block;
    c.residual = residual;
    c.side = s.op.side;
    c.stride = s.op.stride;
    c.images = r.images;
    int before = 0;
    for (int part = 0; part < 2; part++) {
        const int tensor = part == 0 ? s.op.in0 : s.op.in1;
        if (tensor < 0)
            break;
        c.in = value_of(r, tensor);
        c.blocks = c.in.blocks;
        c.weight = r.p.weights + s.weight + before * c.weight_block;
        c.bias = part == 0 ? biases : nullptr;
        c.bias_image = lanes;
        before += c.in.blocks;
        c.last_lanes = before == s.in_blocks ? s.last_in : kLanes;
        convolve(c);
        c.residual = nullptr;
    }
}

inline void run_step(const Run &r, const StepInfo &s)
{
    const Program &p = r.p;
    const int64_t size = int64_t(p.image_channels) * p.height * p.width;
    if (s.op.kind == kConvolve) {
        run_convolution(r, s);
        return;
    }
    for (int image = 0; image < r.images; image++) {
        float *aux = r.training ? r.memory + s.aux * p.group + (r.from + image) * s.aux_size : r.scratch;
        float *scratch = r.training ? r.scratch : r.scratch + s.aux_size;
        switch (s.op.kind) {
        case kInput:
            read_image(r.batch.x + (r.first + image) * size, p.image_channels, p.height, p.width, s.op.patch, image_of(value_of(r, s.op.out), image));
            break;
        case kNormalise:
            normalise(normalisation_of(r, s, image, aux), scratch);
            break;
        case kResize:
            resize(image_of(value_of(r, s.op.in0), image), image_of(value_of(r, s.op.out), image));
            break;
        case kAttend: {
            const View in = image_of(value_of(r, s.op.in0), image), out = image_of(value_of(r, s.op.out), image);
            for (int head = 0; head < s.op.heads; head++)
                attend(head_of(s, in, out, head, aux + head * weights_of_head(in)), scratch, r.training);
            break;
        }
        case kOutput:
            if (r.batch.out)
                write_image(image_of(value_of(r, s.op.in0), image), p.image_channels, p.height, p.width, s.op.patch, r.batch.out + (r.first + image) * size);
            break;
        }
    }
}

// Steps from `from` on that as many images go through together: many images of few pixels for the weights' sake, few of many for their own.
inline int section(const Program &p, int from)
{
    int end = from + 1;
    while (end < p.step_count && p.steps[end].together == p.steps[from].together)
        end++;
    return end;
}

inline void forward(const Program &p, const Batch &batch, int64_t from, int64_t to, const float *given, float *memory)
{
    for (int64_t first = from; first < to; first += p.group) {
        const int images = int(to - first < p.group ? to - first : p.group);
        for (int i = 0, end; i < p.step_count; i = end) {
            end = section(p, i);
            const int together = p.steps[i].together;
            for (int from = 0; from < images; from += together) {
                const Run r{p, batch, memory, memory + p.value_floats * p.group, given, false, first + from, images - from < together ? images - from : together, from};
                for (int k = i; k < end; k++)
                    run_step(r, p.steps[k]);
            }
        }
    }
}
