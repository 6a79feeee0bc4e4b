using ScoreSde.Models.Replay;
using ScoreSde.Sde;
using ScoreSde.Solvers.Integration;
using static TorchSharp.torch;

namespace ScoreSde.Models.Sampling;

/// <summary>What a request gave. Disposing it frees the tensors.</summary>
/// <param name="Samples">[count, …event] on the CPU; fewer if a batch did not get to its end.</param>
/// <param name="Path">States kept on the way, each [count, …event], first to last.</param>
/// <param name="Evaluations">Model calls for one sample; where samples choose their steps, those of the batch that took most.</param>
/// <param name="Status">Why it ended.</param>
public sealed record SampleBatch(Tensor Samples, IReadOnlyList<(Level At, Tensor State)> Path, long Evaluations, RunStatus Status) : IDisposable
{
    /// <summary>A sentence for every status but <see cref="RunStatus.Completed"/>.</summary>
    public string Message { get; init; } = "";

    /// <summary>What each sample took where samples choose their steps.</summary>
    public StepCounts? Steps { get; init; }

    /// <summary>On a GPU, how many calls of the network were replayed from a recording, and why the others were not; null elsewhere and for other models.</summary>
    public ReplayCounts? Replays { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Samples.Dispose();
        foreach (var (_, state) in Path) state.Dispose();
    }
}
