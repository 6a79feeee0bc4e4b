using ScoreSde.Models.Checkpoints;
using ScoreSde.Models.Networks;

namespace ScoreSde.Training;

/// <summary>Where a run stands; reported with every row of the loss log and after every checkpoint.</summary>
/// <param name="Step">Steps done, those of earlier parts of the run included.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Loss">Mean loss since the last report.</param>
/// <param name="LearningRate">Learning rate of the last step.</param>
/// <param name="GradientNorm">Norm of the last gradient before clipping.</param>
/// <param name="ImagesPerSecond">Samples a second since the last report.</param>
/// <param name="Elapsed">Time since this part of the run began.</param>
/// <param name="Remaining">Time to the end at the speed of this part so far.</param>
/// <param name="Checkpoint">The checkpoint just written; null in the other reports.</param>
public readonly record struct TrainingProgress(
    long Step, long Steps, double Loss, double LearningRate, double GradientNorm, double ImagesPerSecond, TimeSpan Elapsed, TimeSpan Remaining,
    string? Checkpoint);

/// <summary>What a run ended with. The caller disposes it.</summary>
/// <param name="Network">The network with the averaged weights, in evaluation mode.</param>
/// <param name="Config">Its configuration.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Cancelled">Whether it was stopped before its last step.</param>
/// <param name="Checkpoint">The last checkpoint; null if none was asked for.</param>
public sealed record TrainingResult(ScoreNetwork Network, CheckpointConfig Config, long Step, bool Cancelled, string? Checkpoint) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}

/// <summary>Training broke down: the loss or the gradient is no longer a number. The last checkpoint is untouched.</summary>
public sealed class TrainingFailedException : Exception
{
    /// <summary>A failure in a step.</summary>
    public TrainingFailedException(long step, string message) : base(message) => Step = step;

    /// <summary>The step, the first being 0.</summary>
    public long Step { get; }
}
