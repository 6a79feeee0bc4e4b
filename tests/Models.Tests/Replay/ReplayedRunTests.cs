using ScoreSde.Models.Networks;
using ScoreSde.Models.Replay;
using ScoreSde.Models.Sampling;
using ScoreSde.Models.Scores;
using ScoreSde.Models.States;
using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Correctors;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration.Adaptive;
using ScoreSde.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.Tests.Replay;

/// <summary>Runs whose model calls are replayed have the bits of runs whose are not: every solver, its history and several calls a step, hooks, restarts, steps of a sample's own.</summary>
public sealed class ReplayedRunTests : IDisposable
{
    private static readonly TimeGrid Grid = TimeGrid.Create(new VariancePreserving(new LinearSchedule(0.1, 20)), new UniformLambda(), 12, 0.99, 1e-3);
    private readonly HostRecorder _recorder = new();

    public ReplayedRunTests() => DeviceRecorder.InProgramMemory = _recorder;

    public void Dispose() => (DeviceRecorder.InProgramMemory, DeviceForms.InProgramMemory) = (null, null);

    [Fact]
    [NoTensorLeaks]
    public void EverySolver_Replayed_HasTheBitsOfPlainCalls()
    {
        using var network = VariedNetworks.Build(new MlpConfig { Width = 16, Depth = 1, Classes = 2 });
        foreach (var solver in SolverCatalogue.Instance.All)
        {
            var request = new SampleRequest { Solver = solver, Grid = Grid, Event = [2], Count = 5, Batch = 5, Seed = 3 };
            var replays = Same(network, request);
            Assert.True(replays.Replayed > 0 && replays.Replayed >= replays.Calls - CallReplay.PlainCalls, $"{solver.Card.Name}: {replays}");
        }
        Assert.Equal(1, _recorder.Recordings); // one shape, all of them
    }

    [Fact]
    [NoTensorLeaks]
    public void EverySolver_ReplayedInBfloat16_OnTheDevicesWay_HasTheBitsOfPlainCalls()
    {
        DeviceForms.InProgramMemory = HostDevice.Kernels; // the pass widens the network's answer on its way
        using var network = VariedNetworks.Build(new MlpConfig { Width = 16, Depth = 1, Classes = 2 }, ScalarType.BFloat16);
        foreach (var solver in SolverCatalogue.Instance.All)
            Assert.True(Same(network, new SampleRequest { Solver = solver, Grid = Grid, Event = [2], Count = 4, Batch = 4, Seed = 3 }).Replayed > 0);
    }

    [Fact]
    [NoTensorLeaks]
    public void Hooks_Restarts_AndKeptStates_DoNotKeepCallsFromBeingReplayed()
    {
        using var network = VariedNetworks.Build(new MlpConfig { Width = 16, Depth = 1, Classes = 2 });
        var plain = new SampleRequest { Solver = SolverCatalogue.Parse("reverse-diffusion"), Grid = Grid, Event = [2], Count = 5, Batch = 5, Seed = 3 };
        foreach (var request in new[]
        {
            plain with { Corrector = new Langevin() },
            plain with { Solver = SolverCatalogue.Parse("dpmpp-2m"), SaveEvery = 1 },
            plain with { Solver = SolverCatalogue.Parse("edm-heun"), Restart = Restart.Parse("low=0.1,high=2,times=2,steps=3") },
            plain with { Solver = SolverCatalogue.Parse("dormand-prince-5"), OwnSteps = new AdaptiveOptions { Tolerance = StepTolerance.Of(1e-3) } },
        })
        {
            var replays = Same(network, request);
            Assert.True(replays.Replayed >= replays.Calls - CallReplay.PlainCalls && replays.Replayed > 10, replays.ToString());
        }
    }

    [Fact]
    [NoTensorLeaks]
    public void Batches_OfTwoSizes_AreTwoRecordings()
    {
        using var network = VariedNetworks.Build(new MlpConfig { Width = 16, Depth = 1, Classes = 2 });
        var request = new SampleRequest { Solver = SolverCatalogue.Parse("ddim"), Grid = Grid, Event = [2], Count = 11, Batch = 4, Seed = 3 };
        var replays = Same(network, request);
        Assert.Equal((36L, 32L, 2L), (replays.Calls, replays.Replayed, replays.Recordings));
        Assert.Equal("32 of 36 network calls were replayed, the last of the others not because a shape's first 2 calls are not recorded", replays.ToString());
        Assert.Equal(36, Same(network, request).Replayed); // the recordings are the network's and outlive a run
    }

    [Fact]
    [NoTensorLeaks]
    public void Images_Replayed_HaveTheBitsOfPlainCalls()
    {
        var config = new UNetConfig { Height = 8, Width = 8, Channels = [8, 16], Groups = 4, AttentionLevels = [1], HeadChannels = 8, TimeFeatures = 16, EmbeddingWidth = 24, Classes = 2 };
        foreach (var fused in new[] { true, false }) // the fused kernels of the CPU stand where a GPU has libtorch's
        {
            using var network = VariedNetworks.Build(config);
            network.Fused = fused;
            foreach (var solver in new[] { "ddim", "dpmpp-3m", "unipc", "edm-heun", "ddpm" })
                Assert.True(Same(network, new SampleRequest { Solver = SolverCatalogue.Parse(solver), Grid = Grid, Event = config.EventShape, Count = 3, Batch = 3, Seed = 3 }).Replayed > 0);
        }
    }

    /// <summary>Runs both ways, compares the bits of samples and kept states, and gives the counts of the replayed run.</summary>
    private ReplayCounts Same(ScoreNetwork network, SampleRequest request)
    {
        using var scope = NewDisposeScope();
        SampleBatch Run(bool replayed)
        {
            DeviceRecorder.InProgramMemory = replayed ? _recorder : null;
            return TensorSampler.Run(request, (first, size) => new NetworkScore(network, tensor(Enumerable.Range(0, size).Select(i => (first + i) % 2).ToArray())));
        }
        var (plain, replayed) = (Run(false), Run(true));
        Assert.Null(plain.Replays);
        Assert.Equal(Bits(plain.Samples), Bits(replayed.Samples));
        Assert.Equal(plain.Path.Count, replayed.Path.Count);
        for (var i = 0; i < plain.Path.Count; i++) Assert.Equal(Bits(plain.Path[i].State), Bits(replayed.Path[i].State));
        Assert.Equal(plain.Evaluations, replayed.Evaluations);
        return replayed.Replays!.Value;
    }

    private static byte[] Bits(Tensor tensor) => tensor.contiguous().bytes.ToArray();
}
