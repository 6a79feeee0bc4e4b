using ScoreSde.Models.Networks;
using ScoreSde.Models.States;
using ScoreSde.Sde;
using ScoreSde.Solvers.Scores;
using static TorchSharp.torch;

namespace ScoreSde.Cli.Networks;

/// <summary>A network as the model of a sampling run, told the time unrounded and, if it has classes, one label for the whole batch or each sample.</summary>
internal readonly struct NetworkScore(ScoreNetwork network, Tensor? labels) : IScore<TensorState>
{
    public Parametrisation Output => network.Output;

    public TensorState Evaluate(TensorState x, in Level level)
    {
        var value = x.Value;
        using var time = full([value.shape[0]], level.Time, dtype: ScalarType.Float32, device: value.device);
        return new TensorState(network.call(value, time, labels));
    }
}
