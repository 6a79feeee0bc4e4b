using ScoreSde.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Torch.Tests;

[NoTensorLeaks]
public class AutogradTests
{
    /// <summary>
    /// Central differences of step h = 1e-4 in double precision err by h² f'''/6 + ε f/h: below 1e-7 for values and derivatives of size up to 10.
    /// </summary>
    [Fact]
    public void Gradient_OfACompositeFunction_MatchesDifferences()
    {
        using var scope = NewDisposeScope();
        static Tensor F(Tensor x) => (nn.functional.silu(x).matmul(x.t()).softmax(-1).pow(2) + x.exp().mean()).sum() + x.sin().prod();
        var x = Reference.Values([3, 3], 0.3);
        var gradient = autograd.grad([F(x.requires_grad_())], [x])[0];
        const double h = 1e-4;
        using var quiet = no_grad();
        for (int i = 0; i < 9; i++)
        {
            var up = x.clone();
            var down = x.clone();
            up.data<double>()[i / 3, i % 3] += h;
            down.data<double>()[i / 3, i % 3] -= h;
            double slope = (F(up).item<double>() - F(down).item<double>()) / (2 * h);
            Assert.Equal(slope, gradient[i / 3, i % 3].item<double>(), 1e-7);
        }
    }

    [Fact]
    public void Backward_Twice_AddsUp()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 2f }, requires_grad: true);
        x.pow(2).sum().backward();
        x.pow(2).sum().backward();
        Assert.Equal(8f, x.grad!.item<float>());
        x.grad = null;
        Assert.Null(x.grad);
        (x * 3).backward([tensor(new[] { 10f })]);
        Assert.Equal(30f, x.grad!.item<float>());
        Assert.NotSame(x.grad, x.grad);
    }

    [Fact]
    public void Grad_OfAGradient_IsTheSecondDerivative()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 2.0 }, requires_grad: true);
        var first = autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0];
        Assert.Equal(12, first.item<double>());
        Assert.Equal(12, autograd.grad([first.sum()], [x])[0].item<double>());
    }

    [Fact]
    public void Grad_UnusedInput_IsNullOrRefused()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        var y = ones(1, requires_grad: true);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => autograd.grad([(x * 2).sum()], [x, y]));
        var found = autograd.grad([(x * 2).sum()], [x, y], allow_unused: true);
        Assert.Equal(2f, found[0].item<float>());
        Assert.Null(found[1]);
    }

    [Fact]
    public void Modes_Nested_AreSetBack()
    {
        using var scope = NewDisposeScope();
        var x = ones(1, requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }

        Assert.True(is_grad_enabled());
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }

        Assert.False(is_inference_mode_enabled());
        Assert.False(x.detach().requires_grad);
        Assert.True(x.is_leaf);
        Assert.False((x * 2).is_leaf);
    }

    [Fact]
    public void Mode_OnAnotherThread_IsItsOwn()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        bool enabled = false;
        var thread = new Thread(() => enabled = is_grad_enabled());
        thread.Start();
        thread.Join();
        Assert.True(enabled);
    }
}
