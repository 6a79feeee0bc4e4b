using ScoreSde.Models.Networks;
using TorchSharp;

namespace ScoreSde.Models.Tests.Networks;

[NoTensorLeaks]
public sealed class NetworkTests
{
    private static readonly UNetConfig Small = new()
    {
        Classes = 3, Channels = [8, 16], Groups = 4, AttentionLevels = [1], HeadChannels = 8, TimeFeatures = 16, EmbeddingWidth = 24,
    };

    [Theory]
    [InlineData(28, 28, 1)]
    [InlineData(32, 32, 2)]
    [InlineData(17, 17, 1)]
    [InlineData(17, 17, 2)]
    [InlineData(17, 12, 4)]
    public void UNet_OnAnyImageSize_KeepsTheShape(int height, int width, int patch)
    {
        using var network = Built(Small with { Channels = [8, 16, 16], PatchSize = patch, ImageChannels = 3, BlocksPerLevel = 2 });
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var y = network.call(randn([2, 3, height, width]), tensor(new[] { 0.1f, 0.9f }), tensor(new long[] { 0, 2 }));
        Assert.Equal([2, 3, height, width], y.shape);
        Assert.True(y.isfinite().all().item<bool>());
        Assert.True(y.std().item<float>() > 0.01f);
    }

    [Fact]
    public void FreshNetwork_OnAnything_AnswersZero()
    {
        NetworkConfig[] configs = [Small, Small with { PatchSize = 2 }, new MlpConfig { Classes = 2 }];
        foreach (var config in configs)
        {
            manual_seed(1);
            using var network = config.Build();
            using var scope = NewDisposeScope();
            var y = network.call(randn([2, .. config.EventShape]), tensor(new[] { 0.1f, 0.9f }), null);
            Assert.Equal(0, y.abs().max().item<float>());
        }
    }

    [Fact]
    public void Network_GivenOtherClassOrTime_AnswersOtherwise()
    {
        foreach (var network in Both())
        {
            using var owned = network;
            using var scope = NewDisposeScope();
            using var untracked = no_grad();
            var x = randn([2, .. network.Config.EventShape]);
            var t = tensor(new[] { 0.3f, 0.3f });
            var one = network.call(x, t, tensor(new long[] { 1, 1 }));
            Assert.True((one - network.call(x, t, tensor(new long[] { 2, 2 }))).abs().max().item<float>() > 1e-3f);
            Assert.True((one - network.call(x, t + 0.1, tensor(new long[] { 1, 1 }))).abs().max().item<float>() > 1e-3f);
            Assert.True((one - network.call(x, t, null)).abs().max().item<float>() > 1e-3f);
        }
    }

    [Fact]
    public void Network_GivenNoLabels_TakesTheNullClass()
    {
        foreach (var network in Both())
        {
            using var owned = network;
            using var scope = NewDisposeScope();
            using var untracked = no_grad();
            var x = randn([2, .. network.Config.EventShape]);
            var t = tensor(new[] { 0.3f, 0.8f });
            long nullClass = network.NullClass;
            var difference = network.call(x, t, null) - network.call(x, t, tensor(new[] { nullClass, nullClass }));
            Assert.Equal(0, difference.abs().max().item<float>());
        }
    }

    [Fact]
    public void Backward_FromAnyLoss_ReachesEveryParameter()
    {
        foreach (var network in Both())
        {
            using var owned = network;
            network.train();
            using var scope = NewDisposeScope();
            var x = randn([4, .. network.Config.EventShape]);
            network.call(x, rand([4]), tensor(new long[] { 0, 1, 2, network.NullClass })).square().sum().backward();
            foreach (var (name, parameter) in network.named_parameters())
                Assert.True(parameter.grad is { } g && g.abs().max().item<float>() > 0, $"{name} has no gradient");
        }
    }

    [Fact]
    public void Network_AsDouble_AnswersAsDouble()
    {
        using var network = Built(new MlpConfig());
        network.to(ScalarType.Float64);
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Float64, network.call(randn([2, 2], ScalarType.Float64), rand([2], ScalarType.Float64), null).dtype);
    }

    [Fact]
    public void Network_GivenWrongInput_SaysWhatItTakes()
    {
        using var network = Built(new MlpConfig());
        using var scope = NewDisposeScope();
        var message = Assert.Throws<ArgumentException>(() => network.call(randn([4, 3]), rand([4]), null)).Message;
        Assert.Contains("[4, 3]", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => network.call(randn([4, 2]), rand([3]), null));
        Assert.Throws<ArgumentException>(() => network.call(randn([4, 2]), rand([4]), zeros([4], ScalarType.Int64)));
    }

    [Fact]
    public void Dropout_InTrainingOnly_ChangesTheAnswer()
    {
        using var network = Built(Small with { Dropout = 0.5 });
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (x, t) = (randn([1, 1, 28, 28]), tensor(new[] { 0.5f }));
        Assert.Equal(0, (network.call(x, t, null) - network.call(x, t, null)).abs().max().item<float>());
        network.train();
        Assert.True((network.call(x, t, null) - network.call(x, t, null)).abs().max().item<float>() > 0);
    }

    [Fact]
    public void Config_ThatContradictsItself_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => (Small with { Channels = [9] }).Build());
        Assert.Throws<ArgumentException>(() => (Small with { AttentionLevels = [2] }).Build());
        Assert.Throws<ArgumentException>(() => (Small with { PatchSize = 0 }).Build());
        Assert.Throws<ArgumentException>(() => (Small with { Dropout = 1 }).Build());
    }

    [Theory]
    [InlineData(28, 28, 2)]
    [InlineData(17, 13, 2)]
    [InlineData(5, 7, 4)]
    public void PixelFolding_ThereAndBack_ChangesNothing(int height, int width, int p)
    {
        using var scope = NewDisposeScope();
        var x = randn([2, 3, height, width]);
        var folded = PixelFolding.Fold(x, p);
        Assert.Equal([2, 3 * p * p, (height + p - 1) / p, (width + p - 1) / p], folded.shape);
        Assert.Equal(x[1, 2, 1, 0].item<float>(), folded[1, 2 * p * p + p, 0, 0].item<float>()); // row 1 of the first square
        Assert.Equal(0, (PixelFolding.Unfold(folded, p, height, width) - x).abs().max().item<float>());
    }

    private static ScoreNetwork[] Both() => [Built(Small), Built(new MlpConfig { Classes = 3, Output = Parametrisation.Velocity })];

    /// <summary>A network in evaluation mode with nothing left at zero.</summary>
    internal static ScoreNetwork Built(NetworkConfig config)
    {
        manual_seed(1);
        var network = config.Build();
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        foreach (var parameter in network.parameters())
            if (parameter.abs().max().item<float>() == 0) parameter.normal_(0, 0.1);
        network.eval();
        return network;
    }
}
