using ScoreSde.Benchmarks.Contests;
using ScoreSde.Benchmarks.Running;
using ScoreSde.Cli.Terminal;
using ScoreSde.Models.Checkpoints;
using ScoreSde.Models.Networks;
using ScoreSde.Models.Sampling;
using ScoreSde.Models.Scores;
using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Ensembles;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Benchmarks.Growth;

/// <summary>One thing varied while all else stays.</summary>
/// <param name="Name">In the picture's file name.</param>
/// <param name="Title">What is run.</param>
/// <param name="Across">What is varied.</param>
/// <param name="Lines">Curves: a name, the values, and a run at one of them.</param>
internal sealed record Sweep(string Name, string Title, string Across, IReadOnlyList<(string Name, double[] Values, Func<double, Action> Run)> Lines);

/// <summary>What the cost of a run grows with.</summary>
internal static class Sweeps
{
    private static readonly GaussianMixture Ring = GaussianMixture.Ring();

    public static IReadOnlyList<Sweep> All { get; } =
    [
        new("particles", "ring of eight, 20 evaluations, all threads", "particles", [.. new[] { "euler-maruyama", "ddim", "dpmpp-2m" }.Select(s =>
            (s, new[] { 1e2, 1e3, 1e4, 1e5, 1e6, 1e7 }, (Func<double, Action>)(n => Particles(s, Ring, 20, (int)n, 0))))]),
        new("dimension", "256 samples of a Gaussian, dpmpp-2m, 20 steps", "coordinates of a sample",
        [
            ("particles (1, 2, 3, 4, 8)", [1, 2, 3, 4, 8], d => Particles("dpmpp-2m", Gaussian((int)d), 20, 256, 0)),
            ("tensors", [1, 3, 10, 32, 100, 316, 784, 3072], d => Tensors(Gaussian((int)d), (int)d, 20, 256)),
            ("normals into memory, 20 draws", [1, 2, 3, 10, 32, 100, 316, 784, 3072], d => Draws((int)d, 256, 20)),
        ]),
        new("steps", "Euler-Maruyama on the ring of eight", "steps",
        [
            ("16 particles", [1, 10, 100, 1000, 10000], k => Particles("euler-maruyama", Ring, (int)k, 16, 0)),
            ("10,000 particles", [1, 10, 100, 1000], k => Particles("euler-maruyama", Ring, (int)k, 10_000, 0)),
            ("64 samples on tensors", [1, 10, 100, 1000], k => Tensors(Ring, 2, (int)k, 64)),
        ]),
        new("threads", "100,000 particles, ring of eight", "threads",
        [
            ("euler-maruyama, 100 steps", Threads(), n => Particles("euler-maruyama", Ring, 100, 100_000, (int)n)),
            ("ddim, 20 steps", Threads(), n => Particles("ddim", Ring, 20, 100_000, (int)n)),
        ]),
        new("batch", "shipped network, DDIM, 2 steps", "images in a batch", [("a batch", [1, 2, 4, 8, 16, 32, 64, 128], n => Images((int)n))]),
    ];

    private static double[] Threads() => [.. Enumerable.Range(0, 10).Select(k => 1 << k).Append(Environment.ProcessorCount).Where(n => n <= Environment.ProcessorCount).Distinct().Order()];

    private static Gaussian Gaussian(int d) => new(new double[d], 0.25);

    private static Walk Way(int steps) => Walk.Straight(Grid(steps));

    private static TimeGrid Grid(int steps) => TimeGrid.Create(Problems.Process, new UniformLambda(), steps, 1, 1e-3);

    private static Action Particles(string solver, IDataLaw law, int steps, int count, int threads)
    {
        var (parsed, way) = (SolverCatalogue.Parse(solver), Way(steps));
        return () => ParticleRun.Run(parsed, way, law, new() { Count = count, Seed = 1, Threads = threads });
    }

    private static Action Tensors(IDataLaw law, int dimension, int steps, int count)
    {
        var request = new SampleRequest { Solver = SolverCatalogue.Parse("dpmpp-2m"), Grid = Grid(steps), Event = [dimension], Count = count, Batch = count, Seed = 1 };
        return () =>
        {
            using var drawn = TensorSampler.Run(request, (_, _) => new LawScore(law));
        };
    }

    private static Action Draws(int dimension, int count, int draws)
    {
        var memory = new float[count * dimension];
        return () =>
        {
            for (var draw = 0u; draw < draws; draw++) NormalNoise.Fill(memory, 1, NoiseStream.Step, draw, 0, dimension);
        };
    }

    private static readonly Lazy<ScoreNetwork> Shipped = new(() => Checkpoint.Load(Path.Combine(Checkout.Root, "models", "fashion-mnist")).Network);

    private static Action Images(int count)
    {
        Devices.UseEveryCore();
        var network = Shipped.Value; // made here: a run's scope would take its weights along
        var request = new SampleRequest { Solver = SolverCatalogue.Parse("ddim"), Grid = Grid(2), Event = [1, 28, 28], Count = count, Batch = count, Seed = 1 };
        return () =>
        {
            using var drawn = TensorSampler.Run(request, (_, _) => new NetworkScore(network));
        };
    }
}
