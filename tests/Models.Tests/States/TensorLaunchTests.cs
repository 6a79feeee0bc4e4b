using ScoreSde.Kernels;
using TorchSharp;

namespace ScoreSde.Models.Tests.States;

/// <summary>
/// A step on tensors is one fused pass for its end and one for each model call elsewhere than at its beginning, however it is written: a method that
/// begins with a call at the state makes one pass for each evaluation.
/// </summary>
[Collection(TensorRuns.Alone)]
public class TensorLaunchTests
{
    [Fact]
    [NoTensorLeaks]
    public void EverySolver_OnTensors_LaunchesAKernelForEachStateItNeedsAndNoMore()
    {
        foreach (var solver in SolverCatalogue.Instance.All)
            foreach (var output in Enum.GetValues<Parametrisation>())
            {
                var (launches, elsewhere) = Count(solver, output);
                Assert.True(launches <= Steps + elsewhere, $"{solver.Card.Name} with a model of {output}: {launches} launches, {elsewhere} calls inside {Steps} steps");
            }
    }

    private const int Steps = 12;

    private static (long Launches, long Elsewhere) Count(ISolver solver, Parametrisation output)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var calls = new Calls(ones(4, 2));
        var before = LinearFormKernel.Launches;
        TensorRuns.Run(solver, TensorRuns.Grid(Steps), new Halving(output, calls), [4, 2], new TensorState(calls.State), new RunOptions<TensorState> { Hooks = [calls] });
        return (LinearFormKernel.Launches - before, calls.Elsewhere);
    }

    /// <summary>Counts the calls that are not at the state between two steps.</summary>
    private sealed class Calls(Tensor start) : IHook<TensorState>
    {
        public Tensor State { get; private set; } = start;

        public long Elsewhere { get; private set; }

        public void At(Tensor point) => Elsewhere += ReferenceEquals(point, State) ? 0 : 1;

        public HookResult<TensorState> AfterStep(in StepReport<TensorState> step)
        {
            State = step.State.Value;
            return new HookResult<TensorState>(step.State);
        }
    }

    /// <summary>A model that makes its answer with an operation of torch, as a network does.</summary>
    private readonly struct Halving(Parametrisation output, Calls calls) : IScore<TensorState>
    {
        public Parametrisation Output => output;

        public TensorState Evaluate(TensorState x, in Level level)
        {
            calls.At(x.Value);
            return new(x.Value * 0.5);
        }
    }
}
