using BenchmarkDotNet.Attributes;
using ScoreSde.Benchmarks.Contests;
using ScoreSde.Models.Sampling;
using ScoreSde.Models.Scores;
using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Ensembles;
using ScoreSde.Solvers.Grids;

namespace ScoreSde.Benchmarks.Parts;

/// <summary>What a step costs where there is next to nothing to compute, and what a run allocates: sixteen particles, and sixteen samples on tensors.</summary>
[InProcess]
[MemoryDiagnoser]
public class StepOverhead
{
    private readonly GaussianMixture ring = GaussianMixture.Ring();
    private ISolver solver = null!;
    private Walk walk = null!;
    private SampleRequest request = null!;

    /// <summary>The solver.</summary>
    [Params("euler-maruyama", "ddim", "dpmpp-2m", "unipc")]
    public string Solver { get; set; } = "ddim";

    /// <summary>Steps of a run.</summary>
    [Params(20, 1000)]
    public int Steps { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        solver = SolverCatalogue.Parse(Solver);
        var grid = TimeGrid.Create(Problems.Process, new UniformLambda(), Steps, 1, 1e-3);
        walk = Walk.Straight(grid);
        request = new SampleRequest { Solver = solver, Grid = grid, Event = [2], Count = 16, Seed = 1 };
    }

    [Benchmark]
    public ParticleResult Particles() => ParticleRun.Run(solver, walk, ring, new() { Count = 16, Seed = 1, Threads = 1 });

    [Benchmark]
    public void Tensors()
    {
        using var drawn = TensorSampler.Run(request, (_, _) => new LawScore(ring));
    }
}
