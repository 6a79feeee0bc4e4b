// Running a program back: gradients of the weights. Included inside a namespace of the including file.
struct Back {
    const Run &run;
    float *gradients, *given_gradient;
    bool *written; // whether a tensor's gradient already holds something
};

inline View gradient_of(const Back &b, int tensor)
{
    const TensorInfo &t = b.run.p.tensors[tensor];
    View v = view_at(b.run.memory, t.gradient, t.gradient_size, t.shape, t.gradient_padded, b.run.p.group);
    v.at += b.run.from * t.gradient_size;
    return v;
}

inline bool add_to(const Back &b, int tensor)
{
    const bool was = b.written[tensor];
    b.written[tensor] = true;
    return was;
}

inline void convolution_back(const Back &b, const StepInfo &s)
{
    const Run &r = b.run;
    const View g = gradient_of(b, s.op.out);
    const int lanes = s.out_blocks * kLanes;
    for (int image = 0; image < r.images; image++) {
        float *sums = r.scratch;
        for (int i = 0; i < lanes; i++)
            sums[i] = 0;
        add_pixels(image_of(g, image), sums);
        for (int i = 0; i < lanes; i++) {
            b.gradients[s.bias + i] += sums[i];
            if (s.op.given >= 0)
                b.given_gradient[s.given * r.batch.count + (i / kLanes * r.batch.count + r.first + image) * kLanes + i % kLanes] = sums[i];
        }
    }
    if (s.op.residual >= 0) {
        const bool accumulate = add_to(b, s.op.residual);
        for (int image = 0; image < r.images; image++)
            add(image_of(g, image), image_of(gradient_of(b, s.op.residual), image), accumulate);
    }
    const int64_t square = int64_t(s.op.side) * s.op.side * kLanes * kLanes;
    View from = g;
    if (s.op.stride > 1) {
        const Shape &in = r.p.tensors[s.op.in0].shape;
        const Shape wide{s.out_blocks, in.height, in.width, 1};
        from = view_at(r.memory, s.spread, int64_t(s.out_blocks) * (in.height + 2) * (in.width + 2) * kLanes, wide, true, r.p.group);
        from.at += r.from * from.image;
        for (int image = 0; image < r.images; image++)
            spread(image_of(g, image), image_of(from, image));
    }
    int before = 0;
    for (int part = 0; part < 2; part++) {
        const int tensor = part == 0 ? s.op.in0 : s.op.in1;
        if (tensor < 0)
            break;
        WeightGradient w{};
        w.in = value_of(r, tensor);
        w.gradient = g;
        w.to = b.gradients + s.weight + before * square;
        w.to_block = square;
        w.to_out = s.in_blocks * square;
        w.blocks = w.in.blocks;
        w.last_lanes = before + w.in.blocks == s.in_blocks ? s.last_in : kLanes;
        w.side = s.op.side;
        w.stride = s.op.stride;
        w.images = r.images;
        weight_gradient(w);
        if (r.p.tensors[tensor].needs_gradient && s.back_points >= 0)
            winograd(Winograd{from, gradient_of(b, tensor), r.p.back_points + s.back_points, add_to(b, tensor) ? nullptr : kZeros, 0, nullptr,
                s.out_blocks, s.last_out, r.images, r.scratch});
        else if (r.p.tensors[tensor].needs_gradient) {
            Convolution c{};
            c.in = from;
            c.out = gradient_of(b, tensor);
            c.weight = r.p.back + s.back + before * (s.out_blocks * square);
            c.weight_block = square;
            c.weight_out = s.out_blocks * square;
            c.bias = add_to(b, tensor) ? nullptr : kZeros;
            c.blocks = s.out_blocks;
            c.last_lanes = s.last_out;
            c.side = s.op.side;
            c.stride = 1;
            c.images = r.images;
            convolve(c);
        }
        before += w.in.blocks;
    }
}

inline void step_back(const Back &b, const StepInfo &s)
{
    const Run &r = b.run;
    if (s.op.kind == kConvolve) {
        convolution_back(b, s);
        return;
    }
    if (s.op.kind == kNormalise) {
        const bool second = s.op.in1 >= 0;
        const bool accumulate[2] = {add_to(b, s.op.in0), second && add_to(b, s.op.in1)};
        for (int image = 0; image < r.images; image++) {
            const Normalisation n = normalisation_of(r, s, image, r.memory + s.aux * r.p.group + (r.from + image) * s.aux_size);
            const View to[2] = {image_of(gradient_of(b, s.op.in0), image), second ? image_of(gradient_of(b, s.op.in1), image) : View{}};
            normalise_back(n, image_of(gradient_of(b, s.op.out), image), to, accumulate, b.gradients + s.weight, b.gradients + s.bias, r.scratch);
        }
    } else if (s.op.kind == kResize) {
        const bool accumulate = add_to(b, s.op.in0);
        for (int image = 0; image < r.images; image++) {
            const View to = image_of(gradient_of(b, s.op.in0), image);
            if (!accumulate)
                clear(to);
            resize_back(to, image_of(gradient_of(b, s.op.out), image));
        }
    } else if (s.op.kind == kAttend) {
        add_to(b, s.op.in0);
        for (int image = 0; image < r.images; image++) {
            const View in = image_of(value_of(r, s.op.in0), image), out = image_of(value_of(r, s.op.out), image);
            const View to = image_of(gradient_of(b, s.op.in0), image), g = image_of(gradient_of(b, s.op.out), image);
            float *weights = r.memory + s.aux * r.p.group + (r.from + image) * s.aux_size;
            for (int head = 0; head < s.op.heads; head++) {
                const Head h = head_of(s, in, out, head, weights + head * weights_of_head(in));
                const Head d = head_of(s, to, g, head, nullptr);
                attend_back(h, d.out, d.queries, d.keys, d.values, r.scratch);
            }
        }
    }
}

// The squared error of one image, its mean, and its gradient into `to`.
inline double error(const Run &r, int image, const float *answer, const StepInfo &s, const View &to)
{
    const Program &p = r.p;
    const int64_t size = int64_t(p.image_channels) * p.height * p.width, row = r.first + image;
    const float *target = r.batch.target + row * size;
    const float factor = float(2.0 * r.batch.row_weights[row] / (double(size) * r.batch.count));
    float *slopes = r.scratch + size;
    double sum = 0;
    for (int64_t i = 0; i < size; i++) {
        const float d = answer[i] - target[i];
        sum += double(d) * d;
        slopes[i] = factor * d;
    }
    read_image(slopes, p.image_channels, p.height, p.width, s.op.patch, to);
    return sum / double(size);
}

inline double train(const Program &p, const Batch &batch, int64_t from, int64_t to, const float *given, float *given_gradient, float *memory, float *gradients)
{
    bool written[1024];
    const int64_t size = int64_t(p.image_channels) * p.height * p.width;
    double loss = 0;
    for (int64_t first = from; first < to; first += p.group) {
        const int images = int(to - first < p.group ? to - first : p.group);
        const auto run = [&](int from, int count) {
            return Run{p, batch, memory, memory + p.train_floats * p.group, given, true, first + from, count, from};
        };
        for (int i = 0, end; i < p.step_count; i = end) {
            end = section(p, i);
            const int together = p.steps[i].together;
            for (int at = 0; at < images; at += together)
                for (int k = i; k < end; k++)
                    run_step(run(at, images - at < together ? images - at : together), p.steps[k]);
        }
        for (int i = 0; i < p.tensor_count; i++)
            written[i] = false;
        const StepInfo &last = p.steps[p.step_count - 1];
        written[last.op.in0] = true;
        for (int image = 0; image < images; image++) {
            const Run r = run(image, 1);
            const Back b{r, gradients, given_gradient, written};
            write_image(value_of(r, last.op.in0), p.image_channels, p.height, p.width, last.op.patch, r.scratch);
            if (batch.out)
                for (int64_t i = 0; i < size; i++)
                    batch.out[r.first * size + i] = r.scratch[i];
            loss += batch.row_weights[r.first] * error(r, 0, r.scratch, last, gradient_of(b, last.op.in0));
        }
        for (int end = p.step_count - 1, i; end > 0; end = i) {
            i = end - 1;
            while (i > 0 && p.steps[i - 1].together == p.steps[i].together)
                i--;
            const int together = p.steps[i].together;
            bool before[1024];
            for (int k = 0; k < p.tensor_count; k++)
                before[k] = written[k];
            for (int at = 0; at < images; at += together) {
                for (int k = 0; k < p.tensor_count; k++)
                    written[k] = before[k];
                const Run r = run(at, images - at < together ? images - at : together);
                for (int k = end - 1; k >= i; k--)
                    step_back(Back{r, gradients, given_gradient, written}, p.steps[k]);
            }
        }
    }
    return loss;
}
