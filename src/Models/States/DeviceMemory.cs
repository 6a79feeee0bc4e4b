using System.Runtime.InteropServices;
using ScoreSde.Kernels.Cuda;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>
/// Addresses of tensors on any device. TorchSharp's public names give spans of CPU memory only; the native library under it has a function that tells, of a
/// name of its own in this repository's layer and in the genuine package.
/// </summary>
internal static unsafe class DeviceMemory
{
    private static readonly (string Library, string Function)[] Known = [("libscoresde_torch", "sst_data"), ("libLibTorchSharp", "THSTensor_data")];
    private static readonly Lazy<nint> Data = new(Find);

    /// <summary>Address of the first element; the tensor must outlive the use.</summary>
    public static nint Address(Tensor tensor) => ((delegate* unmanaged<nint, nint>)Data.Value)(tensor.Handle);

    private static nint Find()
    {
        foreach (var (library, function) in Known)
            if (LoadedLibraries.Find(library) is { } file && NativeLibrary.TryLoad(file, out var loaded) && NativeLibrary.TryGetExport(loaded, function, out var address))
                return address;
        throw new DeviceException($"no native library under TorchSharp tells where a tensor is: looked for {string.Join(", ", Known.Select(k => $"{k.Function} in {k.Library}"))}");
    }
}
