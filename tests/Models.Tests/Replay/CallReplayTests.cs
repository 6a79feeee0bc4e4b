using ScoreSde.Models.Networks;
using ScoreSde.Models.Replay;
using ScoreSde.Models.Scores;
using ScoreSde.Models.States;
using ScoreSde.Sde;
using ScoreSde.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.Tests.Replay;

/// <summary>
/// Which calls of a network are recorded and replayed, what is said of the others, and that an answer is the plain call's and the caller's own. A stand-in records
/// (HostRecorder), so that tensors of the CPU take a GPU's way.
/// </summary>
public sealed class CallReplayTests : IDisposable
{
    private static readonly VariancePreserving Vp = new(new LinearSchedule(0.1, 20));
    private readonly HostRecorder _recorder = new();

    public CallReplayTests() => DeviceRecorder.InProgramMemory = _recorder;

    public void Dispose() => DeviceRecorder.InProgramMemory = null;

    [Fact]
    [NoTensorLeaks]
    public void Calls_FromTheThirdOfAShape_AreReplayedAndHaveTheBitsOfPlainOnes()
    {
        foreach (var config in new NetworkConfig[]
        {
            new MlpConfig { Width = 16, Depth = 2, Classes = 3 },
            new PerceptronConfig { Widths = [16, 8], Classes = 3 },
            new UNetConfig { Height = 8, Width = 8, Channels = [8, 16], Groups = 4, AttentionLevels = [1], HeadChannels = 8, TimeFeatures = 16, EmbeddingWidth = 24, Classes = 3 },
        })
            foreach (var type in new[] { ScalarType.Float64, ScalarType.Float32, ScalarType.BFloat16 })
            {
                using var network = VariedNetworks.Build(config, type);
                using var scope = NewDisposeScope();
                var labels = tensor(new long[] { 0, 3, 1 });
                var score = new NetworkScore(network, labels);
                var kept = new List<(Tensor Plain, Tensor Given)>();
                for (var i = 0; i < 6; i++)
                {
                    var x = new TensorState(Normals([3, .. config.EventShape], (uint)i, type == ScalarType.Float64 ? type : ScalarType.Float32));
                    var level = Vp.At(0.1 + 0.15 * i);
                    labels.copy_(tensor(new long[] { i % 4, 3, (i + 1) % 3 })); // where they are, as a caller may
                    network.Replayed = false;
                    var plain = score.Evaluate(x, level).Value;
                    network.Replayed = true;
                    kept.Add((plain, score.Evaluate(x, level).Value));
                }
                // At the end: an answer that were the recording's memory would be another call's by now.
                foreach (var (plain, given) in kept) Assert.Equal(Bits(plain), Bits(given));
                Assert.Equal((12, 4, 1), (score.Replays.Calls, score.Replays.Replayed, score.Replays.Recordings));
                Assert.NotEqual(Bits(kept[^1].Plain), Bits(kept[^2].Plain));
            }
        Assert.Equal(0, _recorder.Alive);
    }

    [Fact]
    [NoTensorLeaks]
    public void Shapes_AreRecordedOneByOne_AndTheLongestUnusedGivesWay()
    {
        using var network = VariedNetworks.Build(new MlpConfig { Width = 8, Depth = 1 });
        using var scope = NewDisposeScope();
        void Ask(int batch, int times)
        {
            for (var i = 0; i < times; i++) _ = Answer(network, batch, 0.3);
        }
        Ask(2, 5);
        Ask(3, 5);
        Ask(2, 5);
        Assert.Equal((2, 2), (_recorder.Recordings, _recorder.Alive));
        Assert.Equal(3 + 3 + 5, _recorder.Replays);
        Ask(4, 3);
        Ask(5, 3);
        Ask(6, 3); // the fifth shape: that of 3 samples was used longest ago
        Assert.Equal((5, CallReplay.MostShapes), (_recorder.Recordings, _recorder.Alive));
        Ask(2, 1);
        Assert.Equal(5, _recorder.Recordings);
        Ask(3, 3);
        Assert.Equal((6, CallReplay.MostShapes), (_recorder.Recordings, _recorder.Alive));
    }

    [Fact]
    [NoTensorLeaks]
    public void Weights_ChangedInPlace_CountAtOnce_AndMovedOnesAreRecordedAnew()
    {
        using var network = VariedNetworks.Build(new MlpConfig { Width = 8, Depth = 1 });
        using var scope = NewDisposeScope();
        for (var i = 0; i < 4; i++) _ = Answer(network, 2, 0.3);
        using (no_grad())
            foreach (var parameter in network.parameters()) parameter.mul_(1.5);
        Assert.Equal(Plain(network, 2, 0.3), Bits(Answer(network, 2, 0.3)));
        Assert.Equal(1, _recorder.Recordings);

        network.to(ScalarType.Float64);
        network.to(ScalarType.Float32); // the same numbers elsewhere
        var replays = _recorder.Replays;
        for (var i = 0; i < 4; i++) Assert.Equal(Plain(network, 2, 0.3), Bits(Answer(network, 2, 0.3)));
        Assert.Equal((2, 1, replays + 2), (_recorder.Recordings, _recorder.Alive, _recorder.Replays));
    }

    [Fact]
    [NoTensorLeaks]
    public void Calls_ThatAreNotReplayed_AreMadePlainlyForAReasonThatIsSaid()
    {
        using var network = VariedNetworks.Build(new MlpConfig { Width = 8, Depth = 1 });
        using var scope = NewDisposeScope();
        void Expect(string reason)
        {
            var (tried, replays) = (_recorder.Tried, _recorder.Replays);
            for (var i = 0; i < 4; i++) Assert.Equal(Plain(network, 2, 0.3), Bits(Answer(network, 2, 0.3)));
            var counts = new NetworkScore(network).Replays;
            Assert.Equal((reason, 0L), (counts.Reason, counts.Replayed));
            Assert.Equal((tried, replays), (_recorder.Tried, _recorder.Replays));
            Assert.Equal($"network calls were not replayed: {reason}", counts.ToString());
        }
        network.train();
        Expect("the network is in training mode");
        network.eval();
        _recorder.Missing = "no graphs in this libtorch";
        Expect("no graphs in this libtorch");
        _recorder.Missing = "";
        network.Replayed = false;
        Expect("replay is switched off");
        network.Replayed = true;
        using var own = new Own();
        own.eval();
        for (var i = 0; i < 4; i++) _ = Answer(own, 2, 0.3);
        Assert.Equal("Own does not say that its calls can be recorded (IsRecordable)", new NetworkScore(own).Replays.Reason);
        Assert.Equal(0, _recorder.Tried);

        for (var i = 0; i < 4; i++) _ = Answer(network, 2, 0.3);
        Assert.Matches("^2 of [0-9]+ network calls were replayed", new NetworkScore(network).Replays.ToString());
    }

    [Fact]
    [NoTensorLeaks]
    public void Recording_ThatFails_IsNotTriedAgainAndCallsArePlain()
    {
        using var network = VariedNetworks.Build(new MlpConfig { Width = 8, Depth = 1 });
        using var scope = NewDisposeScope();
        _recorder.Failure = "operation not permitted when stream is capturing";
        for (var i = 0; i < 6; i++) Assert.Equal(Plain(network, 2, 0.3), Bits(Answer(network, 2, 0.3)));
        Assert.Equal(1, _recorder.Tried);
        Assert.Equal("a recording failed: operation not permitted when stream is capturing", new NetworkScore(network).Replays.Reason);
        _recorder.Failure = null; // as when the shape was too large for the memory that is left
        for (var i = 0; i < 3; i++) _ = Answer(network, 1, 0.3);
        Assert.Equal(1, _recorder.Replays);
    }

    [Fact] // tensors are made on one thread and freed on another, so that neither's count comes out even
    public void Calls_OnAnotherThread_ArePlainAgainUntilItsLibrariesAreReady()
    {
        using var network = VariedNetworks.Build(new MlpConfig { Width = 8, Depth = 1 });
        void OnAThread(int calls)
        {
            var thread = new Thread(() =>
            {
                using var scope = NewDisposeScope();
                for (var i = 0; i < calls; i++) _ = Answer(network, 2, 0.3);
            });
            thread.Start();
            thread.Join();
        }
        OnAThread(2);
        OnAThread(2);
        Assert.Equal(0, _recorder.Recordings);
        OnAThread(3);
        Assert.Equal((1, 1), (_recorder.Recordings, _recorder.Replays));
        OnAThread(1); // what is recorded is replayed from any
        Assert.Equal((1, 2), (_recorder.Recordings, _recorder.Replays));
    }

    [Fact]
    [NoTensorLeaks]
    public void Network_ThatIsDisposed_GivesItsRecordingsBack()
    {
        var network = VariedNetworks.Build(new MlpConfig { Width = 8, Depth = 1 });
        using (NewDisposeScope())
            for (var i = 0; i < 4; i++) _ = Answer(network, 2, 0.3);
        Assert.Equal(1, _recorder.Alive);
        network.Dispose();
        Assert.Equal(0, _recorder.Alive);
    }

    [Fact]
    [NoTensorLeaks]
    public void Gradients_AreRecordedByCallsThatAreNotReplayed()
    {
        using var network = VariedNetworks.Build(new MlpConfig { Width = 8, Depth = 1 });
        using var scope = NewDisposeScope();
        for (var i = 0; i < 4; i++) network.call(Normals([2, 2], 1, ScalarType.Float32), ones(2), null).sum().backward();
        Assert.All(network.parameters(), p => Assert.NotNull(p.grad));
        foreach (var parameter in network.parameters()) parameter.grad!.Dispose();
        Assert.Equal((0, 0L), (_recorder.Tried, new NetworkScore(network).Replays.Calls));
    }

    [Fact]
    [NoTensorLeaks]
    public void OnTheCpu_NothingIsReplayedNorCounted()
    {
        DeviceRecorder.InProgramMemory = null;
        using var network = VariedNetworks.Build(new MlpConfig { Width = 8, Depth = 1 });
        using var scope = NewDisposeScope();
        for (var i = 0; i < 4; i++) _ = Answer(network, 2, 0.3);
        Assert.Equal(new ReplayCounts(0, 0, 0, "none was made on a GPU"), new NetworkScore(network).Replays);
    }

    [Fact]
    public void Recorder_OfAGpu_SaysWhatThisLibtorchLacks()
    {
        if (File.ReadLines("/proc/self/maps").Any(line => line.Contains("/libtorch_cuda", StringComparison.Ordinal))) return; // it has them
        Assert.Equal("this libtorch has no CUDAGraph::CUDAGraph of the kind that is known", DeviceRecorder.Of(0).Missing);
        Assert.Throws<Kernels.Cuda.DeviceException>(() => DeviceRecorder.Of(0).Record(() => ones(1)));
    }

    private static Tensor Answer(ScoreNetwork network, int batch, double time) =>
        new NetworkScore(network).Evaluate(new TensorState(Normals([batch, .. network.Config.EventShape], 1, network.Type)), Vp.At(time)).Value;

    private byte[] Plain(ScoreNetwork network, int batch, double time)
    {
        DeviceRecorder.InProgramMemory = null;
        try
        {
            network.Fused = false; // a recording is of plain operations
            return Bits(Answer(network, batch, time));
        }
        finally
        {
            DeviceRecorder.InProgramMemory = _recorder;
        }
    }

    private static Tensor Normals(long[] shape, uint draw, ScalarType type) => VariedNetworks.Normals(shape, draw, type);

    private static byte[] Bits(Tensor tensor) => tensor.contiguous().bytes.ToArray();

    /// <summary>A network of a user's own, who has promised nothing.</summary>
    private sealed class Own : ScoreNetwork
    {
        private readonly TorchSharp.Modules.Parameter weight = new(ones(1));

        public Own() : base("own", new MlpConfig()) => RegisterComponents();

        public override Tensor forward(Tensor input1, Tensor input2, Tensor? input3) => input1 * weight;
    }
}
