using ScoreSde.Models.Networks;
using ScoreSde.Models.Scores;
using ScoreSde.Models.States;
using ScoreSde.Sde;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Cli.Conformance;

/// <summary>Networks on the device against the same weights in double on the CPU, in every type they work in.</summary>
internal static class NetworkChecks
{
    /// <summary>Small ones of each kind.</summary>
    public static IReadOnlyList<(string Name, NetworkConfig Config)> Networks { get; } =
    [
        ("an MLP", new MlpConfig { Width = 32, Depth = 2, Classes = 3, Output = Parametrisation.Epsilon }),
        ("a perceptron", new PerceptronConfig { Widths = [32, 24], Classes = 3 }),
        ("a U-Net", new UNetConfig { Height = 16, Width = 16, Channels = [8, 16], Groups = 4, AttentionLevels = [1], HeadChannels = 8, TimeFeatures = 16, EmbeddingWidth = 24, Classes = 3 }),
    ];

    public static IEnumerable<Check> All =>
        from network in Networks
        from type in new[] { ScalarType.Float64, ScalarType.Float32, ScalarType.BFloat16 }
        select new Check($"{network.Name} in {type}", device => Look(device, type, network.Config));

    /// <summary>Where a device has fused kernels for a network they agree with plain operations of libtorch; elsewhere both are those.</summary>
    public static IEnumerable<Check> Fused =>
        Networks.Select(network => new Check($"{network.Name}, fused kernels beside plain operations", device =>
        {
            using var tested = Build(network.Config);
            tested.to(device);
            tested.eval();
            using var scope = NewDisposeScope();
            using var untracked = no_grad();
            double[] Numbers(bool fused)
            {
                tested.Fused = fused;
                var x = ConformanceSuite.Normals([5, .. network.Config.EventShape], 1, ScalarType.Float32, device);
                return ConformanceSuite.Numbers(new NetworkScore(tested).Evaluate(new TensorState(x), ConformanceSuite.Process.At(0.4)).Value);
            }
            return Relative(Numbers(false), Numbers(true), Allowed(device, ScalarType.Float32));
        }));

    /// <summary>A network with weights that are the same on every device and with every libtorch.</summary>
    public static ScoreNetwork Build(NetworkConfig config)
    {
        var network = config.Build();
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var draw = 100u;
        foreach (var (name, parameter) in network.named_parameters())
        {
            // Weights of products keep the size of what goes through; biases are about 0 and gains about 1.
            var scale = parameter.dim() > 1 ? 1 / Math.Sqrt((double)parameter.numel() / parameter.shape[0]) : 0.1;
            var normals = ConformanceSuite.Normals([1, parameter.numel()], draw++, ScalarType.Float32, CPU).reshape(parameter.shape) * scale;
            parameter.copy_(parameter.dim() > 1 || name.EndsWith("bias", StringComparison.Ordinal) ? normals : normals + 1);
        }
        return network;
    }

    private static Finding Look(Device device, ScalarType type, NetworkConfig config)
    {
        using var reference = Build(config);
        using var tested = Build(config);
        reference.to(ScalarType.Float64);
        tested.to(device, type);
        reference.eval();
        tested.eval();
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        long[] shape = [5, .. config.EventShape];
        var level = ConformanceSuite.Process.At(0.4);
        var state = type == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var expected = ConformanceSuite.Numbers(Answer(reference, shape, level, ScalarType.Float64, CPU));
        var found = ConformanceSuite.Numbers(Answer(tested, shape, level, state, device));
        return Relative(expected, found, Allowed(device, type));
    }

    /// <summary>The error relative to what was expected, both as vectors.</summary>
    public static Finding Relative(double[] expected, double[] found, double allowed)
    {
        var (difference, size) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            difference += (found[i] - expected[i]) * (found[i] - expected[i]);
            size += expected[i] * expected[i];
        }
        return new Finding(Math.Sqrt(difference / size), allowed, "relative error");
    }

    private static Tensor Answer(ScoreNetwork network, long[] shape, Level level, ScalarType type, Device device)
    {
        var x = ConformanceSuite.Normals(shape, 1, ScalarType.Float32, device).to(type);
        var labels = tensor(new long[] { 0, 1, 2, 1, 0 }, device: device);
        return new NetworkScore(network, labels).Evaluate(new TensorState(x), level).Value;
    }

    /// <summary>
    /// Most of all the angles of time: of 1000 t ω at t = 0.4 one rounding is 400 of the sine's, over the frequencies 107 of the features' norm (√(Σ ωᵢ²/32), ω the
    /// powers of 10000^(−1/32)); what follows adds some ten. 128 are allowed (measured: 68), and 16 in bfloat16, where times stay in float32 (measured: 6). cuDNN takes
    /// TF32 for convolutions in float32 unless told otherwise, which keeps 10 bits behind the point: a rounding of 2⁻¹¹ there.
    /// </summary>
    public static double Allowed(Device device, ScalarType type) =>
        (type == ScalarType.BFloat16 ? 16 : 128) * (type == ScalarType.Float32 && device.type == DeviceType.CUDA ? Math.Pow(2, -11) : ConformanceSuite.Rounding(type));
}
