using System.Runtime.InteropServices;

namespace ScoreSde.Kernels.Cuda;

/// <summary>The stream that libtorch puts its work on, by the two functions of its own library that tell: a build without CUDA's headers has no other way.</summary>
public sealed unsafe class TorchStream
{
    // c10::cuda::getCurrentCUDAStream(signed char) and c10::cuda::CUDAStream::stream() const: so since libtorch 1.13.
    private const string Current = "_ZN3c104cuda20getCurrentCUDAStreamEa", Raw = "_ZNK3c104cuda10CUDAStream6streamEv";

    private readonly delegate* unmanaged<sbyte, Packed> _current;
    private readonly delegate* unmanaged<Packed*, nint> _raw;

    private TorchStream(nint library, string from)
    {
        _current = (delegate* unmanaged<sbyte, Packed>)LoadedLibraries.Function(library, from, Current);
        _raw = (delegate* unmanaged<Packed*, nint>)LoadedLibraries.Function(library, from, Raw);
    }

    /// <summary>From the libtorch of this process.</summary>
    /// <exception cref="DeviceException">It has no CUDA, or not these functions.</exception>
    public static TorchStream Find()
    {
        var file = LoadedLibraries.Find("libc10_cuda") ?? throw new DeviceException("no libtorch with CUDA is loaded in this process (libc10_cuda)");
        var (library, from) = LoadedLibraries.LoadFirst("libtorch's CUDA library", [file]);
        return new TorchStream(library, from);
    }

    /// <summary>The current stream of the calling thread for a device.</summary>
    public nint Of(int device)
    {
        var stream = _current((sbyte)device);
        return _raw(&stream);
    }

    /// <summary>A c10::Stream: device and number. Sixteen bytes of integers, which come back in two registers.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Packed
    {
        public sbyte DeviceType, DeviceIndex;
        public long Id;
    }
}
