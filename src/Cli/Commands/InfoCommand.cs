using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ScoreSde.Cli.Terminal;
using ScoreSde.Kernels.Cuda;
using ScoreSde.Models.Replay;
using TorchSharp;

namespace ScoreSde.Cli.Commands;

/// <summary>What this machine offers: the first thing to look at, and to send along, when something is slow or missing.</summary>
internal static class InfoCommand
{
    public static Command Create(Display display)
    {
        var command = new Command("info", "Shows what runs here: libtorch and where it came from, device, BLAS, threads, processor, .NET.");
        command.SetAction(_ => Run(display));
        return command.Teach(
            """
            Examples:
              ./scoresde info
              LIBTORCH=/path/to/site-packages/torch ./scoresde info      another libtorch, for instance with CUDA
            """);
    }

    private static int Run(Display display)
    {
        Line("libtorch", torch.__version__);
        Line("", LoadedFrom("libtorch_cpu.so") ?? LoadedFrom("libtorch.so") ?? "path unknown");
        Line("device", torch.cuda.is_available() ? $"cpu, cuda ({torch.cuda.device_count()} device{(torch.cuda.device_count() == 1 ? "" : "s")})" : "cpu");
        if (torch.cuda.is_available()) Line("kernels", DeviceKernels.For(0)?.Description ?? "none, plain operations of torch instead: " + DeviceKernels.Missing(0));
        if (torch.cuda.is_available()) Line("graphs", DeviceRecorder.Of(0).Missing is { Length: > 0 } reason ? "network calls are not replayed: " + reason : "network calls are recorded and replayed");
        Line("BLAS", Blas());
        Line("threads", $"{torch.get_num_threads()} of libtorch; {Environment.ProcessorCount} processors");
        Line("processor", Processor());
        Line("vectors", $"{(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits");
        Line("U-Nets", $"fused kernels, {Kernels.ImageNetwork.Kernels}, in float32 on the CPU");
        Line("memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GiB");
        Line(".NET", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {RuntimeInformation.OSDescription.Trim()}");
        Line("Fashion-MNIST", Training.Data.FashionMnist.Folder() ?? "not found (Debian: dataset-fashion-mnist; or set SCORESDE_DATA)");
        Line("network", Networks.DefaultModel.Find() ?? "none shipped: train one with ./scoresde train --data fashion-mnist");
        return CommandLine.Success;

        void Line(string name, string value) => display.Say($"{name,-14}{value}");
    }

    private static string Blas()
    {
        foreach (var (library, name) in new[] { ("libmkl", "MKL"), ("libopenblas", "OpenBLAS"), ("libcublas", "cuBLAS"), ("libblas.so", "reference BLAS (slow)") })
            if (LoadedFrom(library) is { } path) return $"{name}, {path}";
        return "inside libtorch";
    }

    /// <summary>The file of a library of this process whose name begins so; null where it is not loaded.</summary>
    private static string? LoadedFrom(string library)
    {
        const string maps = "/proc/self/maps";
        if (!File.Exists(maps)) return null;
        foreach (var line in File.ReadLines(maps))
        {
            var slash = line.IndexOf('/', StringComparison.Ordinal);
            if (slash > 0 && Path.GetFileName(line[slash..]).StartsWith(library, StringComparison.Ordinal)) return line[slash..];
        }
        return null;
    }

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
