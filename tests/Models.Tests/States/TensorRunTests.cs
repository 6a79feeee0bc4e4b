using ScoreSde.Models.Sampling;
using ScoreSde.Models.Scores;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.States;
using TorchSharp;

namespace ScoreSde.Models.Tests.States;

/// <summary>Whole runs on tensors with exact scores: the same numbers as on doubles, the same bits in any batch and on any number of threads, nothing left alive.</summary>
public class TensorRunTests
{
    private const ulong Seed = 7;
    private static readonly ForwardSde Vp = new VariancePreserving(new LinearSchedule(0.1, 20));
    private static readonly TimeGrid Grid = TimeGrid.Create(Vp, new UniformLambda(), 12, 1, 1e-3);
    private static readonly GaussianMixture Ring = GaussianMixture.Ring();
    private static readonly GaussianMixture Line = GaussianMixture.Isotropic([[-1.5], [2]], 0.1);

    [Fact]
    [NoTensorLeaks]
    public void EverySolver_OnTensors_AgreesWithScalarsSampleBySample()
    {
        foreach (var solver in SolverCatalogue.Instance.All)
        {
            using var batch = Run(solver, Line, 5, ScalarType.Float64);
            var values = batch.Samples.data<double>().ToArray();
            for (var i = 0; i < values.Length; i++)
            {
                var prior = new ScalarDraws(Seed, NoiseStream.Prior, i).Normal(0);
                var noise = IndependentNoise.ForScalar(Seed, i, Math.Max(1, solver.Card.NoiseSlots));
                var expected = Sampler.Run(solver, Walk.Straight(Grid), Grid.First.Sigma * prior, new ScalarLawScore(Line), noise);
                // Same formulas in double; the form's order of terms differs: 12 steps of some 10 roundings, amplified by the flow near a boundary between modes.
                Assert.Equal(expected.State.Value, values[i], 1e-10 * Math.Max(1, Math.Abs(values[i])));
                Assert.Equal(expected.Evaluations, batch.Evaluations);
            }
        }
    }

    [Fact]
    [NoTensorLeaks]
    public void Sample_InAnyBatchAndThreads_IsTheSameBits()
    {
        var threads = get_num_threads();
        try
        {
            foreach (var solver in new ISolver[] { new DdpmAncestral(), new EdmHeun(), SolverCatalogue.Parse("euler-maruyama") })
            {
                set_num_threads(1);
                var alone = Enumerable.Range(0, 64).SelectMany(i => Values(solver, 1, i)).ToArray();
                foreach (var count in new[] { 1, 2 })
                {
                    set_num_threads(count);
                    foreach (var size in new[] { 7, 64 })
                    {
                        var many = Enumerable.Range(0, 64 / size).SelectMany(b => Values(solver, size, b * size)).ToArray();
                        Assert.Equal(alone.AsSpan(0, many.Length).ToArray(), many);
                    }
                }
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    [NoTensorLeaks]
    public void LargeBatch_OnTwoThreads_IsTheSameBitsAsOnOne()
    {
        // Above the size from which the fused form uses threads.
        using var scope = NewDisposeScope();
        var threads = get_num_threads();
        try
        {
            var draws = new TensorDraws(3, NoiseStream.Step, 0, [4096, 3, 17], ScalarType.Float32, CPU);
            var results = new List<float[]>();
            foreach (var count in new[] { 1, 2 })
            {
                set_num_threads(count);
                var form = 0.3 * draws.Normal(0) - 1.7 * draws.Normal(1) + 2.5 * draws.Normal(2);
                results.Add(form.Value.data<float>().ToArray());
            }
            Assert.Equal(results[0], results[1]);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    [NoTensorLeaks]
    public void Run_InBatches_EqualsOneBatchAndKeepsItsPath()
    {
        using var whole = Sample(new DdpmAncestral(), 10, 64, 4);
        using var parts = Sample(new DdpmAncestral(), 10, 3, 4);
        using var padded = Sample(new DdpmAncestral(), 10, 4, 4, true);
        Assert.Equal(Floats(whole.Samples), Floats(parts.Samples));
        Assert.Equal(Floats(whole.Samples), Floats(padded.Samples));
        Assert.Equal(3, whole.Path.Count);
        for (var i = 0; i < whole.Path.Count; i++) Assert.Equal(Floats(whole.Path[i].State), Floats(parts.Path[i].State));
        Assert.Equal(Floats(whole.Samples), Floats(whole.Path[^1].State));
    }

    [Fact]
    [NoTensorLeaks]
    public void Steps_KeepTheNumberOfLiveTensorsConstant()
    {
        var live = new List<long>();
        var hook = new Watch(() => live.Add(Tensor.TotalCount));
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var request = Request(new DdpmAncestral(), 4, 4, 0);
        var start = new TensorState(TensorSampler.Start(request, 0, 4));
        var noise = new IndependentNoise<TensorState, TensorDraws>(new TensorDraws(Seed, NoiseStream.Step, 0, [4, 2], ScalarType.Float32, CPU), 1);
        Sampler.Run(request.Solver, Walk.Straight(Grid), start, new LawScore(Ring), noise, new RunOptions<TensorState> { Hooks = [hook] });
        Assert.Single(live.Skip(1).Distinct()); // the first step has no predecessor to free
    }

    private static float[] Values(ISolver solver, int size, long first)
    {
        using var batch = TensorSampler.Run(Request(solver, size, size, 0) with { FirstSample = first }, (_, _) => new LawScore(Ring));
        return Floats(batch.Samples);
    }

    private static SampleBatch Sample(ISolver solver, int count, int size, int saveEvery, bool padded = false) =>
        TensorSampler.Run(Request(solver, count, size, saveEvery) with { Padded = padded }, (_, _) => new LawScore(Ring));

    private static SampleBatch Run(ISolver solver, GaussianMixture law, int count, ScalarType type) => TensorSampler.Run(
        Request(solver, count, count, 0) with { Event = [law.Dimension], Type = type }, (_, _) => new LawScore(law));

    private static SampleRequest Request(ISolver solver, int count, int size, int saveEvery) =>
        new() { Solver = solver, Grid = Grid, Event = [2], Count = count, Batch = size, Seed = Seed, SaveEvery = saveEvery };

    private static float[] Floats(Tensor tensor) => tensor.data<float>().ToArray();

    private sealed class Watch(Action look) : IHook<TensorState>
    {
        public HookResult<TensorState> AfterStep(in StepReport<TensorState> step)
        {
            look();
            return new HookResult<TensorState>(step.State);
        }
    }
}
