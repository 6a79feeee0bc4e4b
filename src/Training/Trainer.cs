using System.Diagnostics;
using System.Text.Json;
using ScoreSde.Models.Checkpoints;
using ScoreSde.Models.Networks;
using ScoreSde.Sde;
using ScoreSde.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Training;

/// <summary>
/// Trains a score network by denoising score matching: times, noise and data into x = α x_0 + σ ε, squared error of what the network
/// returns, Adam, averaged weights, checkpoints.
/// </summary>
/// <remarks>
/// On the CPU a run that was stopped, or killed, and resumed gives the same weights, bit for bit, as one that was not: all randomness is a
/// pure function of seed, step and sample. On other devices libtorch's own kernels decide. A run seeds libtorch's generator (fresh weights,
/// dropout) and sets its threads, of which a process has one: two runs at once in one process would disturb each other.
/// </remarks>
public sealed class Trainer : IDisposable
{
    private readonly TrainerOptions _options;
    private readonly ITrainingData _data;
    private readonly ForwardSde _process;
    private readonly TrainingRandomness _randomness;
    private readonly Device _device;
    private readonly TrainingState _state;
    private readonly TrainingBatch _batch;
    private readonly LearningRateSchedule _schedule;

    private Trainer(TrainerOptions options, ITrainingData data)
    {
        options.Check();
        (_options, _data) = (options, data);
        _process = ProcessCatalogue.Parse(options.Process);
        _randomness = new TrainingRandomness(options.Seed);
        _device = device(options.Device);
        var network = options.Network;
        if (!network.EventShape.AsSpan().SequenceEqual([.. data.Shape]))
            throw new ArgumentException($"{data.Description.Name} has samples of [{string.Join(", ", data.Shape)}]; the network is for [{string.Join(", ", network.EventShape)}]");
        if (network.Classes != 0 && network.Classes != data.Classes)
            throw new ArgumentException($"the network has {network.Classes} classes; {data.Description.Name} has {data.Classes}");
        if (options.Flips && data.Shape.Count < 2) throw new ArgumentException($"flips are for images; {data.Description.Name} holds points");
        _batch = new TrainingBatch(options.BatchSize, (int)data.Shape.Aggregate(1L, (a, b) => a * b));
        _schedule = new LearningRateSchedule(options.LearningRate, options.WarmUpSteps, options.Steps);
        if (options.Threads > 0) set_num_threads(options.Threads);
        manual_seed((long)(options.Seed & long.MaxValue));
        var built = network.Build();
        built.to(_device);
        built.train();
        _state = new TrainingState(built, options.EmaDecay);
    }

    /// <summary>Trains to the end, or until the token is cancelled: then the current step is finished and a checkpoint written.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="progress">Told of every log row and checkpoint.</param>
    /// <param name="token">Stops the run.</param>
    /// <exception cref="ArgumentException">The options contradict themselves, the data or the run in the folder.</exception>
    /// <exception cref="TrainingFailedException">The loss or the gradient stopped being a number.</exception>
    public static TrainingResult Run(TrainerOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var trainer = new Trainer(options, DataCatalogue.Open(options.Data));
        return trainer.Train(progress, token);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _state.Network.Dispose();
        _state.Dispose();
    }

    private TrainingResult Train(IProgress<TrainingProgress>? progress, CancellationToken token)
    {
        var folder = _options.Directory is null ? null : new CheckpointFolder(_options.Directory);
        var checkpoint = folder?.Latest;
        if (checkpoint is not null)
        {
            ResumableFrom(checkpoint);
            _state.Load(checkpoint);
        }
        LossLog? log = null;
        if (folder is not null)
        {
            Directory.CreateDirectory(folder.Path);
            log = new LossLog(folder.Path, _state.Step);
        }

        var first = _state.Step;
        var saved = checkpoint is null ? -1 : first;
        var (run, sinceLog, sinceCheckpoint) = (Stopwatch.StartNew(), Stopwatch.StartNew(), Stopwatch.StartNew());
        var loggedStep = first;
        var latest = default(TrainingProgress);
        while (_state.Step < _options.Steps && !token.IsCancellationRequested)
        {
            var rate = _schedule.At(_state.Step);
            var (loss, norm) = TakeStep(rate);
            _state.Step++;
            _state.LossSum += loss;
            _state.LossCount++;
            if (_state.Step % _options.LogSteps == 0)
            {
                var done = _state.Step - first;
                latest = new TrainingProgress(
                    _state.Step, _options.Steps, _state.LossSum / _state.LossCount, rate, norm,
                    (_state.Step - loggedStep) * (double)_options.BatchSize / sinceLog.Elapsed.TotalSeconds,
                    run.Elapsed, run.Elapsed * ((_options.Steps - _state.Step) / (double)done), null);
                (_state.LossSum, _state.LossCount, loggedStep) = (0, 0, _state.Step);
                sinceLog.Restart();
                log?.Add(latest);
                progress?.Report(latest);
            }
            if (folder is null || !CheckpointIsDue(sinceCheckpoint.Elapsed)) continue;
            checkpoint = folder.Add(_state.Step, directory => _state.Save(directory, Config()));
            saved = _state.Step;
            sinceCheckpoint.Restart();
            progress?.Report(latest with { Step = _state.Step, Elapsed = run.Elapsed, Checkpoint = checkpoint });
        }
        if (folder is not null && saved != _state.Step)
        {
            checkpoint = folder.Add(_state.Step, directory => _state.Save(directory, Config()));
            progress?.Report(latest with { Step = _state.Step, Elapsed = run.Elapsed, Checkpoint = checkpoint });
        }
        return new TrainingResult(AveragedNetwork(), Config(), _state.Step, _state.Step < _options.Steps, checkpoint);
    }

    private (double Loss, double GradientNorm) TakeStep(double rate)
    {
        var step = _state.Step;
        _batch.Fill(step, _data, _process, _options, _randomness);
        using var scope = NewDisposeScope();
        long[] shape = [_options.BatchSize, .. _data.Shape];
        var x = tensor(_batch.Noisy, shape, device: _device);
        var target = tensor(_batch.Target, shape, device: _device);
        var times = tensor(_batch.Times, device: _device);
        var weights = tensor(_batch.Weights, device: _device);
        var labels = _options.Network.Classes > 0 ? tensor(_batch.Labels, device: _device) : null;
        if (_options.Network is UNetConfig { Dropout: > 0 }) manual_seed(_randomness.FeatureDropoutSeed(step));

        var value = Descend(x, times, labels, target, weights, step);
        var norm = _state.Optimizer.Step(step, rate, _options.GradientNorm, _state.Average);
        if (!double.IsFinite(norm)) throw new TrainingFailedException(step, $"the gradient of step {step} is not finite; the last checkpoint is kept.");
        return (value, norm);
    }

    /// <summary>The loss, and its gradient in the parameters: in one native call where there is one for the network, otherwise by libtorch.</summary>
    private double Descend(Tensor x, Tensor times, Tensor? labels, Tensor target, Tensor weights, long step)
    {
        if (_options.Fused && _state.Network is UNet network && network.ProgramFor(x) is { } program)
            return Finite(program.Train(network, x, times, labels, target, weights), step);
        _state.Network.zero_grad();
        var error = _state.Network.call(x, times, labels).sub(target).square().flatten(1).mean([1]); // [B]
        var loss = error.mul(weights).mean();
        var value = Finite(loss.item<float>(), step);
        loss.backward();
        return value;
    }

    private static double Finite(double loss, long step) => double.IsFinite(loss)
        ? loss
        : throw new TrainingFailedException(step, $"the loss of step {step} is {loss}; the last checkpoint is kept. A lower learning rate may help.");

    private bool CheckpointIsDue(TimeSpan sinceLast) =>
        (_options.CheckpointSteps > 0 && _state.Step % _options.CheckpointSteps == 0)
        || (_options.CheckpointInterval > TimeSpan.Zero && sinceLast >= _options.CheckpointInterval);

    private CheckpointConfig Config() => new()
    {
        Network = _options.Network,
        Process = _process.Name,
        MinTime = _options.MinTime,
        Data = _data.Description,
        Step = _state.Step,
        Training = JsonSerializer.SerializeToElement(_options with { Directory = null }, CheckpointJson.Options),
    };

    /// <summary>Refuses to continue a run of other data, network, process, seed or batch: it would be neither the one nor the other.</summary>
    private void ResumableFrom(string checkpoint)
    {
        var earlier = Checkpoint.ReadConfig(checkpoint).Training?.Deserialize<TrainerOptions>(CheckpointJson.Options)
            ?? throw new ArgumentException($"{checkpoint} says nothing of its training; it cannot be continued");
        var comparable = earlier with
        {
            Steps = _options.Steps, LearningRate = _options.LearningRate, WarmUpSteps = _options.WarmUpSteps, Directory = _options.Directory,
            CheckpointSteps = _options.CheckpointSteps, CheckpointInterval = _options.CheckpointInterval, LogSteps = _options.LogSteps,
            Threads = _options.Threads, Fused = _options.Fused, Device = _options.Device,
        };
        if (comparable != _options)
            throw new ArgumentException($"{checkpoint} is of a run with other options: {comparable}; now asked for: {_options}. Only steps, learning rate, checkpoints, threads, kernels and device may change.");
    }

    private ScoreNetwork AveragedNetwork()
    {
        var network = _options.Network.Build();
        using var untracked = no_grad();
        var averages = _state.Average.Averages;
        foreach (var (name, parameter) in network.named_parameters()) parameter.copy_(averages[name]);
        network.to(_device);
        network.eval();
        return network;
    }
}
