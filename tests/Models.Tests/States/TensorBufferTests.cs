using ScoreSde.Models.Networks;
using ScoreSde.Models.Scores;
using TorchSharp;

namespace ScoreSde.Models.Tests.States;

/// <summary>A run writes to the same memory again: never to what somebody still holds, and no stale value is handed out.</summary>
[NoTensorLeaks]
[Collection(TensorRuns.Alone)]
public class TensorBufferTests
{
    private const int Steps = 14;
    private static readonly TimeGrid Grid = TensorRuns.Grid(Steps);

    [Fact]
    public void Run_WhoseStatesAreHeldByViews_LeavesThemAndItsOwnResultAlone()
    {
        foreach (var name in new[] { "ddim", "dpmpp-2m", "unipc", "heun", "euler-maruyama" })
        {
            using var scope = NewDisposeScope();
            using var gradients = no_grad();
            var plain = Run(name, default(Halving));
            var held = new Holding(state => state.Value.alias());
            Assert.Equal(plain, Run(name, default(Halving), held));
            held.AssertUnchanged();
        }
    }

    [Fact]
    public void State_MovedOutOfTheRun_KeepsItsValue()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var held = new Holding(state => state.Value.MoveToOtherDisposeScope(scope));
        Assert.Equal(Run("dpmpp-2m", default(Halving)), Run("dpmpp-2m", default(Halving), held));
        held.AssertUnchanged();
    }

    [Fact]
    public void State_KeptWithoutACopy_IsRefusedInALaterStep()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var kept = new List<TensorState>();
        Run("ddim", default(Halving), new Watching(kept.Add));
        Assert.Contains("earlier step", Assert.Throws<InvalidOperationException>(() => kept[3].Value).Message, StringComparison.Ordinal);
        Assert.Contains("earlier step", Assert.Throws<InvalidOperationException>(() => (kept[3] + kept[4]).Value).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LongRun_OnTheCpu_MakesNoTensorsAfterItsFirstSteps()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var made = new List<long>();
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        foreach (var name in new[] { "ddim", "dpmpp-2m", "unipc", "euler-maruyama" })
        {
            made.Clear();
            Run(name, default(Halving), new Watching(_ => made.Add(statistics.CreatedInScopeCount + statistics.CreatedOutsideScopeCount)));
            Assert.Equal(made[6], made[^1]);
        }
    }

    [Fact]
    public void Network_ThatKeepsItsTimes_FindsThemUnchanged()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        using var network = new Keeping();
        Run("ddim", new NetworkScore(network));
        Assert.Equal(Enumerable.Range(0, Steps).Select(i => (float)Grid.Levels[i].Time), network.Times.Select(t => t[1].item<float>()));
    }

    [Fact]
    public void StateThatAHookSpoilsInPlace_IsSeen()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var count = 0;
        var spoiling = new Watching(state =>
        {
            if (++count == 5) state.Value[2, 1] = tensor(float.NaN);
        });
        var result = Start("ddim", default(Halving), spoiling);
        Assert.Equal(RunStatus.NonFinite, result.Status);
        Assert.Equal((5, 2, "the state after the hooks before the move"), (result.Failure!.Move, result.Failure.Sample, result.Failure.Term));
    }

    private static float[] Run<TModel>(string name, TModel model, IHook<TensorState>? hook = null) where TModel : struct, IScore<TensorState> =>
        Start(name, model, hook).State.Value.data<float>().ToArray();

    private static RunResult<TensorState> Start<TModel>(string name, TModel model, IHook<TensorState>? hook) where TModel : struct, IScore<TensorState>
    {
        var options = new RunOptions<TensorState> { Throw = false };
        if (hook is not null) options = options with { Hooks = [hook] };
        return TensorRuns.Run(SolverCatalogue.Parse(name), Grid, model, [4, 2], options: options);
    }

    private readonly struct Halving : IScore<TensorState>
    {
        public Parametrisation Output => Parametrisation.Epsilon;

        public TensorState Evaluate(TensorState x, in Level level) => 0.5 * x;
    }

    private sealed class Watching(Action<TensorState> look) : IHook<TensorState>
    {
        public HookResult<TensorState> AfterStep(in StepReport<TensorState> step)
        {
            look(step.State);
            return new HookResult<TensorState>(step.State);
        }
    }

    /// <summary>Holds each state in some way, beside its numbers.</summary>
    private sealed class Holding(Func<TensorState, Tensor> hold) : IHook<TensorState>
    {
        private readonly List<(Tensor Held, float[] Numbers)> _all = [];

        public HookResult<TensorState> AfterStep(in StepReport<TensorState> step)
        {
            var numbers = step.State.Value.data<float>().ToArray();
            _all.Add((hold(step.State).DetachFromDisposeScope(), numbers));
            return new HookResult<TensorState>(step.State);
        }

        public void AssertUnchanged()
        {
            Assert.Equal(Steps, _all.Count);
            foreach (var (held, numbers) in _all)
            {
                Assert.Equal(numbers, held.data<float>().ToArray());
                held.Dispose();
            }
        }
    }

    private sealed class Keeping : ScoreNetwork
    {
        private readonly TorchSharp.Modules.Parameter _weight = new(ones(1));

        public Keeping() : base("keeping", new PerceptronConfig()) => RegisterComponents();

        public List<Tensor> Times { get; } = [];

        public override Tensor forward(Tensor input1, Tensor input2, Tensor? input3)
        {
            Times.Add(input2.alias().DetachFromDisposeScope());
            return input1 * 0.5;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                Times.ForEach(t => t.Dispose());
                _weight.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
