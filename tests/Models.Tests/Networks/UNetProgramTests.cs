using ScoreSde.Kernels;
using ScoreSde.Models.Networks;
using ScoreSde.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.Tests.Networks;

/// <summary>The fused kernels against plain operations of libtorch in double, on fresh random inputs.</summary>
[NoTensorLeaks]
public sealed class UNetProgramTests
{
    // Largest difference to the answer in double, relative to its largest number: float32 itself (libtorch's, in the same measure) is at
    // 5e-7 to 4e-6 for these networks; the fused kernels may not be worse than some roundings more.
    private const double Tolerance = 2e-5;

    public static TheoryData<string, int, int, int> Cases()
    {
        var data = new TheoryData<string, int, int, int>();
        foreach (var kernels in Kernels())
        {
            data.Add(kernels, 0, 28, 28);
            data.Add(kernels, 1, 28, 28);
            data.Add(kernels, 2, 17, 17);
            data.Add(kernels, 3, 13, 21);
            data.Add(kernels, 4, 9, 30);
            data.Add(kernels, 5, 6, 5);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fused_OnAnyNetworkAndSize_IsThePlainPathInDouble(string kernels, int config, int height, int width)
    {
        using var network = RandomNetworks.Build(RandomNetworks.Configs[config], 100 + config);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        foreach (var batch in new[] { 1, 2, 7 })
        {
            var (x, t, labels) = RandomNetworks.Inputs(network.Config, batch, height, width);
            using var program = UNetProgram.For(network, height, width, kernels)!;
            var fused = program.Forward(network, x, t, labels);
            var exact = RandomNetworks.InDouble(network, x, t, labels);
            Assert.InRange(RandomNetworks.Difference(fused, exact), 0, Tolerance);
        }
    }

    [Fact]
    public void Sample_InAnyBatchAndOnAnyThreads_IsTheSameBits()
    {
        using var network = RandomNetworks.Build(RandomNetworks.Configs[0], 7);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (x, t, _) = RandomNetworks.Inputs(network.Config, 11, 28, 28);
        var threads = get_num_threads();
        try
        {
            set_num_threads(2);
            var all = network.call(x, t, null);
            foreach (var (from, count) in new[] { (0, 1), (3, 5), (10, 1), (2, 9) })
            {
                set_num_threads(count % 2 + 1);
                var some = network.call(x.narrow(0, from, count), t.narrow(0, from, count), null);
                Assert.True(some.Equals(all.narrow(0, from, count)));
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void Weights_ThatChange_AreSeenByTheNextCall()
    {
        using var network = RandomNetworks.Build(RandomNetworks.Configs[1], 8);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (x, t, labels) = RandomNetworks.Inputs(network.Config, 2, 28, 28);
        var before = network.call(x, t, labels);
        foreach (var (_, parameter) in network.named_parameters())
        {
            var element = parameter.view(-1).narrow(0, parameter.numel() / 2, 1);
            element.add_(0.25);
            Assert.InRange(RandomNetworks.Difference(network.call(x, t, labels), RandomNetworks.InDouble(network, x, t, labels)), 0, Tolerance);
            element.sub_(0.25);
        }
        Assert.InRange(RandomNetworks.Difference(network.call(x, t, labels), before), 0, Tolerance);
    }

    [Fact]
    public void Call_WithoutGradients_TakesTheKernelsUnlessSwitchedOff()
    {
        using var network = RandomNetworks.Build(RandomNetworks.Configs[5], 9);
        using var scope = NewDisposeScope();
        var (x, t, labels) = RandomNetworks.Inputs(network.Config, 2, 6, 5);
        var launches = ImageNetwork.Launches;
        network.call(x, t, labels);
        Assert.Equal(launches, ImageNetwork.Launches);
        using var untracked = no_grad();
        network.call(x, t, labels);
        Assert.Equal(launches + 1, ImageNetwork.Launches);
        network.Fused = false;
        network.call(x, t, labels);
        Assert.Equal(launches + 1, ImageNetwork.Launches);
    }

    private static IEnumerable<string> Kernels() =>
        ImageNetwork.Kernels switch { "avx512" => ["avx512", "avx2", "plain"], "avx2" => ["avx2", "plain"], _ => ["plain"] };
}
