using ScoreSde.Models.Checkpoints;
using ScoreSde.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Benchmarks.Contests;

/// <summary>A U-Net for both sides: built or the one that is shipped, in a folder where the rivals find its weights and what they start from.</summary>
internal sealed class UNetProblem
{
    /// <summary>Images of a batch.</summary>
    public const int Batch = 64;

    /// <summary>28 × 28 images in full resolution, attention at 14 × 14.</summary>
    public static UNetConfig Full { get; } = new() { Channels = [32, 64, 64], AttentionLevels = [1] };

    private UNetProblem(UNet network, string folder) => (Network, Folder) = (network, folder);

    public UNet Network { get; }

    public string Folder { get; }

    /// <summary>Where a contest's problem will be.</summary>
    public static string FolderOf(string name) => Path.Combine(Path.GetTempPath(), $"scoresde-{name}-{Environment.ProcessId}");

    /// <summary>A network with weights that no layer hides: those that start at zero do not here.</summary>
    public static UNetProblem Of(UNetConfig config, string name)
    {
        manual_seed(5);
        var network = new UNet(config);
        using (NewDisposeScope())
        using (no_grad())
            foreach (var (_, parameter) in network.named_parameters())
                if (parameter.abs().max().item<float>() == 0 && parameter.dim() > 1) parameter.copy_(randn(parameter.shape) * (0.3 / Math.Sqrt(parameter.numel() / parameter.shape[0])));
        network.eval();
        var folder = FolderOf(name);
        Directory.CreateDirectory(folder);
        var data = new DataDescription { Name = "none" };
        Checkpoint.Write(folder, new CheckpointConfig { Network = config, Process = "vp-linear", Data = data }, network.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return new UNetProblem(network, folder);
    }

    /// <summary>The shipped network.</summary>
    public static UNetProblem Shipped(string name)
    {
        var problem = Of((UNetConfig)Checkpoint.ReadConfig(Model).Network, name);
        Checkpoint.ReadInto(Path.Combine(Model, Checkpoint.ModelFile), problem.Network.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter));
        File.Copy(Path.Combine(Model, Checkpoint.ModelFile), Path.Combine(problem.Folder, Checkpoint.ModelFile), overwrite: true);
        return problem;
    }

    /// <summary>Writes float32 numbers for the rivals.</summary>
    public void Share(string name, Tensor values)
    {
        using var plain = values.to(ScalarType.Float32).contiguous();
        File.WriteAllBytes(Path.Combine(Folder, name), plain.bytes.ToArray());
    }

    private static string Model => Path.Combine(Running.Checkout.Root, "models", "fashion-mnist");
}
