using ScoreSde.Models.Sampling;
using ScoreSde.Models.Scores;
using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Integration.Adaptive;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States.Reals;
using static TorchSharp.torch;

namespace ScoreSde.Cli.Conformance;

/// <summary>Every solver of the catalogue on the device against the same solver on doubles in the program's memory, sample by sample.</summary>
internal static class SolverChecks
{
    private const ulong Seed = 7;
    private const int Count = 6;
    private static readonly TimeGrid Grid = TimeGrid.Create(ConformanceSuite.Process, new UniformLambda(), 12, 1, 1e-3);
    private static readonly GaussianMixture Ring = GaussianMixture.Ring();

    // Gaussian data: the flow is linear and does not amplify what single precision rounds away, so that its error bounds a fault of the solver.
    private static readonly Gaussian Tilted = new([0.5, -0.3], new double[,] { { 0.6, 0.2 }, { 0.2, 0.4 } });

    public static IEnumerable<Check> All =>
        SolverCatalogue.Instance.All.SelectMany(solver => new[]
        {
            new Check($"{solver.Card.Name}, float64", device => Walked(device, solver, ScalarType.Float64)),
            new Check($"{solver.Card.Name}, float32", device => Walked(device, solver, ScalarType.Float32)),
        }).Concat(SolverCatalogue.Instance.All.OfType<IEmbeddedPair>().Select(pair => new Check($"{((ISolver)pair).Card.Name}, steps of a sample's own", device => OwnSteps(device, pair))));

    private static Finding Walked(Device device, ISolver solver, ScalarType type)
    {
        IDataLaw law = type == ScalarType.Float64 ? Ring : Tilted;
        var request = new SampleRequest { Solver = solver, Grid = Grid, Event = [2], Count = Count, Batch = Count, Seed = Seed, Type = type, Place = device };
        using var batch = TensorSampler.Run(request, (_, _) => new LawScore(law));
        var noise = new IndependentNoise<Points, PointsDraws>(new PointsDraws(Seed, NoiseStream.Step, 0, Count, 2), Math.Max(1, solver.Card.NoiseSlots));
        var expected = Sampler.Run(solver, Walk.Straight(Grid), Start(), new PointsLawScore(law), noise);
        if (expected.Evaluations != batch.Evaluations) return new Finding(batch.Evaluations, expected.Evaluations, "model calls");
        return Finding.Difference(expected.State.Values, ConformanceSuite.Numbers(batch.Samples), Roundings * ConformanceSuite.Rounding(type));
    }

    // 12 steps of some ten roundings, added up in another order than on points, and amplified by weights of both signs and by the flow between two modes of the
    // ring: 400 roundings are the most on a CPU, in float64 (sde-dpm-2m), 125 in float32 (sde-dpm-3m). Ten times as many are allowed.
    private const double Roundings = 4000;

    private static Finding OwnSteps(Device device, IEmbeddedPair pair)
    {
        var options = new AdaptiveOptions { Tolerance = StepTolerance.Of(1e-4) };
        var request = new SampleRequest
        {
            Solver = (ISolver)pair, Grid = Grid, Event = [2], Count = Count, Batch = Count, Seed = Seed, Type = ScalarType.Float64, Place = device, OwnSteps = options,
        };
        using var batch = TensorSampler.Run(request, (_, _) => new LawScore(Ring));
        var expected = AdaptiveRun.Flow<Points, PointReal, PointReal, PointsLawScore>(
            pair, ConformanceSuite.Process, Start(), new PointsLawScore(Ring), Grid.First.Time, Grid.Last.Time, options);
        var steps = Finding.Bits(expected.AcceptedSteps.Values, batch.Steps!.Accepted.Select(s => (double)s).ToArray()) with { Of = "samples that took other numbers of steps" };
        return Finding.Worse(steps, Finding.Difference(expected.State.Values, ConformanceSuite.Numbers(batch.Samples), 1e-9)); // 3e-11 on a CPU: step sizes amplify
    }

    private static Points Start() => Grid.First.Sigma * new PointsDraws(Seed, NoiseStream.Prior, 0, Count, 2).Normal(0);
}
