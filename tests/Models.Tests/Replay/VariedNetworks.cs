using ScoreSde.Models.Networks;
using ScoreSde.Models.States;
using ScoreSde.Solvers.Noise;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.Tests.Replay;

/// <summary>Networks whose answers depend on everything they are given, in evaluation mode, by plain operations of libtorch.</summary>
internal static class VariedNetworks
{
    public static ScoreNetwork Build(NetworkConfig config, ScalarType type = ScalarType.Float32)
    {
        var network = config.Build();
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var draw = 100u;
        foreach (var (_, parameter) in network.named_parameters())
            parameter.copy_(Normals([1, parameter.numel()], draw++, ScalarType.Float32).reshape(parameter.shape) / Math.Sqrt(Math.Max(1.0, (double)parameter.numel() / parameter.shape[0])));
        network.to(type);
        network.eval();
        network.Fused = false;
        return network;
    }

    public static Tensor Normals(long[] shape, uint draw, ScalarType type) => new TensorDraws(31, NoiseStream.Probe, 0, shape, ScalarType.Float32, CPU).Normal(draw).Value.to(type);
}
