using System.CommandLine;
using TorchSharp;

namespace ScoreSde.Cli.Terminal;

/// <summary>Where a network runs.</summary>
internal static class Devices
{
    public static Option<string> Option() => new("--device") { Description = "cpu, cuda or cuda:N", DefaultValueFactory = _ => "cpu" };

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
        if (!torch.cuda.is_available()) throw new BadInputException($"--device is '{name}'; this libtorch sees no CUDA device here, take cpu");
        if (index >= torch.cuda.device_count()) throw new BadInputException($"--device is '{name}'; this machine has cuda:0 to cuda:{torch.cuda.device_count() - 1}");
        return torch.device(name);
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
