using ScoreSde.Kernels;
using ScoreSde.Models.Networks;
using TorchSharp;

namespace ScoreSde.Models.Tests.Networks;

/// <summary>The native loss and its gradient against libtorch's differentiation of the plain path in double.</summary>
[NoTensorLeaks]
public sealed class UNetGradientTests
{
    // Largest difference of a parameter's gradient, relative to its largest number: as in UNetProgramTests, and sums over all pixels of all images.
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("avx512", 0, 28, 28, 3)]
    [InlineData("avx512", 1, 28, 28, 2)]
    [InlineData("avx512", 2, 17, 17, 3)]
    [InlineData("avx512", 3, 13, 21, 2)]
    [InlineData("avx512", 4, 9, 30, 4)]
    [InlineData("avx512", 5, 6, 5, 1)]
    [InlineData("avx2", 2, 17, 17, 3)]
    [InlineData("avx2", 3, 13, 21, 2)]
    [InlineData("plain", 3, 7, 10, 2)]
    public void Gradient_OfAnyNetwork_IsThatOfThePlainPathInDouble(string kernels, int config, int height, int width, int batch)
    {
        using var network = RandomNetworks.Build(RandomNetworks.Configs[config], 200 + config);
        using var exact = RandomNetworks.Double(network);
        using var scope = NewDisposeScope();
        var (x, t, labels) = RandomNetworks.Inputs(network.Config, batch, height, width);
        var (target, weights) = (randn_like(x), rand([batch]) + 0.5);

        using var program = UNetProgram.For(network, height, width, kernels)!;
        var loss = program.Train(network, x, t, labels, target, weights);

        var error = exact.call(x.to(ScalarType.Float64), t.to(ScalarType.Float64), labels).sub(target.to(ScalarType.Float64)).square().flatten(1).mean([1]);
        var expected = error.mul(weights.to(ScalarType.Float64)).mean();
        expected.backward();

        Assert.Equal(expected.item<double>(), loss, 1e-5 * expected.item<double>());
        var gradients = exact.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!);
        foreach (var (name, parameter) in network.named_parameters())
        {
            // A bias that nothing sees (of keys, before a normalisation of single channels) has a gradient of roundings: its measure is its layer's.
            var layer = gradients[name.Replace(".bias", ".weight", StringComparison.Ordinal)];
            var scale = Math.Max(gradients[name].abs().max().item<double>(), layer.abs().max().item<double>());
            var difference = parameter.grad!.to(ScalarType.Float64).sub(gradients[name]).abs().max().item<double>() / scale;
            Assert.True(difference < Tolerance, FormattableString.Invariant($"{name}: {difference}"));
        }
        foreach (var (_, parameter) in network.named_parameters()) parameter.grad = null;
        foreach (var (_, parameter) in exact.named_parameters()) parameter.grad = null;
    }

    [Fact]
    public void Gradient_OnTheSameThreads_IsTheSameBits()
    {
        using var network = RandomNetworks.Build(RandomNetworks.Configs[1], 9);
        using var scope = NewDisposeScope();
        var (x, t, labels) = RandomNetworks.Inputs(network.Config, 5, 28, 28);
        var (target, weights) = (randn_like(x), ones([5]));
        using var program = UNetProgram.For(network, 28, 28)!;
        var first = program.Train(network, x, t, labels, target, weights);
        var gradients = network.named_parameters().Select(p => p.parameter.grad!.clone()).ToArray();
        Assert.Equal(first, program.Train(network, x, t, labels, target, weights));
        foreach (var ((_, parameter), before) in network.named_parameters().Zip(gradients)) Assert.True(parameter.grad!.Equals(before));
        foreach (var (_, parameter) in network.named_parameters()) parameter.grad = null;
    }
}
