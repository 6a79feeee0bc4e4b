using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics;
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

    /// <summary>Nanoseconds in which all cores make so many products when they do nothing else.</summary>
    public static double AtFullRate(double products)
    {
        var threads = get_num_threads();
        const int Rounds = 400_000, Chains = 12;
        var best = double.PositiveInfinity;
        for (var trial = 0; trial < 5; trial++)
        {
            var start = Stopwatch.GetTimestamp();
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => Spin(Rounds));
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }
        return best / ((double)threads * Rounds * Chains * Vector<float>.Count * (Vector512.IsHardwareAccelerated ? 16.0 / Vector<float>.Count : 1)) * products;
    }

    private static string Model => Path.Combine(Running.Checkout.Root, "models", "fashion-mnist");

    private static float Spin(int rounds)
    {
        var (a, b) = (Vector512.Create(0.999999f), Vector512.Create(1e-6f));
        Vector512<float> c0 = b, c1 = b, c2 = b, c3 = b, c4 = b, c5 = b, c6 = b, c7 = b, c8 = b, c9 = b, c10 = b, c11 = b;
        for (var i = 0; i < rounds; i++)
        {
            (c0, c1, c2, c3) = (Vector512.FusedMultiplyAdd(c0, a, b), Vector512.FusedMultiplyAdd(c1, a, b), Vector512.FusedMultiplyAdd(c2, a, b), Vector512.FusedMultiplyAdd(c3, a, b));
            (c4, c5, c6, c7) = (Vector512.FusedMultiplyAdd(c4, a, b), Vector512.FusedMultiplyAdd(c5, a, b), Vector512.FusedMultiplyAdd(c6, a, b), Vector512.FusedMultiplyAdd(c7, a, b));
            (c8, c9, c10, c11) = (Vector512.FusedMultiplyAdd(c8, a, b), Vector512.FusedMultiplyAdd(c9, a, b), Vector512.FusedMultiplyAdd(c10, a, b), Vector512.FusedMultiplyAdd(c11, a, b));
        }
        return Vector512.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11);
    }
}
