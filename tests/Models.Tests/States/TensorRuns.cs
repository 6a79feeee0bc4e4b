namespace ScoreSde.Models.Tests.States;

/// <summary>What tests of runs on tensors have in common: the process, its grid, and the call of a solver found at run time.</summary>
internal static class TensorRuns
{
    /// <summary>The collection of tests that count tensors or launches, which are counted for the process.</summary>
    public const string Alone = "counts alone";

    /// <summary>β from 0.1 to 20.</summary>
    public static VariancePreserving Process { get; } = new(new LinearSchedule(0.1, 20));

    /// <summary>Levels from t = 0.99 to 0.001, even in λ.</summary>
    public static TimeGrid Grid(int steps) => TimeGrid.Create(Process, new UniformLambda(), steps, 0.99, 1e-3);

    /// <summary>The numbered draws of a batch of a shape.</summary>
    public static TensorDraws Draws(params long[] shape) => new(1, NoiseStream.Step, 0, shape, ScalarType.Float32, CPU);

    /// <summary>Walks a grid from a start; without one, from the prior's draw.</summary>
    public static RunResult<TensorState> Run<TModel>(ISolver solver, TimeGrid grid, TModel model, long[] shape, TensorState? start = null, RunOptions<TensorState>? options = null)
        where TModel : struct, IScore<TensorState>
    {
        var draws = Draws(shape);
        var noise = new IndependentNoise<TensorState, TensorDraws>(draws, Math.Max(1, solver.Card.NoiseSlots));
        return Sampler.Run(solver, Walk.Straight(grid), start ?? draws.On(NoiseStream.Prior).Normal(0), model, noise, options);
    }
}

/// <summary>Nothing else runs while launches or tensors are counted.</summary>
[CollectionDefinition(TensorRuns.Alone, DisableParallelization = true)]
public class CountsAlone;
