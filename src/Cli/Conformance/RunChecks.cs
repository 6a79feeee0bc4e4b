using ScoreSde.Models.Sampling;
using ScoreSde.Models.Scores;
using ScoreSde.Models.States;
using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Correctors;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Integration.Adaptive;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Cli.Conformance;

/// <summary>What a run promises on every device: a sample does not depend on its batch, correctors included, and a value that is not finite is named.</summary>
internal static class RunChecks
{
    private const int Count = 12;
    private static readonly TimeGrid Grid = TimeGrid.Create(ConformanceSuite.Process, new UniformLambda(), 8, 1, 1e-3);
    private static readonly GaussianMixture Ring = GaussianMixture.Ring();

    public static IEnumerable<Check> All =>
    [
        .. new[] { "ddpm", "edm-heun", "euler-maruyama", "dpmpp-2m-sde" }
            .Select(name => new Check($"{name} in batches of 12, 5 and 1", device => Batches(device, Request(device, name)))),
        new("a corrector in batches of 12, 5 and 1", device => Batches(device, Request(device, "reverse-diffusion") with { Corrector = new Langevin() })),
        new("steps of a sample's own in batches of 12, 5 and 1", device => Batches(device, Request(device, "dormand-prince-5") with { OwnSteps = new AdaptiveOptions { Tolerance = StepTolerance.Of(1e-3) } })),
        new("a padded last batch", device => Finding.Bits(Samples(Request(device, "ddim")), Samples(Request(device, "ddim") with { Batch = 8, Padded = true }))),
        new("a sample that is not finite", NotFinite),
        new("a sample that is not finite, looked for at the end", device => NotFiniteAt(device, int.MaxValue)),
    ];

    private static SampleRequest Request(Device device, string solver) => new()
    {
        Solver = SolverCatalogue.Parse(solver), Grid = Grid, Event = [2], Count = Count, Batch = Count, Seed = 11, Place = device,
    };

    private static Finding Batches(Device device, SampleRequest request)
    {
        var together = Samples(request);
        return Finding.Worse(Finding.Bits(together, Samples(request with { Batch = 5 })), Finding.Bits(together, Samples(request with { Batch = 1 })));
    }

    private static double[] Samples(SampleRequest request)
    {
        using var batch = TensorSampler.Run(request, (_, _) => new LawScore(Ring));
        return ConformanceSuite.Numbers(batch.Samples);
    }

    private static Finding NotFinite(Device device) => NotFiniteAt(device, 1);

    private static Finding NotFiniteAt(Device device, int every)
    {
        const int bad = 5, sample = 2;
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var request = Request(device, "ddim");
        var options = new RunOptions<TensorState> { Throw = false, CheckFiniteEvery = every };
        var noise = new IndependentNoise<TensorState, TensorDraws>(new TensorDraws(1, NoiseStream.Step, 0, [Count, 2], ScalarType.Float32, device), 1);
        var calls = new int[1];
        var result = Sampler.Run(request.Solver, Walk.Straight(Grid), new TensorState(TensorSampler.Start(request, 0, Count)), new Breaking(calls, bad, sample), noise, options);
        var found = result.Status == RunStatus.NonFinite && result.Failure is { } failure && failure.Sample == sample && failure.Move == (every == 1 ? bad : Grid.Steps - 1);
        return new Finding(found ? 0 : 1, 0, found ? "failures that were not named" : $"failures that were not named (got {result.Status}: {result.Failure?.ToString() ?? "nothing"})");
    }

    /// <summary>A model whose answer for one sample is not a number from one call on.</summary>
    private readonly struct Breaking(int[] calls, int from, int sample) : IScore<TensorState>
    {
        public Parametrisation Output => Parametrisation.Epsilon;

        public TensorState Evaluate(TensorState x, in Level level)
        {
            var answer = x.Value * 0.5;
            if (calls[0]++ >= from)
            {
                using var row = answer.narrow(0, sample, 1);
                row.fill_(double.NaN);
            }
            return new TensorState(answer);
        }
    }
}
