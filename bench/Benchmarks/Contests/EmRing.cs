using ScoreSde.Benchmarks.Running;
using ScoreSde.Sde;
using ScoreSde.Solvers.Ensembles;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;

namespace ScoreSde.Benchmarks.Contests;

/// <summary>
/// Euler–Maruyama with 1000 steps: 100,000 particles on the ring of eight and on any other mixture, which takes the same path; and sixteen particles, where what a step costs by
/// itself is all there is.
/// </summary>
internal sealed class EmRing : IContestFamily
{
    public IEnumerable<IContest> Contests =>
    [
        new Contest("em-ring", Problems.Particles, "the ring of eight", GaussianMixture.Ring(), "ring", 8, 10),
        new Contest("em-mixture", Problems.Particles, "eight scattered centres with unlike weights", Problems.Scattered, "scattered", 8, 11),
        new Contest("overhead-16", 16, "the ring of eight, the grid and its plan being there", GaussianMixture.Ring(), "ring", 50, 30),
        new Contest("overhead-16-first", 16, "the ring of eight, a grid and a plan made for each run", GaussianMixture.Ring(), "ring", 50, 31, fresh: true),
    ];

    private sealed class Contest(string name, int particles, string data, GaussianMixture law, string peerLaw, double bar, int place, bool fresh = false) : IContest
    {
        private const int Steps = 1000;
        private readonly Walk walk = Straight();
        private float[] samples = [];

        private bool Many => particles > 1000;

        public string Name => name;

        public string Title => FormattableString.Invariant($"{particles:n0} particles × 1000 Euler–Maruyama steps of the reverse VP-SDE on {data}, exact score");

        public double Bar => bar;

        public string Unit => Many ? "a particle-step" : "a step";

        public double Units => Many ? (double)particles * Steps : Steps;

        public string Peer => FormattableString.Invariant($"em_ring.py {peerLaw} {particles}");

        public int Repeats => Many ? 1 : 4;

        public int Place => place;

        public Limit? Limit => Many ? Limits.Steps : null;

        public string? Check => Problems.Spread(samples);

        private static Walk Straight() => Walk.Straight(TimeGrid.Create(Problems.Process, new UniformTime(), Steps, 1, 1e-3));

        public void Ours() => samples = ParticleRun.Run(new EulerMaruyama(), fresh ? Straight() : walk, law, new() { Count = particles, Seed = 1 }).Samples;
    }
}
