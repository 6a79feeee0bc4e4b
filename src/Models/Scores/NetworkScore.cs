using ScoreSde.Models.Networks;
using ScoreSde.Models.States;
using ScoreSde.Sde;
using ScoreSde.Solvers.Scores;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.Scores;

/// <summary>
/// A network as a score model on tensor states. It is told the level's time unrounded, works in its own type whatever the state's, and
/// records no gradients.
/// </summary>
/// <param name="Network">The network; the caller's.</param>
/// <param name="Labels">Class of each sample, [B] int64; null for no condition.</param>
public readonly record struct NetworkScore(ScoreNetwork Network, Tensor? Labels = null) : IScore<TensorState>
{
    /// <inheritdoc/>
    public Parametrisation Output => Network.Output;

    /// <inheritdoc/>
    public TensorState Evaluate(TensorState x, in Level level)
    {
        var value = x.Value;
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var type = Network.parameters().First().dtype;
        var time = full([value.shape[0]], level.Time, dtype: type, device: value.device);
        var output = Network.call(value.to(type), time, Labels).to(value.dtype).contiguous();
        return new TensorState(output.MoveToOuterDisposeScope());
    }
}
