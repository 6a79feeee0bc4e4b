using ScoreSde.Benchmarks.Running;
using ScoreSde.Sde;
using ScoreSde.Solvers.Ensembles;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;

namespace ScoreSde.Benchmarks.Contests;

/// <summary>Euler–Maruyama with 100,000 particles and 1000 steps: on the ring of eight, and on any other mixture, which takes the same path.</summary>
internal sealed class EmRing : IContestFamily
{
    public IEnumerable<IContest> Contests =>
    [
        new Contest("em-ring", "the ring of eight", GaussianMixture.Ring(), "ring", 10),
        new Contest("em-mixture", "eight scattered centres with unlike weights", Problems.Scattered, "scattered", 11),
    ];

    private sealed class Contest(string name, string data, GaussianMixture law, string peerLaw, int place) : IContest
    {
        private const int Steps = 1000;
        private readonly Walk walk = Walk.Straight(TimeGrid.Create(Problems.Process, new UniformTime(), Steps, 1, 1e-3));
        private float[] samples = [];

        public string Name => name;

        public string Title => $"100,000 particles × 1000 Euler–Maruyama steps of the reverse VP-SDE on {data}";

        public double Bar => 8;

        public string Unit => "a particle-step";

        public double Units => (double)Problems.Particles * Steps;

        public string Peer => $"em_ring.py {peerLaw}";

        public int Place => place;

        public string? Check => Problems.Spread(samples);

        public void Ours() => samples = ParticleRun.Run(new EulerMaruyama(), walk, law, new() { Count = Problems.Particles, Seed = 1 }).Samples;
    }
}
