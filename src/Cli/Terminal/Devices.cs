using System.CommandLine;
using TorchSharp;

namespace ScoreSde.Cli.Terminal;

/// <summary>Where a network runs.</summary>
internal static class Devices
{
    public static Option<string> Option() => new("--device") { Description = "cpu, cuda or cuda:N", DefaultValueFactory = _ => "cpu" };

    /// <summary>The type that a network works in.</summary>
    public static Option<string> Precision() => new("--precision") { Description = "type of the network's weights: float32 or bfloat16; the state stays float32, and on a CPU a U-Net's arithmetic does too", DefaultValueFactory = _ => "float32" };

    /// <summary>The type of a name; null for float32, which networks are stored in.</summary>
    public static torch.ScalarType? Type(string name) => name switch
    {
        "float32" => null,
        "bfloat16" => torch.ScalarType.BFloat16,
        _ => throw new BadInputException($"--precision is '{name}'; allowed: float32, bfloat16"),
    };

    /// <summary>The device of a name, if this machine has it.</summary>
    public static torch.Device Find(string name)
    {
        if (name == "cpu")
        {
            UseEveryCore();
            return torch.CPU;
        }
        var parts = name.Split(':');
        var index = 0;
        if (parts[0] != "cuda" || parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], out index)) || index < 0)
            throw new BadInputException($"--device is '{name}'; allowed: cpu, cuda, cuda:N");
        if (Missing(name) is { } reason) throw new BadInputException($"--device is '{name}'; {reason}, take cpu");
        if (index >= torch.cuda.device_count()) throw new BadInputException($"--device is '{name}'; this machine has cuda:0 to cuda:{torch.cuda.device_count() - 1}");
        return torch.device(name);
    }

    /// <summary>Why a device of this name cannot be used here at all; null where it may be.</summary>
    public static string? Missing(string name)
    {
        if (!name.StartsWith("cuda", StringComparison.Ordinal) || torch.cuda.is_available()) return null;
        return HasCuda() ? "libtorch is one for CUDA but sees no device" : "libtorch was built without CUDA";
    }

    /// <summary>Whether the libtorch of this process is one for CUDA.</summary>
    private static bool HasCuda()
    {
        const string maps = "/proc/self/maps";
        return File.Exists(maps) && File.ReadLines(maps).Any(l => l.Contains("/libc10_cuda", StringComparison.Ordinal));
    }

    /// <summary>
    /// Lets libtorch use every core: left to itself it takes one thread on machines whose two processors it believes to be one core. Whoever
    /// sets OMP_NUM_THREADS has said something else.
    /// </summary>
    public static void UseEveryCore()
    {
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null) torch.set_num_threads(Environment.ProcessorCount);
    }
}
