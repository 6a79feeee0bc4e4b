using System.Runtime.InteropServices;

namespace ScoreSde.Kernels.Cuda;

/// <summary>Libraries of this process and where they came from: NVRTC stands beside libtorch, and libtorch knows the current stream.</summary>
internal static class LoadedLibraries
{
    private const string Maps = "/proc/self/maps";

    /// <summary>The file of a library of this process whose name begins so; null where none is loaded.</summary>
    public static string? Find(string name)
    {
        if (!File.Exists(Maps)) return null;
        foreach (var line in File.ReadLines(Maps))
        {
            var slash = line.IndexOf('/', StringComparison.Ordinal);
            if (slash > 0 && Path.GetFileName(line.AsSpan(slash)).StartsWith(name, StringComparison.Ordinal)) return line[slash..];
        }
        return null;
    }

    /// <summary>Loads the first of some files or names that can be.</summary>
    /// <exception cref="DeviceException">None can; the message lists them.</exception>
    public static (nint Library, string From) LoadFirst(string what, IEnumerable<string> candidates)
    {
        var tried = new List<string>();
        foreach (var candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, out var library)) return (library, candidate);
            tried.Add(candidate);
        }
        throw new DeviceException($"{what} could not be loaded; tried {string.Join(", ", tried)}");
    }

    /// <summary>A function of a library.</summary>
    /// <exception cref="DeviceException">The library has none of that name.</exception>
    public static nint Function(nint library, string from, string name) =>
        NativeLibrary.TryGetExport(library, name, out var address) ? address : throw new DeviceException($"{from} has no function {name}");
}
