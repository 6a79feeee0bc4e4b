using ScoreSde.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static ScoreSde.Torch.Tests.Reference;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ScoreSde.Torch.Tests;

/// <summary>Each call reaches the function of libtorch that it names, with its arguments in the right places.</summary>
[NoTensorLeaks]
public class FunctionTests
{
    [Fact]
    public void Convolutions_FormulaInputs_MatchPyTorch()
    {
        using var scope = NewDisposeScope();
        var x = Values([2, 4, 5, 6]);
        Equal("conv2d", conv2d(x, Values([6, 4, 3, 3], 0.5), Values([6], 0.2), [2, 2], [1, 1]));
        Equal("conv2d_dilated", conv2d(x, Values([4, 2, 3, 3]), null, null, [2, 2], [2, 2], 2));
        Equal("conv_transpose2d", conv_transpose2d(x, Values([4, 3, 3, 3]), null, [2, 2], [1, 1], [1, 1]));
        Equal("linear", linear(x, Values([3, 6]), Values([3])));
        Equal("avg_pool2d", avg_pool2d(x, 2, 1, 1));
        Equal("max_pool2d", max_pool2d(x, 2));
    }

    [Fact]
    public void Layers_WithGivenWeights_MatchTheirFunctions()
    {
        using var scope = NewDisposeScope();
        var x = Values([2, 4, 5, 6]);
        using var convolution = nn.Conv2d(4, 6, 3, stride: 2, padding: 1, dtype: ScalarType.Float64);
        using var norm = nn.GroupNorm(2, 4, 1e-4, dtype: ScalarType.Float64);
        using (no_grad())
        {
            convolution.weight.copy_(Values([6, 4, 3, 3], 0.5));
            convolution.bias!.copy_(Values([6], 0.2));
            norm.weight!.copy_(Values([4]));
            norm.bias!.copy_(Values([4], 1));
        }

        Equal("conv2d", convolution.call(x));
        Equal("group_norm", norm.call(x));
        using var dense = nn.Linear(nn.Parameter(Values([3, 6])), nn.Parameter(Values([3])));
        Equal("linear", dense.call(x));
        using var circular = nn.Conv2d(4, 4, 3, Padding.Same, padding_mode: PaddingModes.Circular, dtype: ScalarType.Float64);
        Assert.Equal([2, 4, 5, 6], circular.call(x).shape);
        Assert.True(conv2d(pad(x, (1, 1, 1, 1), PaddingModes.Circular), circular.weight, circular.bias).allclose(circular.call(x)));
    }

    [Fact]
    public void Normalizations_FormulaInputs_MatchPyTorch()
    {
        using var scope = NewDisposeScope();
        var x = Values([2, 4, 5, 6]);
        Equal("group_norm", group_norm(x, 2, Values([4]), Values([4], 1), 1e-4));
        Equal("layer_norm", layer_norm(x, [5, 6], Values([5, 6]), Values([5, 6], 1), 1e-4));
        Equal("normalize", normalize(x));
    }

    [Fact]
    public void Activations_FormulaInputs_MatchPyTorch()
    {
        using var scope = NewDisposeScope();
        var x = Values([2, 4, 5, 6]);
        Equal("silu", silu(x));
        Equal("gelu", gelu(x));
        Equal("gelu_tanh", gelu(x, GELU.Approximate.tanh));
        Equal("softplus", softplus(x, 2, 1));
        Equal("softmax", softmax(x, 1));
        Equal("log_softmax", log_softmax(x, -1));
        Equal("logsumexp", x.logsumexp(2));
    }

    [Fact]
    public void Losses_FormulaInputs_MatchPyTorch()
    {
        using var scope = NewDisposeScope();
        var x = Values([2, 4, 5, 6]);
        var y = x.flip(0);
        Equal("mse_loss", mse_loss(x, y));
        Equal("l1_loss_sum", l1_loss(x, y, nn.Reduction.Sum));
        Equal("huber_loss", huber_loss(x, y, 0.3));
        Equal("cross_entropy", cross_entropy(Values([3, 5]), tensor(new long[] { 0, 4, 2 }), label_smoothing: 0.1));
    }

    [Fact]
    public void Attention_PlainMaskedCausal_MatchPyTorch()
    {
        using var scope = NewDisposeScope();
        var (q, k, v) = (Values([2, 3, 4, 8]), Values([2, 3, 5, 8], 1), Values([2, 3, 5, 8], 2));
        var mask = ones(4, 5).tril().to(ScalarType.Bool);
        Equal("attention", scaled_dot_product_attention(q, k, v));
        Equal("attention_masked", scaled_dot_product_attention(q, k, v, mask));
        Equal("attention_masked", scaled_dot_product_attention(q, k, v, is_casual: true));
        var additive = zeros(4, 5, ScalarType.Float64).masked_fill(mask.logical_not(), double.NegativeInfinity);
        Equal("attention_masked", scaled_dot_product_attention(q, k, v, additive));
    }

    [Fact]
    public void Resampling_FormulaInputs_MatchPyTorch()
    {
        using var scope = NewDisposeScope();
        var x = Values([2, 4, 5, 6]);
        Equal("interpolate_nearest", interpolate(x, scale_factor: [2.0]));
        Equal("interpolate_bilinear", interpolate(x, [7, 4], mode: InterpolationMode.Bilinear));
        Equal("interpolate_bicubic", interpolate(x, [3, 9], mode: InterpolationMode.Bicubic, align_corners: true));
        Equal("interpolate_area", interpolate(x, [2, 3], mode: InterpolationMode.Area));
        Equal("pad_reflect", pad(x, (1, 2, 2, 1), PaddingModes.Reflect));
        Equal("pad_circular", pad(x, [1L, 2, 2, 1], PaddingModes.Circular));
        Equal("pad_constant", pad(x, (1, 0, 0, 2), value: 0.7));
    }

    [Fact]
    public void Algebra_FormulaInputs_MatchesPyTorch()
    {
        using var scope = NewDisposeScope();
        var x = Values([2, 4, 5, 6]);
        Equal("einsum", einsum("bchw,bdhw->bcd", x, x));
        Equal("baddbmm", baddbmm(Values([2, 3, 4]), Values([2, 3, 5]), Values([2, 5, 4]), 0.5f, 2));
        Equal("cdist", cdist(Values([3, 4]), Values([5, 4], 1)));
        Equal("solve", linalg.solve(Values([3, 3]) + 2 * eye(3, dtype: ScalarType.Float64), Values([3, 2])));
        Equal("eigvalsh", linalg.eigvalsh(Values([4, 4]) + Values([4, 4]).T));
        Equal("det", linalg.det(Values([3, 3]) + eye(3, dtype: ScalarType.Float64)));
    }

    [Fact]
    public void Reductions_FormulaInputs_MatchPyTorch()
    {
        using var scope = NewDisposeScope();
        var x = Values([2, 4, 5, 6]);
        Equal("std", x.std([2L, 3], unbiased: false));
        Equal("var", x.var(1, unbiased: true, keepdim: true));
        Equal("norm", x.norm(1, p: 3));
        Equal("quantile", x.flatten().quantile(tensor(new[] { 0.1, 0.5, 0.99 })));
        Equal("cumsum", x.cumsum(1));
        Equal("lerp", x.lerp(x.flip(1), 0.3));
        Equal("addcdiv", x.addcdiv(x.flip(0), x.abs() + 1, 0.25));
        Equal("round", x.round(2));
        Equal("erfinv", (0.9 * x).erfinv());
        Equal("unfold", Values([10]).unfold(0, 4, 3));
        Equal("roll", Values([3, 4]).roll(1, 1));
    }
}
