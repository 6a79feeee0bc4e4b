using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ScoreSde.Kernels;

/// <summary>Where the native kernels are: beside the program, or in the folder that SCORESDE_NATIVE names (a bundle builds them where it runs).</summary>
internal static class NativeFolder
{
    // The resolver must stand before the first native call, whichever that is.
#pragma warning disable CA2255
    [ModuleInitializer]
    internal static void Install() => NativeLibrary.SetDllImportResolver(typeof(NativeFolder).Assembly, Resolve);
#pragma warning restore CA2255

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        name == "scoresde_kernels" && Environment.GetEnvironmentVariable("SCORESDE_NATIVE") is { Length: > 0 } folder
            ? NativeLibrary.Load(Path.Combine(folder, "libscoresde_kernels.so"))
            : 0;
}
