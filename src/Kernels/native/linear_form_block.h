// Some elements of all forms, few enough that what one form has read is at hand for the next. Whether all that is written is finite: x 0 is 0 for all
// numbers that are. Included inside a namespace of the including file, which has the vector types Singles and Doubles and fused(a, b, c) = a b + c of them.
template <typename V, typename T> inline V load(const T *x)
{
    V v;
    __builtin_memcpy(&v, x, sizeof v);
    return v;
}

template <typename V, typename T> inline void store(T *x, const V &v) { __builtin_memcpy(x, &v, sizeof v); }

template <typename V, typename T> inline bool block(const Forms<T> &f, int64_t from, int64_t to)
{
    constexpr int kLanes = sizeof(V) / sizeof(T);
    V bad{};
    for (; from + 4 * kLanes <= to; from += 4 * kLanes)
        for (int j = 0, k = 0; j < f.m; j++) {
            const V first = f.coefficients[k] - V{};
            const T *x = f.terms[k] + from;
            V s0 = first * load<V>(x), s1 = first * load<V>(x + kLanes), s2 = first * load<V>(x + 2 * kLanes), s3 = first * load<V>(x + 3 * kLanes);
            const int end = k + f.counts[j];
            for (k++; k < end; k++) {
                const V c = f.coefficients[k] - V{};
                x = f.terms[k] + from;
                s0 = fused(c, load<V>(x), s0);
                s1 = fused(c, load<V>(x + kLanes), s1);
                s2 = fused(c, load<V>(x + 2 * kLanes), s2);
                s3 = fused(c, load<V>(x + 3 * kLanes), s3);
            }
            T *out = f.outputs[j] + from;
            store(out, s0);
            store(out + kLanes, s1);
            store(out + 2 * kLanes, s2);
            store(out + 3 * kLanes, s3);
            bad = fused(s0, V{}, bad);
            bad = fused(s1, V{}, bad);
            bad = fused(s2, V{}, bad);
            bad = fused(s3, V{}, bad);
        }
    for (; from + kLanes <= to; from += kLanes)
        for (int j = 0, k = 0; j < f.m; j++) {
            V s = (f.coefficients[k] - V{}) * load<V>(f.terms[k] + from);
            const int end = k + f.counts[j];
            for (k++; k < end; k++)
                s = fused(f.coefficients[k] - V{}, load<V>(f.terms[k] + from), s);
            store(f.outputs[j] + from, s);
            bad = fused(s, V{}, bad);
        }
    bool finite = true;
    for (int i = 0; i < kLanes; i++)
        finite &= bad[i] == 0;
    for (; from < to; from++)
        for (int j = 0, k = 0; j < f.m; j++) {
            T s = f.coefficients[k] * f.terms[k][from];
            const int end = k + f.counts[j];
            for (k++; k < end; k++)
                s = std::fma(f.coefficients[k], f.terms[k][from], s);
            f.outputs[j][from] = s;
            finite &= s * 0 == 0;
        }
    return finite;
}

inline bool run(const Forms<float> &f, int64_t from, int64_t to) { return block<Singles>(f, from, to); }

inline bool run(const Forms<double> &f, int64_t from, int64_t to) { return block<Doubles>(f, from, to); }
