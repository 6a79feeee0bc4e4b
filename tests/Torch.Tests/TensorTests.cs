using ScoreSde.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Torch.Tests;

[NoTensorLeaks]
public class TensorTests
{
    [Fact]
    public void Factories_GiveTypesShapesAndValues()
    {
        using var scope = NewDisposeScope();
        Assert.Equal((ScalarType.Float32, "2,3"), (ones(2, 3).dtype, Shape(ones(2, 3))));
        Assert.Equal(ScalarType.Float64, tensor(new[] { 1.0, 2 }).dtype);
        Assert.Equal(ScalarType.Float32, tensor(1.5f).dtype);
        Assert.Equal(ScalarType.Float64, tensor(1.5).dtype);
        Assert.Equal(ScalarType.Int64, tensor(3L).dtype);
        Assert.Equal(ScalarType.Bool, tensor(true).dtype);
        Assert.Equal([1L, 3, 5], arange(1, 7, 2).data<long>().ToArray());
        Assert.Equal(ScalarType.Float32, arange(0.0, 1.0, 0.25).dtype);
        Assert.Equal([0.0, 0.5, 1], linspace(0, 1, 3, ScalarType.Float64).data<double>().ToArray());
        Assert.Equal([1f, 0, 0, 0, 1, 0], eye(2, 3).data<float>().ToArray());
        Assert.Equal([7L, 7], full(2, 7L).data<long>().ToArray());
        Assert.Equal("2,2", Shape(tensor(new[,] { { 1, 2 }, { 3, 4 } })));
        Assert.Equal([1, 2, 3, 4], tensor(new[,] { { 1, 2 }, { 3, 4 } }).data<int>().ToArray());
        Assert.Equal("0", Shape(empty(0)));
        Assert.Equal("", Shape(tensor(1f)));
        Assert.True(zeros(1, requires_grad: true).requires_grad);
        Assert.Throws<ArgumentException>(() => tensor(new[] { 1f, 2 }, [3]));
    }

    [Fact]
    public void FromArray_CopiesNothing_AndTensorCopies()
    {
        using var scope = NewDisposeScope();
        float[] values = [1, 2, 3];
        var view = from_array(values);
        var copy = tensor(values);
        values[0] = 9;
        Assert.Equal([9f, 2, 3], view.data<float>().ToArray());
        Assert.Equal([1f, 2, 3], copy.data<float>().ToArray());
        Assert.Equal([2.0, 3], frombuffer(values, ScalarType.Float32, 2, 1).to(ScalarType.Float64).data<double>().ToArray());
    }

    [Fact]
    public void Operators_EachOrder_Compute()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, 2, 4 });
        Equal([3, 4, 6], x + 2);
        Equal([3, 4, 6], 2 + x);
        Equal([-1, 0, 2], x - 2);
        Equal([1, 0, -2], 2 - x);
        Equal([0.5f, 1, 2], x / 2);
        Equal([2, 1, 0.5f], 2 / x);
        Equal([2, 4, 8], x * x - x * x + 2 * x);
        Equal([1, 2, 1], x % 3);
        Equal([-1, -2, -4], -x);
        Assert.Equal([false, true, true], (x > 1).data<bool>().ToArray());
        Assert.Equal([true, true, false], (4 > x).data<bool>().ToArray());
        Assert.Equal([false, true, false], (x == 2).data<bool>().ToArray());
        Assert.Equal([true, false, true], ((x == 2) ^ ones(3).to(ScalarType.Bool)).data<bool>().ToArray());
        Equal([2, 4, 8], x.add(x));
        Equal([2, 2.5f, 4], x.clamp(2, 4).where(x != 2, 2.5f));
    }

    [Fact]
    public void InPlace_ReturnsTheSameObject()
    {
        using var scope = NewDisposeScope();
        var x = ones(3);
        Assert.Same(x, x.add_(1).mul_(3).sub_(1).div_(5).pow_(2).clamp_(0, 10).neg_().exp_().log_().abs_());
        Equal([1, 1, 1], x);
        Assert.Same(x, x.normal_().uniform_(0, 1).zero_().fill_(4).copy_(ones(3)));
        Equal([3, 3, 3], x.addcmul_(x, x, 2));
        Equal([0, 0, 3], x.masked_fill_(tensor(new[] { true, true, false }), 0));
    }

    [Fact]
    public void Indexing_EveryKind_ReadsAndWrites()
    {
        using var scope = NewDisposeScope();
        var x = arange(12, dtype: ScalarType.Float32).reshape(3, 4);
        Equal([4, 5, 6, 7], x[1]);
        Equal([6], x[1, 2]);
        Equal([2, 6, 10], x[.., 2]);
        Equal([5, 6, 9, 10], x[1..3, 1..3]);
        Equal([8, 9, 10, 11], x[^1]);
        Equal([3, 7, 11], x[TensorIndex.Ellipsis, -1]);
        Equal([0, 2], x[0, TensorIndex.Slice(null, null, 2)]);
        Assert.Equal("3,1,4", Shape(x[TensorIndex.Colon, TensorIndex.None]));
        Equal([8, 9, 10, 11, 0, 1, 2, 3], x[tensor(new long[] { 2, 0 })]);
        Equal([9, 10, 11], x[x > 8]);
        x[1, 2] = 60f;
        x[0] = zeros(4);
        x[TensorIndex.Slice(2), ..2] = tensor(-1f);
        Equal([0, 0, 0, 0, 4, 5, 60, 7, -1, -1, 10, 11], x);
        var counts = zeros(3);
        counts.index_put_(ones(4), [tensor(new long[] { 0, 2, 2, 2 })], accumulate: true);
        Equal([1, 0, 3], counts);
    }

    [Fact]
    public void Shapes_Operations_KeepTheValues()
    {
        using var scope = NewDisposeScope();
        var x = arange(24).reshape(2, 3, 4);
        Assert.Equal("4,2,3", Shape(x.permute(2, 0, 1)));
        Assert.Equal("2,12", Shape(x.flatten(1)));
        Assert.Equal("2,3,2,2", Shape(x.unflatten(-1, 2, 2)));
        Assert.Equal("2,1,3,4", Shape(x.unsqueeze(1)));
        Assert.Equal("3,4", Shape(x[..1].squeeze(0)));
        Assert.Equal("5,2,3,4", Shape(x.expand(5, -1, -1, -1)));
        Assert.Equal("4,3,4", Shape(x.repeat(2, 1, 1)));
        Assert.Equal(["2,2,4", "2,1,4"], x.split([2L, 1], 1).Select(Shape));
        Assert.Equal(["2,3,3", "2,3,1"], x.split(3, -1).Select(Shape));
        Assert.Equal(["2,3,2", "2,3,2"], x.chunk(2, 2).Select(Shape));
        Assert.Equal(2, x.unbind().Length);
        Assert.Equal("2,6,4", Shape(cat([x, x], 1)));
        Assert.Equal("2,2,3,4", Shape(stack([x, x], 1)));
        Assert.Equal([12L, 4, 1], x.stride());
        Assert.False(x.transpose(0, 1).is_contiguous());
        Assert.Equal(["3,2", "3,2"], meshgrid([arange(3), arange(2)]).Select(Shape));
        Equal([0, 1, 1, 3], where(tensor(new[] { true, false, true, false }), arange(4, dtype: ScalarType.Float32) / 2, arange(4, dtype: ScalarType.Float32)));
    }

    [Fact]
    public void Reductions_KnownValues()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 3f, 1, 2, 6, 5, 4 }, [2, 3]);
        Assert.Equal(21f, x.sum().item<float>());
        Equal([9, 6, 6], x.sum(0L));
        Equal([2, 5], x.mean([1L]));
        Equal([2, 5], x.mean([1], keepdim: true));
        Assert.Equal(ScalarType.Float64, x.sum(0L, type: ScalarType.Float64).dtype);
        var (values, indexes) = x.max(1);
        Equal([3, 6], values);
        Assert.Equal([0L, 0], indexes.data<long>().ToArray());
        Equal([1, 4], x.min(1).values);
        Assert.Equal(3L, x.argmax().item<long>());
        Equal([1, 2, 3, 4, 5, 6], x.sort().Values);
        Equal([6, 5], x.flatten().topk(2).values);
        Assert.True(x.all().item<bool>());
        Assert.Equal(2f, x.to(ScalarType.Float64).std([1L]).sum().to(ScalarType.Float32).item<float>());
        Assert.Equal(21f, (float)x.sum());
        Assert.Equal(21, x.sum().ToInt32());
    }

    [Fact]
    public void Conversions_AlwaysNewObjects_AndRightValues()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { -1.5f, 0, 300 });
        Assert.NotSame(x, x.to(ScalarType.Float32));
        Assert.Equal([-1L, 0, 300], x.to(ScalarType.Int64).data<long>().ToArray());
        Assert.Equal([true, false, true], x.@bool().data<bool>().ToArray());
        Assert.Equal([(Half)(-1.5f), (Half)0f, (Half)300f], x.half().data<Half>().ToArray());
        Assert.Equal(ScalarType.BFloat16, x.bfloat16().dtype);
        Assert.Equal(x.dtype, x.bfloat16().to(x).dtype);
        var passed = ones(2);
        passed.to(ScalarType.Float64, disposeAfter: true);
        Assert.True(passed.IsInvalid);
        Assert.Equal((CPU.type, "cpu"), (x.device.type, x.device.ToString()));
    }

    [Fact]
    public void Accessor_StridedTensor_FollowsTheIndices()
    {
        using var scope = NewDisposeScope();
        var x = arange(6, dtype: ScalarType.Float32).reshape(2, 3);
        var transposed = x.t().data<float>();
        Assert.Equal([0f, 3, 1, 4, 2, 5], transposed.ToArray());
        transposed[2, 1] = 50;
        Assert.Equal(50f, x[1, 2].item<float>());
        transposed.CopyFrom([9f, 8], tensorIndex: 4);
        Equal([0, 1, 9, 3, 4, 8], x);
        Assert.Equal(new float[,] { { 0, 1, 9 }, { 3, 4, 8 } }, x.data<float>().ToNDArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => transposed[3, 0]);
        float[] some = new float[3];
        x.data<float>().CopyTo(some, 1, 3);
        Assert.Equal([0f, 3, 4], some);
        Assert.Equal(24, x.bytes.Length);
        Assert.NotEqual(0, x.storage<float>().data_ptr());
        Assert.Equal(24ul, x.storage<float>().nbytes());
        x[1].bytes[0] = 1;
        Assert.NotEqual(3f, x[1, 0].item<float>());
    }

    [Fact]
    public void Random_SameSeed_SameNumbers()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        float[] first = randn(10).data<float>().ToArray();
        manual_seed(5);
        Assert.Equal(first, randn(10).data<float>().ToArray());
        using var state = get_rng_state();
        float[] second = rand(4).data<float>().ToArray();
        set_rng_state(state);
        Assert.Equal(second, rand(4).data<float>().ToArray());
        using var a = new Generator(3);
        using var b = new Generator(3);
        Assert.Equal(randn(6, generator: a).data<float>().ToArray(), randn(6, generator: b).data<float>().ToArray());
        b.set_state(a.get_state());
        Assert.Equal(ones(3).normal_(generator: a).data<float>().ToArray(), ones(3).normal_(generator: b).data<float>().ToArray());
        Assert.Equal(3, a.initial_seed());
        Assert.Equal([0L, 1, 2, 3, 4], randperm(5, generator: a).sort().Values.data<long>().ToArray());
        Assert.True(randint(2, 5, [100]).min().item<long>() >= 2);
    }

    [Fact]
    public void Settings_Threads_AndVersion_AreLibtorchs()
    {
        using var scope = NewDisposeScope();
        int before = get_num_threads();
        set_num_threads(1);
        Assert.Equal(1, get_num_threads());
        set_num_threads(before);
        Assert.Matches("^[0-9]+\\.[0-9]+", __version__);
        Assert.Equal(cuda.device_count() > 0, cuda.is_available());
    }

    private static string Shape(Tensor x) => string.Join(",", x.shape);

    private static void Equal(float[] expected, Tensor actual) => Assert.Equal(expected, actual.contiguous().data<float>().ToArray());
}
