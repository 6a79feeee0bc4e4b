// Some elements of all forms, few enough that what one form has read is at hand for the next. Whether all that is written is finite: x 0 is 0 for all
// numbers that are. Included inside a namespace of the including file, which has the vector types Singles and Doubles and fused(a, b, c) = a b + c of them.
template <typename V, typename T> inline V load(const T *x)
{
    V v;
    __builtin_memcpy(&v, x, sizeof v);
    return v;
}

template <typename V, typename T> inline void store(T *x, const V &v) { __builtin_memcpy(x, &v, sizeof v); }

// One form of K terms, a number known when this is compiled, so that its factors and its arrays' addresses stay in registers; of `terms` terms where K is 0.
// What is behind the last whole vector is left: where it begins.
template <int K, typename V, typename T>
inline __attribute__((always_inline)) int64_t vectors(T *out, const T *const *x, const T *c, int terms, int64_t from, int64_t to, V &bad)
{
    constexpr int kLanes = sizeof(V) / sizeof(T);
    const int end = K > 0 ? K : terms;
    V factors[K > 0 ? K : 1];
    const T *arrays[K > 0 ? K : 1];
    for (int k = 0; k < K; k++) {
        factors[k] = c[k] - V{};
        arrays[k] = x[k];
    }
    for (; from + 4 * kLanes <= to; from += 4 * kLanes) {
        V first = K > 0 ? factors[0] : c[0] - V{};
        const T *a = (K > 0 ? arrays[0] : x[0]) + from;
        V s0 = first * load<V>(a), s1 = first * load<V>(a + kLanes), s2 = first * load<V>(a + 2 * kLanes), s3 = first * load<V>(a + 3 * kLanes);
        for (int k = 1; k < end; k++) {
            const V f = K > 0 ? factors[k] : c[k] - V{};
            a = (K > 0 ? arrays[k] : x[k]) + from;
            s0 = fused(f, load<V>(a), s0);
            s1 = fused(f, load<V>(a + kLanes), s1);
            s2 = fused(f, load<V>(a + 2 * kLanes), s2);
            s3 = fused(f, load<V>(a + 3 * kLanes), s3);
        }
        store(out + from, s0);
        store(out + from + kLanes, s1);
        store(out + from + 2 * kLanes, s2);
        store(out + from + 3 * kLanes, s3);
        bad = fused(s0, V{}, bad);
        bad = fused(s1, V{}, bad);
        bad = fused(s2, V{}, bad);
        bad = fused(s3, V{}, bad);
    }
    for (; from + kLanes <= to; from += kLanes) {
        V s = (c[0] - V{}) * load<V>(x[0] + from);
        for (int k = 1; k < end; k++)
            s = fused(c[k] - V{}, load<V>(x[k] + from), s);
        store(out + from, s);
        bad = fused(s, V{}, bad);
    }
    return from;
}

template <typename V, typename T> inline bool block(const Forms<T> &f, int64_t from, int64_t to)
{
    constexpr int kLanes = sizeof(V) / sizeof(T);
    constexpr int64_t kAtHand = 4096 / sizeof(T); // some arrays of that many stay in the nearest cache
    V bad{};
    bool finite = true;
    for (int64_t at = from; at < to; at += kAtHand) {
        const int64_t end = f.m == 1 || to - at < kAtHand ? to : at + kAtHand;
        for (int j = 0, k = 0; j < f.m; k += f.counts[j++]) {
            T *out = f.outputs[j];
            const T *const *x = f.terms + k;
            const T *c = f.coefficients + k;
            const int n = f.counts[j];
            int64_t i = at;
            switch (n) {
            case 1: i = vectors<1, V>(out, x, c, n, i, end, bad); break;
            case 2: i = vectors<2, V>(out, x, c, n, i, end, bad); break;
            case 3: i = vectors<3, V>(out, x, c, n, i, end, bad); break;
            case 4: i = vectors<4, V>(out, x, c, n, i, end, bad); break;
            case 5: i = vectors<5, V>(out, x, c, n, i, end, bad); break;
            default: i = vectors<0, V>(out, x, c, n, i, end, bad);
            }
            for (; i < end; i++) {
                T s = c[0] * x[0][i];
                for (int l = 1; l < n; l++)
                    s = std::fma(c[l], x[l][i], s);
                out[i] = s;
                finite &= s * 0 == 0;
            }
        }
        if (f.m == 1)
            break;
    }
    for (int i = 0; i < kLanes; i++)
        finite &= bad[i] == 0;
    return finite;
}

inline bool run(const Forms<float> &f, int64_t from, int64_t to) { return block<Singles>(f, from, to); }

inline bool run(const Forms<double> &f, int64_t from, int64_t to) { return block<Doubles>(f, from, to); }
