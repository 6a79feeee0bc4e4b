using System.Runtime.Intrinsics;
using ScoreSde.Solvers.States;

namespace ScoreSde.Models.Tests.States;

/// <summary>Per-sample scalars and coordinates of tensor states are those of each sample by itself.</summary>
public class TensorRealTests
{
    [Fact]
    [NoTensorLeaks]
    public void PerSampleOperations_OnABatch_AreThoseOfEachSample()
    {
        Property.Check("Dot, ScaledSquare, Where, products and Map = sums by hand", draws =>
        {
            using var scope = NewDisposeScope();
            var (a, b, c) = (draws.Vector("a", 12, 3), draws.Vector("b", 12, 3), draws.Vector("c", 2, 2));
            var (x, y) = (State(a), State(b));
            var real = TensorReal.Of(tensor(c, ScalarType.Float64), x);
            Assert.Equal([2, 1, 1], real.Value.shape);
            Assert.Equal(6, TensorState.Dimension(x));
            var (dot, error) = (Numbers(TensorState.Dot(x, y).Value), Numbers(TensorState.ScaledSquare(x, x, y, 0.1, 0.2).Value));
            var (scaled, chosen) = (Numbers((real * x).Value), Numbers(TensorState.Where(real, x, y).Value));
            var (product, mapped) = (Numbers((x * y).Value), Numbers(TensorState.Map(new Cube(), x).Value));
            for (var i = 0; i < 2; i++)
            {
                var (sum, square) = (0.0, 0.0);
                for (var j = 6 * i; j < 6 * i + 6; j++)
                {
                    sum += a[j] * b[j];
                    square += Math.Pow(a[j] / (0.1 + 0.2 * Math.Max(Math.Abs(a[j]), Math.Abs(b[j]))), 2);
                    Assert.Equal(c[i] * a[j], scaled[j]);
                    Assert.Equal(c[i] > 0 ? a[j] : b[j], chosen[j]);
                    Assert.Equal(a[j] * b[j], product[j]);
                    Assert.Equal(a[j] * a[j] * a[j], mapped[j]);
                }
                // Six terms of up to 9 and of up to 25: some 10 roundings of the greatest partial sum.
                Assert.Equal(sum, dot[i], 1e-13);
                Assert.Equal(square, error[i], 1e-12);
            }
        }, 502);
    }

    private static TensorState State(double[] values) => new(tensor(values, [2, 3, 2], dtype: ScalarType.Float64));

    private static double[] Numbers(Tensor tensor) => tensor.data<double>().ToArray();

    private readonly struct Cube : IElementMap
    {
        public double Apply(double x) => x * x * x;

        public Vector512<float> Apply(Vector512<float> x) => x * x * x;
    }
}
