using System.Runtime.InteropServices;
using System.Text;

namespace ScoreSde.Kernels.Cuda;

/// <summary>
/// Work of a GPU, recorded once and put on its stream again in one call: libtorch's own CUDA graphs, by way of the native library under this repository's layer,
/// in which C++ exceptions stay. The genuine TorchSharp package has no such functions.
/// </summary>
public sealed unsafe class TorchGraphs
{
    private const int Room = 4096;
    private readonly delegate* unmanaged<byte*, int, int> _missing;
    private readonly delegate* unmanaged<int, byte*, int, nint> _aside;
    private readonly delegate* unmanaged<nint, void> _back, _free;
    private readonly delegate* unmanaged<byte*, int, nint> _begin;
    private readonly delegate* unmanaged<nint, byte*, int, int> _end, _replay;

    private TorchGraphs(nint library, string from)
    {
        _missing = (delegate* unmanaged<byte*, int, int>)LoadedLibraries.Function(library, from, "sst_graph_missing");
        _aside = (delegate* unmanaged<int, byte*, int, nint>)LoadedLibraries.Function(library, from, "sst_cuda_aside");
        _back = (delegate* unmanaged<nint, void>)LoadedLibraries.Function(library, from, "sst_cuda_back");
        _begin = (delegate* unmanaged<byte*, int, nint>)LoadedLibraries.Function(library, from, "sst_graph_begin");
        _end = (delegate* unmanaged<nint, byte*, int, int>)LoadedLibraries.Function(library, from, "sst_graph_end");
        _replay = (delegate* unmanaged<nint, byte*, int, int>)LoadedLibraries.Function(library, from, "sst_graph_replay");
        _free = (delegate* unmanaged<nint, void>)LoadedLibraries.Function(library, from, "sst_graph_free");
    }

    /// <summary>
    /// What has failed so that nothing more is to be recorded in this process; empty where nothing has. libtorch's allocator then goes on as if a recording were under
    /// way, which is right but keeps memory longer.
    /// </summary>
    public string Failed { get; private set; } = "";

    /// <summary>From a native library; by default the one under the layer that this process has loaded.</summary>
    /// <exception cref="DeviceException">There is none, or libtorch cannot record; the message says what is missing.</exception>
    public static TorchGraphs Load(string? file = null)
    {
        file ??= LoadedLibraries.Find("libscoresde_torch.so") ?? throw new DeviceException("the native library of this repository's layer over libtorch is not in this process (libscoresde_torch)");
        var (library, from) = LoadedLibraries.LoadFirst("the layer's native library", [file]);
        var graphs = new TorchGraphs(library, from);
        var text = stackalloc byte[Room];
        return graphs._missing(text, Room) == 0 ? graphs : throw new DeviceException($"this libtorch has no {Message(text)} of the kind that is known");
    }

    /// <summary>
    /// Records what an action puts on a device's stream, on a stream of its own; nothing of it is run. The device has to be idle, and the action must neither
    /// wait for it nor give it memory of the program's.
    /// </summary>
    /// <returns>The recording, for <see cref="Replay"/> and <see cref="Free"/>.</returns>
    /// <exception cref="DeviceException">libtorch or the device refused, or the action failed; what was recorded by then is given up.</exception>
    public nint Record(int device, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var text = stackalloc byte[Room];
        var before = _aside(device, text, Room);
        if (before == 0) throw new DeviceException($"no side stream: {Message(text)}");
        try
        {
            var recording = _begin(text, Room);
            if (recording == 0) throw Broken($"the recording did not begin: {Message(text)}", null);
            Exception? failure = null;
            try
            {
                action();
            }
#pragma warning disable CA1031 // whatever went wrong, the stream has to leave its mode first
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = e;
            }
            if (_end(recording, text, Room) != 0) throw Broken(failure is null ? $"the recording did not end well: {Message(text)}" : FirstLine(failure.Message), failure);
            if (failure is null) return recording;
            _free(recording); // ended well all the same, as where memory has run out
            throw new DeviceException(FirstLine(failure.Message), failure);
        }
        finally
        {
            _back(before);
        }
    }

    /// <summary>Puts all that was recorded on the device's current stream of this thread.</summary>
    /// <exception cref="DeviceException">The device refused.</exception>
    public void Replay(nint recording)
    {
        var text = stackalloc byte[Room];
        if (_replay(recording, text, Room) != 0) throw new DeviceException($"a replay failed: {Message(text)}");
    }

    /// <summary>Gives back a recording of which nothing is under way.</summary>
    public void Free(nint recording) => _free(recording);

    private DeviceException Broken(string message, Exception? cause)
    {
        Failed = "a recording failed before: " + message;
        return cause is null ? new DeviceException(message) : new DeviceException(message, cause);
    }

    private static string Message(byte* text) => FirstLine(Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text)));

    private static string FirstLine(string text) => text.Split('\n', 2)[0];
}
