using System.Diagnostics;
using ScoreSde.Kernels;
using TorchSharp;

namespace ScoreSde.Cli.Networks;

/// <summary>
/// libtorch takes most of a second to load; where a command will want it, that begins beside everything else there is to prepare.
/// </summary>
/// <remarks>
/// The dynamic linker is locked all that time, and who calls a native function of .NET's for the first time waits for it: what the preparations will call is
/// called once before.
/// </remarks>
internal static class LibtorchLoading
{
    /// <summary>Begins if these arguments are of a command that works with a network.</summary>
    public static void BeginFor(IReadOnlyList<string> arguments)
    {
        if (arguments is not ["sample" or "train" or "quickstart" or "optimize-grid", ..] || arguments.Any(a => a is "--help" or "-h" or "-?")) return;
        AskTheLinkerFirst();
        new Thread(Load) { IsBackground = true, Name = "libtorch" }.Start();
    }

    private static void AskTheLinkerFirst()
    {
        _ = Thread.GetCurrentProcessorId();
        _ = DateTime.UtcNow;
        _ = Stopwatch.GetTimestamp();
        using var file = File.OpenRead(typeof(LibtorchLoading).Assembly.Location);
        _ = file.ReadByte();
    }

    private static void Load()
    {
        try
        {
            _ = torch.get_num_threads();
            _ = ImageNetwork.Kernels;
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException or BadImageFormatException)
        {
            // Whoever needs it meets the same failure and says what to do.
        }
    }
}
