using ScoreSde.Kernels.Cuda;
using ScoreSde.Models.Replay;
using static TorchSharp.torch;

namespace ScoreSde.Tests.Support;

/// <summary>
/// A stand-in for a GPU's recordings over tensors of the CPU: a replay makes the recorded call again, with what its tensors hold, and writes over its answer. As
/// on a GPU nothing is computed by recording, and the answer's memory is worth nothing after the recording is gone: both are made to show.
/// </summary>
internal sealed class HostRecorder : ILaunchRecorder
{
    public string Missing { get; set; } = "";

    /// <summary>What a recording fails with; null where it does not.</summary>
    public string? Failure { get; set; }

    public int Tried { get; private set; }

    public int Recordings { get; private set; }

    public int Alive { get; private set; }

    public int Replays { get; private set; }

    public IRecordedCall Record(Func<Tensor> call)
    {
        Tried++;
        if (Failure is { } failure) throw new DeviceException(failure);
        Recordings++;
        Alive++;
        return new Recorded(this, call);
    }

    private sealed class Recorded : IRecordedCall
    {
        private readonly HostRecorder _recorder;
        private readonly Func<Tensor> _call;

        public Recorded(HostRecorder recorder, Func<Tensor> call)
        {
            (_recorder, _call) = (recorder, call);
            Answer = call();
            Answer.fill_(double.NaN);
        }

        public Tensor Answer { get; }

        public void Replay()
        {
            _recorder.Replays++;
            using var computed = _call();
            Answer.copy_(computed);
        }

        public void Dispose()
        {
            _recorder.Alive--;
            Answer.fill_(double.NaN);
            Answer.Dispose();
        }
    }
}
