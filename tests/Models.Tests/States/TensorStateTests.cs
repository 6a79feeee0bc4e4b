using TorchSharp;

namespace ScoreSde.Models.Tests.States;

public class TensorStateTests
{
    [Fact]
    [NoTensorLeaks]
    public void AnyProgram_OnLazyStates_EqualsTheEagerOne()
    {
        Property.Check("a program of + − × and settling = the eager one", draws =>
        {
            using var scope = NewDisposeScope();
            var type = draws.OneOf("type", ScalarType.Float64, ScalarType.Float32);
            var leaves = Enumerable.Range(0, 3).Select(i => tensor(draws.Vector($"leaf {i}", 6, 2), [2, 3], dtype: type)).ToArray();
            var pool = leaves.Select(l => (Lazy: new TensorState(l), Eager: l, Size: l.abs())).ToList();
            var operations = draws.Whole("operations", 1, 14);
            for (var i = 0; i < operations; i++)
            {
                var a = pool[draws.Whole("a", 0, pool.Count - 1)];
                var b = pool[draws.Whole("b", 0, pool.Count - 1)];
                var c = draws.Symmetric("c", 1.5);
                pool.Add(draws.Whole("kind", 0, 3) switch
                {
                    0 => (a.Lazy + b.Lazy, a.Eager + b.Eager, a.Size + b.Size),
                    1 => (a.Lazy - b.Lazy, a.Eager - b.Eager, a.Size + b.Size),
                    2 => (c * a.Lazy, c * a.Eager, Math.Abs(c) * a.Size),
                    _ => (TensorState.Settle(a.Lazy), a.Eager, a.Size),
                });
            }
            var (lazy, eager, size) = pool[^1];
            // Sums of at most 2^14 products are reordered; the error of either order is at most (terms + depth) roundings of the sum of sizes.
            var bound = (type == ScalarType.Float64 ? 2.3e-16 : 1.2e-7) * 32;
            var error = ((lazy.Value - eager).abs() / (size + 1e-30)).max().to(ScalarType.Float64).item<double>();
            if (!(error <= bound)) throw new PropertyException($"relative error {error}, allowed {bound}");
        }, 501);
    }

    [Fact]
    [NoTensorLeaks]
    public void Settle_IsIdempotentAndComputesOnce()
    {
        using var scope = NewDisposeScope();
        var state = 2 * new TensorState(ones(3)) + new TensorState(ones(3));
        Assert.False(state.IsSettled);
        var first = TensorState.Settle(state).Value;
        Assert.True(state.IsSettled);
        Assert.Same(first, TensorState.Settle(state).Value);
        Assert.Equal([3f, 3f, 3f], first.data<float>().ToArray());
    }

    [Fact]
    [NoTensorLeaks]
    public void Value_OfDifferentShapes_SaysWhich()
    {
        using var scope = NewDisposeScope();
        var sum = new TensorState(ones(3)) + new TensorState(ones(2));
        Assert.Contains("[3] and [2]", Assert.Throws<ArgumentException>(() => sum.Value).Message, StringComparison.Ordinal);
    }

    [Fact]
    [NoTensorLeaks]
    public void Value_WithGradients_CanBeDifferentiated()
    {
        using var scope = NewDisposeScope();
        var x = ones(4, requires_grad: true);
        var y = 3 * new TensorState(x) - 0.5 * new TensorState(x) + new TensorState(ones(4));
        y.Value.sum().backward();
        Assert.Equal([2.5f, 2.5f, 2.5f, 2.5f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    [NoTensorLeaks]
    public void FusedForm_OnViewsAndOtherTypes_FallsBackToTorch()
    {
        using var scope = NewDisposeScope();
        var matrix = arange(6, dtype: ScalarType.Float64).reshape(2, 3);
        var transposed = 2 * new TensorState(matrix.t()) + new TensorState(ones([3, 2], dtype: ScalarType.Float64));
        Assert.True(transposed.Value.allclose(2 * matrix.t() + 1));
        var half = 2 * new TensorState(ones(3, dtype: ScalarType.BFloat16)) + new TensorState(ones(3, dtype: ScalarType.BFloat16));
        Assert.Equal(ScalarType.BFloat16, half.Value.dtype);
        Assert.Equal(9, half.Value.to(ScalarType.Float32).sum().item<float>());
    }

    [Fact]
    [NoTensorLeaks]
    public void FirstNonFinite_NamesTheSample()
    {
        using var scope = NewDisposeScope();
        var x = zeros(4, 2, 2);
        Assert.Equal(-1, TensorState.FirstNonFinite(new TensorState(x)));
        x[2, 1, 0] = tensor(float.NaN);
        Assert.Equal(2, TensorState.FirstNonFinite(new TensorState(x)));
    }
}
