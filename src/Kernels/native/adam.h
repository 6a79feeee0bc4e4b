// One step of Adam on an array and the average of its weights, in one pass. Included inside a namespace of the including file.
// numbers: beta1, 1 - beta1 times the gradient's scale, beta2, 1 - beta2 times its square, 1 / sqrt(1 - beta2^n), epsilon,
// -rate / (1 - beta1^n), average's decay, 1 - decay. `average` may be null.
inline void adam(float *w, const float *g, float *m, float *v, float *average, int64_t count, const double *numbers)
{
    const float b1 = float(numbers[0]), a1 = float(numbers[1]), b2 = float(numbers[2]), a2 = float(numbers[3]);
    const float root = float(numbers[4]), epsilon = float(numbers[5]), rate = float(numbers[6]), keep = float(numbers[7]), take = float(numbers[8]);
    for (int64_t i = 0; i < count; i++) {
        m[i] = m[i] * b1 + g[i] * a1;
        v[i] = v[i] * b2 + g[i] * g[i] * a2;
        w[i] += rate * m[i] / (__builtin_sqrtf(v[i]) * root + epsilon);
    }
    if (average)
        for (int64_t i = 0; i < count; i++)
            average[i] = average[i] * keep + w[i] * take;
}
