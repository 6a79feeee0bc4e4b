using ScoreSde.Models.Networks;
using TorchSharp;

namespace ScoreSde.Models.Tests.Networks;

/// <summary>U-Nets of many shapes with weights that nothing hides behind: no layer starts at zero.</summary>
internal static class RandomNetworks
{
    public static readonly UNetConfig[] Configs =
    [
        new() { Channels = [32, 64, 64], AttentionLevels = [1] },
        new() { Classes = 10, PatchSize = 2, Channels = [48, 96], AttentionLevels = [1] },
        new() { Classes = 3, Channels = [8, 16], Groups = 4, AttentionLevels = [1], HeadChannels = 8, TimeFeatures = 16, EmbeddingWidth = 24, ImageChannels = 3 },
        new() { Channels = [24, 40, 16], Groups = 8, AttentionLevels = [0, 2], HeadChannels = 12, TimeFeatures = 10, EmbeddingWidth = 17, BlocksPerLevel = 2 },
        new() { Channels = [20], Groups = 5, AttentionLevels = [], HeadChannels = 20, PatchSize = 4, Classes = 2 },
        new() { Channels = [16, 16, 32], Groups = 1, AttentionLevels = [0, 1], HeadChannels = 16, ImageChannels = 2, PatchSize = 1 },
    ];

    public static UNet Build(UNetConfig config, long seed)
    {
        manual_seed(seed);
        var network = new UNet(config);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        foreach (var (name, parameter) in network.named_parameters())
        {
            if (name.Contains("norm", StringComparison.Ordinal)) parameter.copy_(randn(parameter.shape) * 0.3 + (name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0));
            else if (parameter.abs().max().item<float>() == 0) parameter.copy_(randn(parameter.shape) * (parameter.dim() == 1 ? 0.1 : 1 / Math.Sqrt(parameter.numel() / parameter.shape[0])));
        }
        network.eval();
        return network;
    }

    public static (Tensor X, Tensor T, Tensor? Labels) Inputs(NetworkConfig config, int batch, int height, int width) =>
        (randn([batch, config.EventShape[0], height, width]), rand([batch]), config.Classes == 0 ? null : randint(0, config.Classes + 1, [batch], ScalarType.Int64));

    /// <summary>The same network's answer by plain operations in double.</summary>
    public static Tensor InDouble(UNet network, Tensor x, Tensor t, Tensor? labels)
    {
        using var exact = Double(network);
        using var untracked = no_grad();
        return exact.call(x.to(ScalarType.Float64), t.to(ScalarType.Float64), labels);
    }

    /// <summary>A copy in double; the caller's.</summary>
    public static UNet Double(UNet network)
    {
        var exact = new UNet((UNetConfig)network.Config);
        using (no_grad())
        {
            var weights = network.named_parameters().ToDictionary(p => p.name, p => p.parameter);
            exact.to(ScalarType.Float64);
            foreach (var (name, parameter) in exact.named_parameters())
            {
                using var wide = weights[name].to(ScalarType.Float64);
                parameter.copy_(wide);
            }
        }
        exact.eval();
        return exact;
    }

    /// <summary>Largest difference, relative to the largest number of <paramref name="exact"/>.</summary>
    public static double Difference(Tensor value, Tensor exact)
    {
        using var scope = NewDisposeScope();
        var wide = exact.to(ScalarType.Float64);
        return (value.to(ScalarType.Float64) - wide).abs().max().item<double>() / wide.abs().max().item<double>();
    }
}
