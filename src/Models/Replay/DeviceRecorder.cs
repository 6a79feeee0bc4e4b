using ScoreSde.Kernels.Cuda;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.Replay;

/// <summary>Records calls on a GPU, by <see cref="TorchGraphs"/>.</summary>
internal sealed class DeviceRecorder : ILaunchRecorder
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<int, DeviceRecorder> Made = [];
    private static readonly Lazy<(TorchGraphs? Graphs, string Reason)> Found = new(Find);
    private readonly Device _device;

    private DeviceRecorder(Device device) => _device = device;

    /// <summary>A recorder for tensors in the program's memory: with it calls on the CPU take a GPU's way, which is how it is tested where there is none.</summary>
    internal static ILaunchRecorder? InProgramMemory { get; set; }

    /// <summary>The recorder of a tensor's device; null where there is nothing to record: on the CPU, where a call is no list of launches.</summary>
    public static ILaunchRecorder? Of(Tensor tensor) =>
        tensor.device_type == DeviceType.CUDA ? Of(tensor.device_index) : tensor.device_type == DeviceType.CPU ? InProgramMemory : null;

    /// <summary>The recorder of a GPU.</summary>
    public static ILaunchRecorder Of(int index)
    {
        lock (Gate) return Made.TryGetValue(index, out var known) ? known : Made[index] = new DeviceRecorder(new Device(DeviceType.CUDA, index));
    }

    /// <inheritdoc/>
    public string Missing => Found.Value.Graphs is { } graphs ? graphs.Failed : Found.Value.Reason;

    /// <inheritdoc/>
    public IRecordedCall Record(Func<Tensor> call)
    {
        if (Found.Value.Graphs is not { } graphs) throw new DeviceException(Found.Value.Reason);
        cuda.synchronize(_device);
        Tensor? answer = null;
        try
        {
            return new Recorded(graphs, graphs.Record(_device.index, () => answer = call()), answer!, _device);
        }
        catch (DeviceException)
        {
            answer?.Dispose();
            throw;
        }
    }

    private static (TorchGraphs? Graphs, string Reason) Find()
    {
        try
        {
            return (TorchGraphs.Load(), "");
        }
        catch (DeviceException e)
        {
            return (null, e.Message);
        }
    }

    private sealed class Recorded(TorchGraphs graphs, nint recording, Tensor answer, Device device) : IRecordedCall
    {
        private bool _freed;

        public Tensor Answer => answer;

        public void Replay() => graphs.Replay(recording);

        public void Dispose()
        {
            if (_freed) return;
            _freed = true;
            cuda.synchronize(device);
            answer.Dispose();
            graphs.Free(recording);
        }
    }
}
