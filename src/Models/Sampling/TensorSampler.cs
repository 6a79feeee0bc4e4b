using ScoreSde.Models.Replay;
using ScoreSde.Models.States;
using ScoreSde.Sde;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Integration.Adaptive;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.Sampling;

/// <summary>Draws samples on tensors, batch by batch, every number a function of seed and sample index.</summary>
public static class TensorSampler
{
    /// <summary>The start of samples: α·0 + σ z at the grid's first level, the prior for data of mean 0.</summary>
    public static Tensor Start(SampleRequest request, long firstSample, int count)
    {
        ArgumentNullException.ThrowIfNull(request);
        var draws = new TensorDraws(request.Seed, NoiseStream.Prior, firstSample, [count, .. request.Event], request.Type, request.Place);
        using var scope = NewDisposeScope();
        return draws.Normal(0, request.Grid.First.Sigma).Value.MoveToOuterDisposeScope();
    }

    /// <summary>Samples a request.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="model">Makes the model for a batch, given the index of its first sample and its size (labels differ by batch).</param>
    /// <exception cref="ArgumentException">The request cannot be met; the message says why.</exception>
    public static SampleBatch Run<TModel>(SampleRequest request, Func<long, int, TModel> model) where TModel : struct, IScore<TensorState>
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(model);
        if (request.Count < 1) throw new ArgumentException($"count is {request.Count}; at least 1 sample");
        if (request.Batch < 1) throw new ArgumentException($"batch is {request.Batch}; at least 1");
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var way = request.Restart is { } restart ? Walk.Restarting(request.Grid, restart) : Walk.Straight(request.Grid);
        var walk = way.With(request.Orders).Ending(request.Terminal);
        var own = request.OwnSteps is { } options ? new OwnSteps(request, options) : null;
        var parts = new List<Tensor>();
        var paths = new List<List<(Level At, Tensor State)>>();
        var (evaluations, status, message) = (0L, RunStatus.Completed, "");
        ReplayCounts? before = null, after = null;
        var batches = (request.Count + request.Batch - 1) / request.Batch;
        for (var b = 0; b < batches && status == RunStatus.Completed; b++)
        {
            var wanted = Math.Min(request.Batch, request.Count - b * request.Batch);
            var size = request.Padded ? request.Batch : wanted;
            var first = request.FirstSample + (long)b * request.Batch;
            var score = model(first, size);
            before ??= (score as IReplayedScore)?.Replays;
            RunResult<TensorState> result = own is null
                ? RunBatch(request, walk, score, first, size, request.Progress is { } told ? new BatchProgress(told, b, batches) : null)
                : RunBatch(request, own, score, first, size, new BatchShare(request.OwnSteps!.Progress, b, batches));
            after = (score as IReplayedScore)?.Replays;
            (evaluations, status, message) = (Math.Max(evaluations, result.Evaluations), result.Status, result.Message);
            if (status != RunStatus.Completed) break;
            if (result is AdaptiveResult<TensorState, TensorReal> steps) own!.Note(steps, wanted);
            parts.Add(Rows(result.State.Value, wanted));
            for (var k = 0; k < result.Saved.Count; k++)
            {
                if (paths.Count <= k) paths.Add([]);
                paths[k].Add((result.Saved[k].At, Rows(result.Saved[k].State.Value, wanted)));
            }
        }
        var samples = parts.Count switch
        {
            0 => empty([0, .. request.Event], dtype: request.Type),
            1 when !request.Padded && parts[0].is_contiguous() => parts[0],
            _ => cat(parts, 0),
        };
        var path = paths.ConvertAll(p => (p[0].At, cat(p.ConvertAll(s => s.State), 0).MoveToOuterDisposeScope()));
        return new SampleBatch(samples.MoveToOuterDisposeScope(), path, evaluations, status)
        {
            Message = message, Steps = own?.Counts, Replays = before is { } from && after?.Since(from) is { Calls: > 0 } replays ? replays : null,
        };
    }

    private static AdaptiveResult<TensorState, TensorReal> RunBatch<TModel>(
        SampleRequest request, OwnSteps own, TModel model, long first, int size, IProgress<AdaptiveProgress> progress)
        where TModel : struct, IScore<TensorState>
    {
        if (model is not ISampleScore<TensorState, TensorReal> asked)
            throw new ArgumentException($"{typeof(TModel).Name} takes one level for all samples; samples that choose their steps are at levels of their own");
        return own.Run(new TensorState(Start(request, first, size)), asked, request.Cancellation, progress);
    }

    private static RunResult<TensorState> RunBatch<TModel>(SampleRequest request, Walk walk, TModel model, long first, int size, IProgress<RunProgress>? progress)
        where TModel : struct, IScore<TensorState>
    {
        var start = new TensorState(Start(request, first, size));
        var draws = new TensorDraws(request.Seed, NoiseStream.Step, first, [size, .. request.Event], request.Type, request.Place);
        var noise = new IndependentNoise<TensorState, TensorDraws>(draws, Math.Max(1, request.Solver.Card.NoiseSlots));
        var options = new RunOptions<TensorState> { SaveEvery = request.SaveEvery, Progress = progress, Cancellation = request.Cancellation };
        if (request.Corrector is { } corrector)
        {
            var own = new IndependentNoise<TensorState, TensorDraws>(draws.On(NoiseStream.Corrector), corrector.Steps);
            options = options with { Hooks = [corrector.Bind<TensorState, TModel, IndependentNoise<TensorState, TensorDraws>>(model, own)] };
        }
        return Sampler.Run(request.Solver, walk, start, model, noise, options, request.Eta);
    }

    private static Tensor Rows(Tensor batch, int wanted) => batch.shape[0] == wanted ? batch.cpu() : batch.narrow(0, 0, wanted).cpu();

    /// <summary>Adds the moves of the batches before to a batch's own.</summary>
    private sealed class BatchProgress(IProgress<RunProgress> outer, int batch, int batches) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => outer.Report(
            new RunProgress(batch * value.Moves + value.Done, batches * value.Moves, value.Evaluations));
    }

    /// <summary>The share of all batches.</summary>
    private sealed class BatchShare(IProgress<AdaptiveProgress>? outer, int batch, int batches) : IProgress<AdaptiveProgress>
    {
        public void Report(AdaptiveProgress value) => outer?.Report(value with { Share = (batch + value.Share) / batches });
    }
}
