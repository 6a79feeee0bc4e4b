using ScoreSde.Models.Networks;
using static TorchSharp.torch;

namespace ScoreSde.Models.Replay;

/// <summary>Calls of a network on samples of one shape: how many there were, and from the third on their recording.</summary>
/// <remarks>
/// A recording has tensors of its own for samples, times and labels, which are written before each replay, and its answer is copied after it. So nothing that a
/// caller holds is the recording's, whatever he keeps and however long.
/// </remarks>
internal sealed class RecordedShape(Tensor x, ScalarType type, Tensor? labels) : IDisposable
{
    private readonly long[] _shape = x.shape;
    private readonly (TorchSharp.DeviceType, int) _place = (x.device_type, x.device_index);
    private readonly (ScalarType, long)? _labelled = Kind(labels);
    private Tensor? _samples, _times, _labels;
    private IRecordedCall? _call;
    private int _plain, _thread;

    /// <summary>Why it cannot be recorded; empty where that is not known.</summary>
    public string Failure { get; private set; } = "";

    /// <summary>Whether it has a recording.</summary>
    public bool IsRecorded => _call is not null;

    /// <summary>Whether calls on these arguments are of this shape.</summary>
    public bool Is(Tensor samples, ScalarType wanted, Tensor? classes) =>
        wanted == type && (samples.device_type, samples.device_index) == _place && Kind(classes) == _labelled && samples.shape.AsSpan().SequenceEqual(_shape);

    /// <summary>
    /// Whether a call may be recorded now: after two plain ones on this thread, in which libraries have made what they keep for it. Counts this one as a third
    /// plain one if not.
    /// </summary>
    public bool IsReady(int plainCalls)
    {
        var thread = Environment.CurrentManagedThreadId;
        if (_thread != thread) (_thread, _plain) = (thread, 0);
        if (_plain >= plainCalls) return true;
        _plain++;
        return false;
    }

    /// <summary>Records the network's call; the arguments are only an example.</summary>
    public void Record(ScoreNetwork network, ILaunchRecorder recorder, Tensor samples, double time, Tensor? times, Tensor? classes)
    {
        _samples = empty(_shape, dtype: type, device: samples.device).DetachFromDisposeScope();
        _times = empty([_shape[0]], dtype: ScoreNetwork.TimeType(type), device: samples.device).DetachFromDisposeScope();
        _labels = classes is null ? null : empty_like(classes).DetachFromDisposeScope();
        Write(samples, time, times, classes);
        _call = recorder.Record(() =>
        {
            using var scope = NewDisposeScope();
            return network.call(_samples, _times, _labels).contiguous().DetachFromDisposeScope();
        });
    }

    /// <summary>The network's answer, the caller's.</summary>
    public Tensor Answer(Tensor samples, double time, Tensor? times, Tensor? classes)
    {
        Write(samples, time, times, classes);
        _call!.Replay();
        return _call.Answer.clone();
    }

    /// <summary>Gives it up for a reason.</summary>
    public void Fail(string reason)
    {
        Dispose();
        Failure = reason;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _call?.Dispose();
        _samples?.Dispose();
        _times?.Dispose();
        _labels?.Dispose();
        (_call, _samples, _times, _labels, _plain) = (null, null, null, null, 0);
    }

    private static (ScalarType, long)? Kind(Tensor? labels) => labels is null ? null : (labels.dtype, labels.numel());

    private void Write(Tensor samples, double time, Tensor? times, Tensor? classes)
    {
        _samples!.copy_(samples);
        if (times is null) _times!.fill_(time);
        else _times!.copy_(times);
        if (classes is not null) _labels!.copy_(classes);
    }
}
