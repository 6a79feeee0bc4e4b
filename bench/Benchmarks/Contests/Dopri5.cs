using ScoreSde.Benchmarks.Running;
using ScoreSde.Sde;
using ScoreSde.Solvers.Ensembles;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Integration.Adaptive;

namespace ScoreSde.Benchmarks.Contests;

/// <summary>The probability flow of the ring with error control; here every particle has steps of its own, the rivals take one size for all.</summary>
internal sealed class Dopri5 : IContest
{
    private const int Particles = 10_000;
    private static readonly AdaptiveOptions Options = new() { Tolerance = StepTolerance.Of(1e-5) };
    private ParticleResult? result;

    public string Name => "dopri5";

    public string Title => "10,000 particles along the probability flow of the ring by Dormand–Prince 5(4), rtol = atol = 1e-5; ours with each particle's own steps";

    public double Bar => 5;

    public string Unit => "a run";

    public double Units => 1;

    public string Peer => "dopri5.py";

    public int Repeats => 3;

    public int Place => 80;

    public string? Check => FormattableString.Invariant($"{Problems.Spread(result!.Samples)}, evaluations {result.Evaluations} of each block of sixteen");

    public void Ours() =>
        result = AdaptiveParticles.Run(new DormandPrinceFive(), Problems.Process, GaussianMixture.Ring(), 1, 1e-3, new() { Count = Particles, Seed = 1 }, Options);
}
