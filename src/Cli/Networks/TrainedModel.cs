using System.Diagnostics;
using System.Runtime.InteropServices;
using ScoreSde.Cli.Terminal;
using ScoreSde.Models.Checkpoints;
using ScoreSde.Models.Networks;
using ScoreSde.Models.Replay;
using ScoreSde.Models.Sampling;
using ScoreSde.Models.Scores;
using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Correctors;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Grids.Optimisation;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Integration.Adaptive;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Cli.Networks;

/// <summary>A checkpoint ready to sample from.</summary>
internal sealed class TrainedModel : IDisposable
{
    private readonly ScoreNetwork _network;
    private readonly Device _device;

    private TrainedModel(ScoreNetwork network, CheckpointConfig config, Device device)
    {
        (_network, Config, _device) = (network, config, device);
        Process = ProcessCatalogue.Parse(config.Process);
    }

    /// <summary>What it is and was trained on.</summary>
    public CheckpointConfig Config { get; }

    /// <summary>Its forward process.</summary>
    public ForwardSde Process { get; }

    /// <summary>Shape of one sample.</summary>
    public long[] Event => Config.Network.EventShape;

    /// <summary>Number of trainable numbers.</summary>
    public long Parameters => _network.ParameterCount();

    /// <summary>Loads a checkpoint onto a device named on the command line; its configuration is read while libtorch is being loaded.</summary>
    public static TrainedModel Load(string path, string device, ScalarType? type = null)
    {
        if (Directory.Exists(path)) _ = Checkpoint.ReadConfig(path);
        return Load(path, Devices.Find(device), type);
    }

    /// <summary>Loads a checkpoint.</summary>
    /// <param name="path">Its folder, or that of a training run.</param>
    /// <param name="device">Where the network is to work.</param>
    /// <param name="type">The type it is to work in; the state keeps its own. By default that of the file.</param>
    public static TrainedModel Load(string path, Device device, ScalarType? type = null)
    {
        if (!Directory.Exists(path)) throw new BadInputException($"there is no folder '{path}'; --model names a checkpoint or the folder of a training run");
        var (network, config) = Checkpoint.Load(path, device);
        if (type is { } other) network.to(other);
        return new TrainedModel(network, config, device);
    }

    /// <summary>The same network before its training: what its samples are worth is the yardstick of the trained one's.</summary>
    public static TrainedModel Untrained(CheckpointConfig config, Device device) => new(config.Network.Build().to(device), config, device);

    /// <summary>The grid of a rule from noise down to the smallest time the network was trained at.</summary>
    public TimeGrid Grid(string rule, int steps) => TimeGrid.Create(Process, GridCatalogue.Parse(rule), steps, Process.End, LeastTime);

    /// <summary>The smallest time the network was trained at.</summary>
    public double LeastTime => Math.Max(Config.MinTime, Process.Start);

    /// <summary>Checks a label.</summary>
    public void CheckLabel(int? label)
    {
        var classes = Config.Network.Classes;
        if (label is null) return;
        if (classes == 0) throw new BadInputException($"--label is {label}; this network was trained without classes");
        if (label < 0 || label >= classes) throw new BadInputException($"--label is {label}; allowed: 0 to {classes - 1}{(Config.Data.ClassNames.Count > 0 ? $" ({string.Join(", ", Config.Data.ClassNames)})" : "")}");
    }

    /// <summary>Draws samples. Sample i of a seed starts from the same noise whatever the solver is.</summary>
    /// <param name="plan">What to draw.</param>
    /// <param name="work">Told how far it is.</param>
    /// <param name="stop">Stops between two steps.</param>
    public Drawn Draw(DrawPlan plan, IWork work, CancellationToken stop)
    {
        var request = new SampleRequest
        {
            Solver = plan.Solver, Grid = plan.Grid, Event = Event, Count = plan.Count, FirstSample = plan.First, Seed = plan.Seed, Batch = plan.Batch,
            OwnSteps = plan.OwnSteps is { } own ? own with { Progress = new Shares(work) } : null,
            Eta = plan.Eta, Orders = plan.Orders, Terminal = plan.Terminal, Corrector = plan.Corrector, Restart = plan.Restart, Place = _device, SaveEvery = plan.SaveEvery, Cancellation = stop, Progress = new Moves(work),
        };
        _network.Replayed = plan.Replayed;
        var watch = Stopwatch.StartNew();
        using var batch = TensorSampler.Run(request, (first, size) => new NetworkScore(_network, Labels(plan.Label, plan.EveryClass, first, size)));
        watch.Stop();
        return new Drawn(
            Numbers(batch.Samples), (int)batch.Samples.shape[0], [.. batch.Path.Select(p => (p.At, Numbers(p.State)))], batch.Evaluations, watch.Elapsed, batch.Status)
        {
            Steps = batch.Steps, Message = batch.Message, Replays = batch.Replays,
        };
    }

    /// <summary>A grid searched for with this network; the classes take turns among the probes.</summary>
    public OptimisedGrid Optimize(ISolver solver, int evaluations, GridSearch search)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        return TimeGrid.Optimize(
            Process, (first, size) => new NetworkScore(_network, Labels(null, true, first, size)), new TensorProbes(Event, _device), solver, evaluations, search);
    }

    public void Dispose() => _network.Dispose();

    private Tensor? Labels(int? label, bool everyClass, long first, int size)
    {
        var classes = Config.Network.Classes;
        if (classes == 0) return null;
        var labels = new long[size];
        for (var i = 0; i < size; i++) labels[i] = label ?? (everyClass ? (first + i) % classes : _network.NullClass);
        return tensor(labels, device: _device);
    }

    private static float[] Numbers(Tensor tensor)
    {
        using var whole = tensor.to(ScalarType.Float32).cpu().contiguous();
        return whole.numel() == 0 ? [] : MemoryMarshal.Cast<byte, float>(whole.bytes).ToArray();
    }

    private sealed class Moves(IWork work) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => work.Report((double)value.Done / value.Moves);
    }

    private sealed class Shares(IWork work) : IProgress<AdaptiveProgress>
    {
        public void Report(AdaptiveProgress value) => work.Report(value.Share);
    }
}

/// <summary>What to draw.</summary>
internal sealed record DrawPlan(ISolver Solver, TimeGrid Grid, int Count, ulong Seed)
{
    public long First { get; init; }

    public int Batch { get; init; } = 64;

    public double? Eta { get; init; }

    /// <summary>How samples choose their steps; null where they walk the grid.</summary>
    public AdaptiveOptions? OwnSteps { get; init; }

    public OrderPolicy Orders { get; init; } = OrderPolicy.Plain;

    public Solvers.Grids.Terminal Terminal { get; init; } = Solvers.Grids.Terminal.SigmaMin;

    public ICorrector? Corrector { get; init; }

    public Restart? Restart { get; init; }

    public int? Label { get; init; }

    /// <summary>Without a label: sample i of the seed gets class i modulo the classes, instead of none.</summary>
    public bool EveryClass { get; init; }

    public int SaveEvery { get; init; }

    /// <summary>Whether the network's calls are recorded and replayed on a GPU.</summary>
    public bool Replayed { get; init; } = true;
}

/// <summary>What was drawn: samples one after the other, in model values.</summary>
internal sealed record Drawn(
    float[] Samples, int Count, IReadOnlyList<(Level At, float[] State)> Path, long Evaluations, TimeSpan Elapsed, RunStatus Status)
{
    public StepCounts? Steps { get; init; }

    /// <summary>On a GPU, how many of the network's calls were replayed.</summary>
    public ReplayCounts? Replays { get; init; }

    public string Message { get; init; } = "";
}
