using System.Runtime.InteropServices;
using ScoreSde.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Torch.Tests;

[NoTensorLeaks]
public class ErrorTests
{
    [Fact]
    public void Operation_ShapesDoNotFit_ThrowsWithLibtorchsMessage()
    {
        using var a = ones(2, 3);
        using var b = ones(4);
        string message = Assert.Throws<ExternalException>(() => a.add(b)).Message;
        Assert.Equal("The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1", message);
        Assert.Contains("shapes cannot be multiplied", Assert.Throws<ExternalException>(() => a.mm(a)).Message, StringComparison.Ordinal);
        Assert.Throws<ExternalException>(() => a.add_(b));
        Assert.Throws<ExternalException>(() => a.split([1, 1, 7]));
        Assert.Throws<ExternalException>(() => a.sum(5L));
    }

    [Fact]
    public void Use_AfterDisposal_ThrowsAndNamesTheCause()
    {
        var gone = ones(2);
        gone.Dispose();
        using var there = ones(2);
        Action[] uses =
        [
            () => _ = gone.shape, () => _ = gone.dtype, () => _ = gone.device, () => gone.numel(), () => gone.add(there), () => there.add(gone),
            () => there.add_(gone), () => gone.add_(there), () => cat([there, gone]), () => gone.data<float>(), () => gone.bytes.Clear(),
            () => gone.backward(), () => _ = gone.requires_grad, () => gone.item<float>(), () => _ = gone[0], () => there.where(gone, there),
            () => nn.functional.linear(there, there, gone), () => _ = new TorchSharp.Modules.Parameter(gone), () => gone.to(ScalarType.Float64),
        ];
        foreach (var use in uses)
            Assert.Equal("Tensor invalid -- empty handle.", Assert.Throws<InvalidOperationException>(use).Message);
        Assert.Equal("Tensor invalid -- empty handle.", gone.ToString());
    }

    [Fact]
    public void NullArgument_WhereATensorIsNeeded_ThrowsAndDoesNotCrash()
    {
        using var x = ones(2);
        Assert.Throws<ExternalException>(() => x.add((Tensor)null!));
        Assert.Throws<ExternalException>(() => x.add((Scalar)null!));
        Assert.Throws<ExternalException>(() => cat([x, null!]));
    }

    [Fact]
    public void Accessor_WrongElementType_SaysBoth()
    {
        using var x = ones(2);
        string message = Assert.Throws<ArgumentException>(() => x.data<double>()).Message;
        Assert.Contains("Float32", message, StringComparison.Ordinal);
        Assert.Contains("Double", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => x.item<float>());
    }

    [Fact]
    public void Accessor_AfterDisposalOfItsTensor_Throws()
    {
        var x = ones(2);
        var data = x.data<float>();
        x.Dispose();
        Assert.Throws<InvalidOperationException>(() => data[0]);
        Assert.Throws<InvalidOperationException>(() => data.ToArray());
    }

    [Fact]
    public void Bytes_NotContiguous_IsRefused()
    {
        using var x = ones(2, 3);
        using var transposed = x.t();
        Assert.Throws<InvalidOperationException>(() => transposed.bytes.Length);
    }

    [Fact]
    public void Errors_OnTwoThreads_KeepTheirOwnMessages()
    {
        string[] messages = new string[2];
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(number => new Thread(() =>
        {
            using var a = ones(5 + number);
            using var b = ones(3);
            for (int i = 0; i < 20; i++)
            {
                messages[number] = Assert.Throws<ExternalException>(() => a.add(b)).Message;
                if (!messages[number].Contains($"tensor a ({5 + number})", StringComparison.Ordinal)) return;
            }
        }))];
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.Contains("(5)", messages[0], StringComparison.Ordinal);
        Assert.Contains("(6)", messages[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Device_UnknownName_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => device("gpu"));
        Assert.Throws<ArgumentException>(() => device("cuda:x"));
        Assert.Equal("cuda:1", device("cuda:1").ToString());
        Assert.Equal((DeviceType.CPU, -1), (device("cpu").type, device("cpu").index));
    }
}
