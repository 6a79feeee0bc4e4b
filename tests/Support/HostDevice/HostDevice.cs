using System.Runtime.InteropServices;
using ScoreSde.Kernels.Cuda;

namespace ScoreSde.Tests.Support;

/// <summary>The device's kernels on the host: their own source, run by a stand-in for driver and NVRTC (host_device.cpp).</summary>
internal static unsafe partial class HostDevice
{
    public static string Library { get; } = Path.Combine(AppContext.BaseDirectory, "libhost_device.so");

    public const nint Stream = 0x51;

    private static readonly Lazy<DeviceKernels> Made = new(Make);

    public static DeviceKernels Kernels => Made.Value;

    public static DeviceKernels Make() => new(Driver.Load([Library]), RuntimeCompiler.Load([Library]), 0, () => Stream);

    [LibraryImport("host_device", EntryPoint = "stand_in_launches")] internal static partial long Launches();

    [LibraryImport("host_device", EntryPoint = "stand_in_stream")] internal static partial nint LastStream();

    [LibraryImport("host_device", EntryPoint = "stand_in_current")] internal static partial nint Current();

    [LibraryImport("host_device", EntryPoint = "stand_in_graphs_begin", StringMarshalling = StringMarshalling.Utf8)] internal static partial void GraphsBegin(string failing);

    [LibraryImport("host_device", EntryPoint = "stand_in_graphs_told")] private static partial nint ToldOfGraphs();

    /// <summary>What libtorch's stand-in was asked for since <see cref="GraphsBegin"/>.</summary>
    internal static string GraphsTold => Marshal.PtrToStringUTF8(ToldOfGraphs())!;

    [LibraryImport("host_device", EntryPoint = "stand_in_arguments")] internal static partial nuint ArgumentsSize();

    [LibraryImport("host_device", EntryPoint = "stand_in_philox")] internal static partial void Philox(uint* words, ulong seed);

    [LibraryImport("host_device", EntryPoint = "stand_in_pair")] internal static partial void Pair(uint radius, uint angle, float* normals);

    [LibraryImport("host_device", EntryPoint = "stand_in_normal")]
    internal static partial float Normal(ulong seed, long first, uint stream, uint draw, long row, uint element, uint dimension);
}
