using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>
/// Finds the native library beside the assembly and readies the process for it: first what libscoresde_torch.preload lists (OpenBLAS in its OpenMP
/// variant, which shares libtorch's thread pool where the pthread variant would fight it), and an allocator that does not hand large blocks back
/// to the system after each use.
/// </summary>
internal static partial class LibraryLoader
{
    private const int LazyGlobal = 0x101; // RTLD_LAZY | RTLD_GLOBAL
    private const int TrimThreshold = -1; // M_TRIM_THRESHOLD
    private const int MmapThreshold = -3; // M_MMAP_THRESHOLD
    private const string FileName = "libscoresde_torch.so";
    private static readonly Lock Gate = new();
    private static nint library;

    internal static void Install() => NativeLibrary.SetDllImportResolver(typeof(LibraryLoader).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Native.Library) return 0;
        lock (Gate)
        {
            if (library != 0) return library;
            string path = Where(assembly);
            if (OperatingSystem.IsLinux()) Ready(Path.ChangeExtension(path, ".preload"));
            return library = Load(path);
        }
    }

    /// <summary>The folder that SCORESDE_NATIVE names (a bundle builds the library where it runs), beside the assembly, or beside the program.</summary>
    private static string Where(Assembly assembly)
    {
        if (Environment.GetEnvironmentVariable("SCORESDE_NATIVE") is { Length: > 0 } elsewhere) return Path.Combine(elsewhere, FileName);
        string beside = Path.Combine(Path.GetDirectoryName(assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory, FileName);
        return File.Exists(beside) ? beside : Path.Combine(AppContext.BaseDirectory, FileName);
    }

    private static nint Load(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException exception)
        {
            string reason = File.Exists(path)
                ? "It needs libtorch, which is missing or not the one it was built for: install libtorch-dev (Debian), or set LIBTORCH to the torch "
                    + "folder of a PyTorch wheel, then build again."
                : "It is built from src/Torch/native by the build of src/Torch, which needs cmake, a C++ compiler and libtorch's headers "
                    + "(libtorch-dev, or a PyTorch wheel named by LIBTORCH).";
            throw new DllNotFoundException($"{path} could not be loaded. {reason} {exception.Message}", exception);
        }
    }

    private static void Ready(string preload)
    {
        // Activations of some MB come and go each step: from the heap they cost nothing, from mmap a page fault for every 4 KiB.
        if (mallopt(MmapThreshold, 1 << 30) == 0) _ = mallopt(MmapThreshold, 32 << 20);
        _ = mallopt(TrimThreshold, int.MaxValue);
        if (!File.Exists(preload)) return;
        foreach (string candidate in File.ReadLines(preload))
        {
            if (File.Exists(candidate) && dlopen(candidate, LazyGlobal) != 0) return;
        }
    }

    [LibraryImport("libc")] private static partial int mallopt(int parameter, int value);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)] private static partial nint dlopen(string path, int flags);
}
