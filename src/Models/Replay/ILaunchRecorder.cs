using static TorchSharp.torch;

namespace ScoreSde.Models.Replay;

/// <summary>What can record the work that a call puts on a device.</summary>
internal interface ILaunchRecorder
{
    /// <summary>Why nothing can be recorded; empty where it can.</summary>
    string Missing { get; }

    /// <summary>Records a call. What it computes is not in its answer before the first replay.</summary>
    /// <param name="call">
    /// A call that was made twice before on this thread; it neither waits for the device nor reads memory of the program, and its answer, which belongs to no
    /// scope, depends on tensors alone that live as long as the recording.
    /// </param>
    /// <exception cref="Exception">It could not be recorded; the message says why.</exception>
    IRecordedCall Record(Func<Tensor> call);
}

/// <summary>A call that can be repeated. Disposing it waits until the device is idle.</summary>
internal interface IRecordedCall : IDisposable
{
    /// <summary>What the last replay computed, in the recording's own memory: the next replay overwrites it.</summary>
    Tensor Answer { get; }

    /// <summary>Repeats it, with what its tensors hold by then.</summary>
    void Replay();
}
