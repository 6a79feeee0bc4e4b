using ScoreSde.Kernels;
using ScoreSde.Tests.Support;

namespace ScoreSde.Kernels.Tests;

public unsafe class PerceptronKernelTests
{
    private const double HalfUlp = 1.0 / (1 << 24);

    [Fact]
    public void Run_OnRandomPerceptrons_IsWithinRoundingOfTheSumsInDouble()
    {
        Property.Check("each width's result is the perceptron's, to n roundings of n products", draws =>
        {
            var net = new Net(draws.Whole("inputs", 1, 5), [.. Enumerable.Range(0, draws.Whole("hidden", 0, 3)).Select(i => draws.Whole($"width {i}", 1, 40))],
                draws.Whole("outputs", 1, 19), draws.Whole("extra columns", 0, 3), (ulong)draws.Whole("seed", 0, 1 << 20));
            var rows = draws.Whole("rows", 1, 130);
            var x = Net.Random(rows * net.Sizes[0], 3, 77);
            foreach (var width in Widths)
            {
                var y = net.Run(x, width);
                for (var i = 0; i < rows; i++)
                {
                    var (expected, error) = net.Exact(x.AsSpan(i * net.Sizes[0], net.Sizes[0]));
                    for (var c = 0; c < expected.Length; c++)
                        Assert.True(Math.Abs(expected[c] - y[i * expected.Length + c]) <= error[c], $"width {width}, row {i}, output {c}: {y[i * expected.Length + c]} for {expected[c]} ± {error[c]}");
                }
            }
        }, 602, 150);
    }

    [Fact]
    public void Run_OfARow_HasTheSameBitsAnywhereInAnyBatch()
    {
        var net = new Net(2, [128, 128, 128], 2, 0, 5);
        const int rows = 3001; // past the size from which threads share the work, and no multiple of a tile
        var x = Net.Random(rows * 2, 3, 78);
        foreach (var width in Widths)
        {
            var whole = net.Run(x, width);
            for (int from = 0, size = 1; from < rows; from += size, size = (size * 7 + 3) % 101 + 1)
            {
                var part = x.AsSpan(2 * from, 2 * Math.Min(size, rows - from)).ToArray();
                Assert.Equal(whole.AsSpan(2 * from, part.Length).ToArray(), net.Run(part, width));
            }
        }
    }

    [Fact]
    public void Silu_OverAllSizes_IsAsExactAsStated()
    {
        const int count = 400_000;
        var x = new float[count];
        for (var i = 0; i < count; i++) x[i] = i % 4 == 0 ? (float)(-87 + 187.0 * i / count) : (float)(Math.Sign(i % 4 - 2.5) * Math.Exp(-16 + 20.4 * i / count));
        foreach (var width in Widths)
        {
            var y = Silu(x, width);
            for (var i = 0; i < count; i++)
            {
                var exact = x[i] / (1 + Math.Exp(-(double)x[i]));
                Assert.True(Math.Abs(y[i] - exact) <= (6 + 1.25 * Math.Abs(x[i])) * HalfUlp * Math.Abs(exact), $"width {width}: SiLU({x[i]:r}) = {y[i]:r}, not {exact:r}");
            }
        }
    }

    [Fact]
    public void Run_OnARowThatIsNotFinite_LeavesTheOthersAlone()
    {
        foreach (var width in Widths)
        {
            var y = Silu([float.NaN, float.PositiveInfinity, -1000, 1000, 1, float.NegativeInfinity], width);
            Assert.True(float.IsNaN(y[0]));
            Assert.Equal(float.PositiveInfinity, y[1]);
            Assert.InRange(y[2], -1e-30f, 0);
            Assert.Equal(1000, y[3]);
            Assert.Equal(0.7310586, y[4], 6);
            Assert.False(y[5] > 0);
            var far = Silu([.. Enumerable.Range(0, 1000).Select(i => -87 - 0.1f * i)], width); // where the power leaves the numbers of float32
            Assert.All(far, value => Assert.InRange(value, -1e-30f, 0));
        }
    }

    [Fact]
    public void Row_OnRandomLayers_IsWithinRoundingOfTheSumInDouble()
    {
        Property.Check("a row's sums in parts", draws =>
        {
            var net = new Net(draws.Whole("inputs", 1, 150), [], draws.Whole("outputs", 1, 9), 2, (ulong)draws.Whole("seed", 0, 1 << 20));
            var x = Net.Random(net.Sizes[0], 3, 79);
            var (expected, error) = net.Exact(x, shifted: false);
            var (plain, silu) = (new float[expected.Length], new float[expected.Length]);
            net.With(layers =>
            {
                PerceptronKernel.Row(layers[0], x, plain, false);
                PerceptronKernel.Row(layers[0], x, silu, true);
            });
            for (var c = 0; c < expected.Length; c++)
            {
                Assert.InRange(plain[c], expected[c] - error[c], expected[c] + error[c]);
                Assert.Equal(plain[c] / (1 + Math.Exp(-(double)plain[c])), silu[c], 1e-6 * (1 + Math.Abs(plain[c])));
            }
        }, 603, 150);
    }

    [Fact]
    public void Run_OfLayersThatDoNotFit_IsRefused()
    {
        var w = stackalloc float[4];
        var good = new DenseLayer { Weight = (nint)w, Stride = 2, Inputs = 2, Outputs = 2, Source = 0, Target = 1 };
        Refuse<ArgumentException>([]);
        Refuse<ArgumentException>([good with { Weight = 0 }]);
        Refuse<ArgumentException>([good with { Stride = 1 }]);
        Refuse<ArgumentException>([good with { Target = 0 }]);
        Refuse<ArgumentException>([good with { Target = 8 }]);
        Refuse<ArgumentException>([good, good with { Source = 2 }]); // never written
        Refuse<ArgumentException>([good with { Outputs = 1 }, good with { Source = 1, Target = 2 }]); // written with another number
        Refuse<ArgumentException>([good with { Action = DenseAction.Add }]); // nothing to add to
        Refuse<PlatformNotSupportedException>([good], 5);

        void Refuse<E>(DenseLayer[] layers, int width = 0) where E : Exception => Assert.Throws<E>(() =>
        {
            float* x = stackalloc float[2], y = stackalloc float[2];
            PerceptronKernel.Run(layers, (nint)x, (nint)y, 1, width);
        });
    }

    [Fact]
    public void Layers_ThatAdd_AreAResidualPerceptron()
    {
        // h = x; h += W SiLU(V x + s); y = U SiLU(h)
        float[] v = [0.5f, -1, 2, 0.25f], w = [1, 2, -1, 0.5f], u = [1, -2], s = [0.1f, -0.2f], one = [1, 0, 0, 1], x = [0.3f, -0.7f];
        var y = new float[1];
        fixed (float* pv = v, pw = w, pu = u, ps = s, p1 = one, px = x, py = y)
        {
            DenseLayer Layer(float* weight, int outputs, int source, int target, DenseAction action, float* shift = null) =>
                new() { Weight = (nint)weight, Stride = 2, Inputs = 2, Outputs = outputs, Source = source, Target = target, Action = action, Shift = (nint)shift };
            PerceptronKernel.Run(
                [Layer(p1, 2, 0, 1, 0), Layer(pv, 2, 1, 2, DenseAction.Silu, ps), Layer(pw, 2, 2, 1, DenseAction.Silu | DenseAction.Add), Layer(pu, 1, 1, 3, 0)],
                (nint)px, (nint)py, 1);
        }
        static double F(double a) => a / (1 + Math.Exp(-a));
        var (a, b) = (F(0.5 * 0.3f + 0.7f + 0.1f), F(2 * 0.3f - 0.25 * 0.7f - 0.2f));
        Assert.Equal(F(0.3f + a + 2 * b) - 2 * F(-0.7f - a + 0.5 * b), y[0], 6);
    }

    private static IReadOnlyList<int> Widths { get; } = [.. new[] { 4, 8, 16 }.Where(Has)];

    private static bool Has(int width)
    {
        try
        {
            new Net(1, [], 1, 0, 1).Run([1], width);
            return true;
        }
        catch (PlatformNotSupportedException)
        {
            return false;
        }
    }

    /// <summary>SiLU itself: of a layer that copies.</summary>
    private static float[] Silu(float[] x, int width)
    {
        var y = new float[x.Length];
        float one = 1;
        fixed (float* from = x, to = y)
        {
            PerceptronKernel.Run(
                [new DenseLayer { Weight = (nint)(&one), Stride = 1, Inputs = 1, Outputs = 1, Source = 0, Target = 1, Action = DenseAction.Silu }], (nint)from, (nint)to, x.Length, width);
        }
        return y;
    }

    /// <summary>A perceptron with SiLU between its layers and random weights.</summary>
    private sealed class Net
    {
        private readonly float[][] _weights, _biases, _shifts;
        private readonly int _extra;

        public Net(int inputs, int[] hidden, int outputs, int extra, ulong seed)
        {
            (Sizes, _extra) = ([inputs, .. hidden, outputs], extra);
            var layers = Sizes.Length - 1;
            (_weights, _biases, _shifts) = (new float[layers][], new float[layers][], new float[layers][]);
            for (var l = 0; l < layers; l++)
            {
                _weights[l] = Random((Sizes[l] + extra) * Sizes[l + 1], 2 / Math.Sqrt(Sizes[l]), seed + (ulong)l);
                (_biases[l], _shifts[l]) = (Random(Sizes[l + 1], 1, seed + 50 + (ulong)l), Random(Sizes[l + 1], 1, seed + 90 + (ulong)l));
            }
        }

        public int[] Sizes { get; }

        public static float[] Random(int count, double size, ulong seed)
        {
            var values = new float[count];
            for (var i = 0; i < count; i++)
            {
                seed = seed * 6364136223846793005 + 1442695040888963407;
                values[i] = (float)(size * ((seed >> 11) / (double)(1UL << 53) * 2 - 1));
            }
            return values;
        }

        public void With(Action<DenseLayer[]> use)
        {
            var handles = _weights.Concat(_biases).Concat(_shifts).Select(a => System.Runtime.InteropServices.GCHandle.Alloc(a, System.Runtime.InteropServices.GCHandleType.Pinned)).ToArray();
            var n = _weights.Length;
            use([.. Enumerable.Range(0, n).Select(l => new DenseLayer
            {
                Weight = handles[l].AddrOfPinnedObject(), Bias = handles[n + l].AddrOfPinnedObject(), Shift = handles[2 * n + l].AddrOfPinnedObject(),
                Stride = Sizes[l] + _extra, Inputs = Sizes[l], Outputs = Sizes[l + 1], Source = l == 0 ? 0 : 1 + (l + 1) % 2, Target = 1 + l % 2,
                Action = l + 1 < n ? DenseAction.Silu : DenseAction.None,
            })]);
            foreach (var handle in handles) handle.Free();
        }

        public float[] Run(float[] x, int width)
        {
            var y = new float[x.Length / Sizes[0] * Sizes[^1]];
            With(layers =>
            {
                fixed (float* from = x, to = y) PerceptronKernel.Run(layers, (nint)from, (nint)to, x.Length / Sizes[0], width);
            });
            return y;
        }

        /// <summary>
        /// The result in double and a bound on the error: n + 2 roundings (twice as many without fused multiply-adds) of the sum of sizes, SiLU's own error
        /// and its slope, at most 1.1, on what its argument is off by.
        /// </summary>
        public (double[] Value, double[] Error) Exact(ReadOnlySpan<float> x, bool shifted = true)
        {
            var (h, e) = (x.ToArray().Select(v => (double)v).ToArray(), new double[x.Length]);
            for (var l = 0; l < _weights.Length; l++)
            {
                var (value, error) = (new double[Sizes[l + 1]], new double[Sizes[l + 1]]);
                for (var c = 0; c < value.Length; c++)
                {
                    var shift = shifted ? _shifts[l][c] : 0;
                    (value[c], var size) = ((double)_biases[l][c] + shift, Math.Abs(_biases[l][c]) + Math.Abs(shift));
                    for (var k = 0; k < h.Length; k++)
                    {
                        double w = _weights[l][c * (h.Length + _extra) + k];
                        value[c] += w * h[k];
                        size += (float)Math.Abs(w * h[k]);
                        error[c] += Math.Abs(w) * e[k];
                    }
                    error[c] += 2 * (h.Length + 3) * HalfUlp * size;
                }
                if (l + 1 < _weights.Length)
                    for (var c = 0; c < value.Length; c++)
                    {
                        var y = value[c] / (1 + Math.Exp(-value[c]));
                        error[c] = 1.1 * error[c] + (6 + 1.25 * Math.Abs(value[c])) * HalfUlp * Math.Abs(y);
                        value[c] = y;
                    }
                (h, e) = (value, error);
            }
            return (h, e);
        }
    }
}
