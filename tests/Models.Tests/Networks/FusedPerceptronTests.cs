using ScoreSde.Kernels;
using ScoreSde.Models.Networks;
using ScoreSde.Models.Scores;
using ScoreSde.Models.Tests.States;
using TorchSharp;

namespace ScoreSde.Models.Tests.Networks;

/// <summary>The fused kernel for perceptrons against the same networks in plain torch operations.</summary>
[NoTensorLeaks]
[Collection(TensorRuns.Alone)] // launches are counted for the process
public sealed class FusedPerceptronTests
{
    private static NetworkConfig[] Configs =>
    [
        new MlpConfig(), new MlpConfig { Dimension = 5, Width = 33, Depth = 2, Classes = 3, TimeFeatures = 16 },
        new PerceptronConfig(), new PerceptronConfig { Dimension = 3, Widths = [7, 64, 18, 100], Classes = 2, TimeFeatures = 10 },
    ];

    [Fact]
    public void Fused_OnFreshInputs_AgreesWithTorchInDouble()
    {
        foreach (var config in Configs)
            for (var k = 0; k < 4; k++)
            {
                using var network = NetworkTests.Built(config);
                using var scope = NewDisposeScope();
                using var untracked = no_grad();
                var (time, label) = (0.03 + 0.24 * k, config.Classes > 0 ? full([101], k % (config.Classes + 1), dtype: ScalarType.Int64) : null);
                manual_seed(100 + k);
                var x = randn([101, .. config.EventShape]).mul(2);
                var (single, launches) = Launched(() => network.AtOneTime(x, time, label));
                Assert.Equal(1, launches);
                network.to(ScalarType.Float64);
                var exact = network.call(x.to(ScalarType.Float64), full([101], time, dtype: ScalarType.Float64), label);
                // 2.3e-6 was the greatest of 1000 such networks and times; of torch in float32, which rounds the angles of the time's features, 1.0e-5.
                Assert.InRange((single - exact).abs().max().item<double>() / exact.abs().max().item<double>(), 0, 5e-6);
            }
    }

    [Fact]
    public void Fused_OfASample_HasTheSameBitsInAnyBatch()
    {
        foreach (var config in Configs)
        {
            using var network = NetworkTests.Built(config);
            using var scope = NewDisposeScope();
            using var untracked = no_grad();
            var x = randn([2003, .. config.EventShape]);
            var whole = network.AtOneTime(x, 0.4, null);
            foreach (var (from, size) in new[] { (0, 1), (17, 64), (1999, 4), (5, 1000) })
                Assert.True(network.AtOneTime(x.narrow(0, from, size), 0.4, null).equal(whole.narrow(0, from, size)).all().item<bool>());
        }
    }

    [Fact]
    public void Fused_AfterTheWeightsChanged_UsesTheNewOnes()
    {
        using var network = NetworkTests.Built(new PerceptronConfig());
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var x = randn(4, 2);
        var before = network.AtOneTime(x, 0.4, null);
        foreach (var parameter in network.parameters()) parameter.mul_(1.1);
        var after = network.AtOneTime(x, 0.4, null);
        Assert.True((after - before).abs().max().item<float>() > 1e-2f);
        Assert.True((after - network.call(x, full([4], 0.4f), null)).abs().max().item<float>() < 1e-3f);
    }

    [Fact]
    public void Network_WhereTheKernelDoesNotFit_RunsInTorch()
    {
        using var network = NetworkTests.Built(new MlpConfig { Classes = 3 });
        using var scope = NewDisposeScope();
        var x = randn(4, 2);
        Assert.Equal(0, Launched(() => network.AtOneTime(x, 0.4, null)).Launches); // gradients are recorded
        using var untracked = no_grad();
        Assert.Equal(1, Launched(() => network.AtOneTime(x, 0.4, null)).Launches);
        Assert.Equal(1, Launched(() => network.AtOneTime(x, 0.4, full([4], 2L, dtype: ScalarType.Int64))).Launches);
        Assert.Equal(0, Launched(() => network.AtOneTime(x, 0.4, tensor(new long[] { 0, 1, 2, 2 }))).Launches); // classes differ
        Assert.Equal(0, Launched(() => network.AtOneTime(x.t().contiguous().t(), 0.4, null)).Launches);
        Assert.Throws<ArgumentException>(() => network.AtOneTime(randn(4, 3), 0.4, null));
        network.to(ScalarType.Float64);
        Assert.Equal(0, Launched(() => network.AtOneTime(x.to(ScalarType.Float64), 0.4, null)).Launches);
        using var plain = NetworkTests.Built(new MlpConfig());
        Assert.Throws<ArgumentException>(() => plain.AtOneTime(x, 0.4, zeros([4], ScalarType.Int64))); // labels for a network without classes
    }

    [Fact]
    public void Score_OfAPerceptron_IsFusedForEveryStateType()
    {
        using var network = NetworkTests.Built(new PerceptronConfig());
        using var scope = NewDisposeScope();
        var score = new NetworkScore(network);
        var at = new VariancePreserving(new LinearSchedule(0.1, 20)).At(0.3);
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var (answer, launches) = Launched(() => score.Evaluate(new TensorState(ones([3, 2], type)), at).Value);
            Assert.Equal(1, launches);
            Assert.Equal(type, answer.dtype);
        }
    }

    [Fact]
    public void Perceptron_AsJson_ComesBack()
    {
        var config = new PerceptronConfig { Widths = [3, 5], Classes = 2, Output = Parametrisation.Score };
        Assert.Equal(config, System.Text.Json.JsonSerializer.Deserialize<NetworkConfig>(System.Text.Json.JsonSerializer.Serialize<NetworkConfig>(config)));
        Assert.NotEqual(config, config with { Widths = [3, 6] });
        Assert.Throws<ArgumentException>(() => (config with { Widths = [] }).Build());
    }

    private static (Tensor Result, long Launches) Launched(Func<Tensor> run)
    {
        var before = PerceptronKernel.Launches;
        var result = run();
        return (result, PerceptronKernel.Launches - before);
    }
}
