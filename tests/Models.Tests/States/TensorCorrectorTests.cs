using ScoreSde.Models.Sampling;
using ScoreSde.Models.Scores;
using ScoreSde.Solvers.Correctors;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.States;
using TorchSharp;

namespace ScoreSde.Models.Tests.States;

/// <summary>Correctors and restarts on tensors: the numbers of the double states, and a sample is the same bits in any batch.</summary>
public class TensorCorrectorTests
{
    private static readonly TimeGrid Grid = TimeGrid.Create(new VariancePreserving(new LinearSchedule(0.1, 20)), new UniformTime(), 12, 0.9, 0.05);
    private static readonly GaussianMixture Ring = GaussianMixture.Ring();

    [Fact]
    [NoTensorLeaks]
    public void Correctors_OnTensors_AgreeWithPoints()
    {
        foreach (var text in new[] { "langevin:snr=0.1,steps=2", "langevin:snr=0.1,sharing=batch", "annealed-langevin" })
        {
            var corrector = CorrectorCatalogue.Parse(text);
            using var batch = TensorSampler.Run(Request(5, 5, 0) with { Corrector = corrector, Type = ScalarType.Float64 }, (_, _) => new LawScore(Ring));
            var draws = new PointsDraws(7, NoiseStream.Prior, 0, 5, 2);
            var model = new PointsLawScore(Ring);
            var hook = corrector.Bind<Points, PointsLawScore, IndependentNoise<Points, PointsDraws>>(model, new(draws.On(NoiseStream.Corrector), corrector.Steps));
            var expected = Sampler.Run(new ReverseDiffusion(), Walk.Straight(Grid), Grid.First.Sigma * draws.Normal(0), model,
                new IndependentNoise<Points, PointsDraws>(draws.On(NoiseStream.Step), 1), new RunOptions<Points> { Hooks = [hook] });
            Assert.Equal(expected.Evaluations, batch.Evaluations);
            // Same formulas in double, sums in another order over 36 steps; between modes the steps amplify.
            Near.Vector(expected.State.Values, batch.Samples.data<double>().ToArray(), new Tolerance(1e-9, "36 steps of some 10 roundings, amplified between modes"));
        }
    }

    [Fact]
    [NoTensorLeaks]
    public void CorrectedAndRestartedSample_InAnyBatch_IsTheSameBits()
    {
        var request = Request(6, 6, 0) with { Corrector = new Langevin(0.1, 2), Restart = new Restart(0.5, 2, 2, 3) };
        using var all = TensorSampler.Run(request, (_, _) => new LawScore(Ring));
        var values = all.Samples.data<float>().ToArray();
        for (var i = 0; i < 6; i++)
        {
            using var one = TensorSampler.Run(request with { Count = 1, Batch = 1, FirstSample = i }, (_, _) => new LawScore(Ring));
            Assert.Equal(values[(2 * i)..(2 * i + 2)], one.Samples.data<float>().ToArray());
        }
    }

    private static SampleRequest Request(int count, int size, long first) =>
        new() { Solver = new ReverseDiffusion(), Grid = Grid, Event = [2], Count = count, Batch = size, FirstSample = first, Seed = 7 };
}
