using ScoreSde.Models.Networks;
using ScoreSde.Models.States;
using static TorchSharp.torch;

namespace ScoreSde.Models.Replay;

/// <summary>
/// A network's calls on a GPU, recorded and replayed: the hundreds of launches of a call are put there as one. The network owns it. It decides what is replayed
/// and knows why the rest is not.
/// </summary>
/// <remarks>
/// A recording reads weights where they are: changed in place they count at once; where one has moved (another type or device, another storage) all recordings are
/// given up. Threads take turns.
/// </remarks>
internal sealed class CallReplay(ScoreNetwork network) : IDisposable
{
    /// <summary>Plain calls of a shape before it is recorded: libraries load their code and choose their ways in them, and runs of one or two calls pay for nothing.</summary>
    public const int PlainCalls = 2;

    /// <summary>Shapes that are recorded at a time: each keeps the memory of a call's intermediate values.</summary>
    public const int MostShapes = 4;

    private static readonly Lock Turn = new();
    private readonly List<RecordedShape> _shapes = []; // the last one used at the end
    private (Tensor Weight, nint Address)[] _weights = [];
    private long _calls, _replayed, _recordings;
    private string _reason = "none was made on a GPU";

    /// <summary>What has been counted.</summary>
    public ReplayCounts Counts => new(_calls, _replayed, _recordings, _reason);

    /// <summary>The answer to a call that records no gradients, the caller's; null where the call is to be made as any other, which on a CPU is always and not counted.</summary>
    /// <param name="x">[B, …event], in the state's type.</param>
    /// <param name="type">The type that the network takes.</param>
    /// <param name="time">The time of all samples, unless each has its own.</param>
    /// <param name="times">The time of each, [B], wherever it is.</param>
    /// <param name="labels">Class of each sample, [B].</param>
    public Tensor? Answer(Tensor x, ScalarType type, double time, Tensor? times, Tensor? labels)
    {
        if (DeviceRecorder.Of(x) is not { } recorder) return null;
        lock (Turn)
        {
            _calls++;
            if (Refusal(recorder) is { Length: > 0 } refusal) return Plain(refusal);
            if (WeightsHaveMoved()) Forget();
            var shape = Shape(x, type, labels);
            if (shape.Failure.Length > 0) return Plain(shape.Failure);
            if (!shape.IsRecorded && !shape.IsReady(PlainCalls)) return Plain($"a shape's first {PlainCalls} calls are not recorded");
            try
            {
                if (!shape.IsRecorded)
                {
                    if (_weights.Length == 0) _weights = [.. network.parameters().Concat(network.buffers()).Select(w => (w, DeviceMemory.Address(w)))];
                    shape.Record(network, recorder, x, time, times, labels);
                    _recordings++;
                }
                var answer = shape.Answer(x, time, times, labels);
                _replayed++;
                return answer;
            }
#pragma warning disable CA1031 // a call that cannot be recorded is made plainly, where a fault of its own shows again
            catch (Exception e)
#pragma warning restore CA1031
            {
                shape.Fail("a recording failed: " + e.Message.Split('\n', 2)[0]);
                return Plain(shape.Failure);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (Turn) Forget();
    }

    private string Refusal(ILaunchRecorder recorder) =>
        !network.Replayed ? "replay is switched off"
        : !network.IsRecordable ? $"{network.GetType().Name} does not say that its calls can be recorded (IsRecordable)"
        : network.training ? "the network is in training mode"
        : recorder.Missing;

    private Tensor? Plain(string reason)
    {
        _reason = reason;
        return null;
    }

    private bool WeightsHaveMoved()
    {
        foreach (var (weight, address) in _weights)
            if (weight.IsInvalid || DeviceMemory.Address(weight) != address) return true;
        return false;
    }

    private RecordedShape Shape(Tensor x, ScalarType type, Tensor? labels)
    {
        var at = _shapes.FindLastIndex(s => s.Is(x, type, labels));
        var shape = at < 0 ? new RecordedShape(x, type, labels) : _shapes[at];
        if (at >= 0) _shapes.RemoveAt(at);
        else if (_shapes.Count == MostShapes)
        {
            _shapes[0].Dispose();
            _shapes.RemoveAt(0);
        }
        _shapes.Add(shape);
        return shape;
    }

    private void Forget()
    {
        foreach (var shape in _shapes) shape.Dispose();
        _shapes.Clear();
        _weights = [];
    }
}
