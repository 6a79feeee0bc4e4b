using ScoreSde.Kernels;
using ScoreSde.Models.Networks;
using ScoreSde.Models.Scores;
using TorchSharp;

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

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fused_OnWeightsInBfloat16_IsThePlainPathOfTheSameWeightsInDouble(string kernels, int config, int height, int width)
    {
        using var network = RandomNetworks.Build(RandomNetworks.Configs[config], 200 + config);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        network.to(ScalarType.BFloat16);
        var (x, t, labels) = RandomNetworks.Inputs(network.Config, 3, height, width);
        using var program = UNetProgram.For(network, height, width, kernels)!;
        Assert.InRange(RandomNetworks.Difference(program.Forward(network, x, t, labels), RandomNetworks.InDouble(network, x, t, labels)), 0, Tolerance);
    }

    // Rounding to eight bits moves a weight of m 2^e, 1 <= m < 2, by up to 2^-8 / m of itself: in the root mean square, m uniform in its logarithm, by 0.42 2^-8. What
    // independent roundings of a layer's weights add to its results is the same share of them, and n layers one behind the other come to sqrt(n) times that. With n all
    // matrices of a network the error measured is 0.46 to 0.98 of it; twice that is allowed. libtorch's network of the same weights rounds what layers hand on as well (2.2 to 2.9 times the error).
    [Fact]
    public void Network_InBfloat16_IsNearerToTheExactOneThanLibtorchs()
    {
        for (var config = 0; config < RandomNetworks.Configs.Length; config++)
        {
            using var network = RandomNetworks.Build(RandomNetworks.Configs[config], 300 + config);
            using var scope = NewDisposeScope();
            using var untracked = no_grad();
            var (x, t, labels) = RandomNetworks.Inputs(network.Config, 4, 28, 28);
            var exact = RandomNetworks.InDouble(network, x, t, labels);
            network.to(ScalarType.BFloat16);
            var ours = network.call(x, t, labels);
            network.Fused = false;
            var theirs = network.call(x.to(ScalarType.BFloat16), t, labels);
            Assert.Equal(ScalarType.Float32, ours.dtype);
            var (error, other) = (MeanError(ours, exact), MeanError(theirs, exact));
            var expected = 0.42 * Math.Pow(2, -8) * Math.Sqrt(network.named_parameters().Count(p => p.parameter.dim() > 1));
            Assert.InRange(error, expected / 10, 2 * expected);
            Assert.True(error < other, $"network {config}: {error}, libtorch {other}");
        }
    }

    [Fact]
    public void Score_OfANetworkInBfloat16_TakesTheStateInFloat32AndTheKernels()
    {
        using var network = RandomNetworks.Build(RandomNetworks.Configs[5], 10);
        network.to(ScalarType.BFloat16);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (x, _, _) = RandomNetworks.Inputs(network.Config, 3, 28, 28);
        var level = new VariancePreserving(new LinearSchedule(0.1, 20)).At(0.4);
        var launches = ImageNetwork.Launches;
        var score = new NetworkScore(network).Evaluate(new TensorState(x), level).Value;
        Assert.Equal(launches + 1, ImageNetwork.Launches);
        Assert.True(score.Equals(network.call(x, full([3], 0.4, dtype: ScalarType.Float32), null)));
        Assert.Equal(ScalarType.BFloat16, network.InputType(x.to(ScalarType.BFloat16)));
        network.Fused = false;
        Assert.Equal(ScalarType.BFloat16, network.InputType(x));
    }

    [Fact]
    public void WeightsInBfloat16_ThatChange_AreSeenByTheNextCall()
    {
        using var network = RandomNetworks.Build(RandomNetworks.Configs[3], 11);
        network.to(ScalarType.BFloat16);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (x, t, labels) = RandomNetworks.Inputs(network.Config, 2, 13, 21);
        var odd = network.named_parameters().Where(p => p.parameter.numel() % 2 == 1).ToList();
        Assert.NotEmpty(odd);
        foreach (var (_, parameter) in odd)
            foreach (var place in new[] { 0, parameter.numel() - 1 }) // the last one of an odd number stands alone in the fingerprint
            {
                network.call(x, t, labels);
                parameter.view(-1).narrow(0, place, 1).add_(0.25);
                Assert.InRange(RandomNetworks.Difference(network.call(x, t, labels), RandomNetworks.InDouble(network, x, t, labels)), 0, Tolerance);
            }
    }

    // What lies beyond an image in memory belongs to another image, or to another tensor: nothing of it may be read, not even to be multiplied by zero.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Image_BesideOneThatIsNotANumber_IsTheSameBits(string kernels, int config, int height, int width)
    {
        using var network = RandomNetworks.Build(RandomNetworks.Configs[config], 400 + config);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (x, t, labels) = RandomNetworks.Inputs(network.Config, 2, height, width);
        var threads = get_num_threads();
        try
        {
            set_num_threads(1); // both images in one group
            foreach (var lost in new[] { 0, 1 })
            {
                using var program = UNetProgram.For(network, height, width, kernels, group: 2)!;
                var expected = program.Forward(network, x, t, labels).narrow(0, 1 - lost, 1);
                var spoilt = x.clone();
                spoilt.narrow(0, lost, 1).fill_(float.NaN);
                for (var again = 0; again < 2; again++)
                {
                    var found = program.Forward(network, spoilt, t, labels);
                    Assert.True(found.narrow(0, 1 - lost, 1).Equals(expected));
                    Assert.True(found.narrow(0, lost, 1).isnan().all().item<bool>());
                }
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void Network_ThatChangesItsType_GetsAProgramForIt()
    {
        using var network = RandomNetworks.Build(RandomNetworks.Configs[5], 12);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (x, t, labels) = RandomNetworks.Inputs(network.Config, 2, 28, 28);
        foreach (var type in new[] { ScalarType.Float32, ScalarType.BFloat16, ScalarType.Float32 })
        {
            network.to(type);
            Assert.InRange(RandomNetworks.Difference(network.call(x, t, labels), RandomNetworks.InDouble(network, x, t, labels)), 0, Tolerance);
        }
        network.to(ScalarType.BFloat16);
        Assert.Throws<InvalidOperationException>(() => network.ProgramFor(x)!.Train(network, x, t, labels, x, ones([2])));
    }

    private static double MeanError(Tensor value, Tensor exact)
    {
        using var scope = NewDisposeScope();
        return (value.to(ScalarType.Float64) - exact).square().mean().sqrt().item<double>() / exact.square().mean().sqrt().item<double>();
    }

    private static IEnumerable<string> Kernels() =>
        ImageNetwork.Kernels switch { "avx512" => ["avx512", "avx2", "plain"], "avx2" => ["avx2", "plain"], _ => ["plain"] };
}
