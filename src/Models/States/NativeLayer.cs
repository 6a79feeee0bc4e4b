using System.Runtime.InteropServices;
using ScoreSde.Kernels.Cuda;

namespace ScoreSde.Models.States;

/// <summary>
/// Functions of this repository's native layer under TorchSharp's names that those do not give. Under the genuine package there are none, and what they are for is done without.
/// </summary>
internal static class NativeLayer
{
    /// <summary>The address of a function; 0 where the layer is not this repository's. A tensor must have been made before, so that the layer is loaded.</summary>
    public static nint Find(string function) =>
        LoadedLibraries.Find("libscoresde_torch.so") is { } file && NativeLibrary.TryLoad(file, out var loaded) && NativeLibrary.TryGetExport(loaded, function, out var address) ? address : 0;
}
