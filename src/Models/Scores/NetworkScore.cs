using ScoreSde.Models.Networks;
using ScoreSde.Models.Replay;
using ScoreSde.Models.States;
using ScoreSde.Sde;
using ScoreSde.Solvers.Scores;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.Scores;

/// <summary>
/// A network as a score model on tensor states. It is told the time unrounded, one for all or one a sample, works in its own type whatever the state's, and
/// records no gradients. On a GPU calls are recorded and replayed (<see cref="ScoreNetwork.Replayed"/>).
/// </summary>
/// <param name="Network">The network; the caller's.</param>
/// <param name="Labels">Class of each sample, [B] int64; null for no condition.</param>
public readonly record struct NetworkScore(ScoreNetwork Network, Tensor? Labels = null) : IScore<TensorState>, ISampleScore<TensorState, TensorReal>, IReplayedScore
{
    /// <inheritdoc/>
    public Parametrisation Output => Network.Output;

    /// <inheritdoc/>
    public ReplayCounts Replays => Network.Calls.Counts;

    /// <inheritdoc/>
    public TensorState Evaluate(TensorState x, in Level level)
    {
        var made = x.Made;
        var value = made.Tensor;
        using var _ = is_grad_enabled() ? no_grad() : null;
        using var scope = NewDisposeScope();
        var type = Network.InputType(value);
        var output = Network.Calls.Answer(value, type, level.Time, null, Labels) ?? Network.AtOneTime(made.Type == type ? value : value.to(type), level.Time, Labels);
        return Answer(output, made.Type);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Rows are independent in exact arithmetic. U-Nets on the fused kernels keep a row's bits in any batch; libtorch may add up products in another order for another
    /// batch size.
    /// </remarks>
    public TensorState Evaluate(TensorState x, in SampleLevel<TensorReal> level) =>
        Ask(x.Value, tensor(level.Time.Numbers.Values.ToArray(), dtype: ScalarType.Float64));

    /// <summary>The output at a time a sample, [B], which is freed.</summary>
    private TensorState Ask(Tensor value, Tensor times)
    {
        using var _ = no_grad();
        using (times)
        using (NewDisposeScope())
        {
            var type = Network.InputType(value);
            var output = Network.Calls.Answer(value, type, 0, times, Labels) ?? Network.call(value.to(type), times.to(ScoreNetwork.TimeType(type), value.device), Labels);
            return Answer(output, value.dtype);
        }
    }

    /// <summary>The output in the state's type, or in bfloat16 where a pass widens it on its way, out of the scope it was made in.</summary>
    private static TensorState Answer(Tensor output, ScalarType state)
    {
        var term = new TensorTerm(output);
        if (term.Type != state && !DeviceForms.Takes(output, state)) term = new TensorTerm(output.to(state));
        if (!term.IsReachable && !term.Tensor.is_contiguous()) term = new TensorTerm(term.Tensor.contiguous());
        term.Tensor.MoveToOuterDisposeScope();
        return new TensorState(TensorForm.Of(term));
    }
}
