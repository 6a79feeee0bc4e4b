using ScoreSde.Benchmarks.Running;
using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Ensembles;
using ScoreSde.Solvers.Grids;

namespace ScoreSde.Benchmarks.Contests;

/// <summary>Solvers of few evaluations: 100,000 particles × 20 evaluations on the ring of eight, levels uniform in λ.</summary>
internal sealed class Samplers : IContestFamily
{
    public IEnumerable<IContest> Contests =>
        [new Contest("ddim", "DDIM", 20), new Contest("dpmpp-2m", "DPM-Solver++ 2M", 21), new Contest("unipc", "UniPC", 22), new Contest("edm-heun", "EDM's Heun", 23)];

    private sealed class Contest(string solver, string title, int place) : IContest
    {
        private const int Evaluations = 20;
        private readonly ISolver parsed = SolverCatalogue.Parse(solver);
        private Walk? walk;
        private float[] samples = [];

        public string Name => solver;

        public string Title => $"100,000 particles × 20 evaluations of the exact score on the ring of eight by {title}";

        public double Bar => 5;

        public string Unit => "a particle-evaluation";

        public double Units => (double)Problems.Particles * Evaluations;

        public string Peer => $"samplers.py {solver}";

        public int Repeats => 12;

        public int Place => place;

        public Limit? Limit => Limits.Evaluations;

        public string? Check => Problems.Spread(samples);

        public void Prepare() =>
            walk = Walk.Straight(TimeGrid.Create(Problems.Process, new UniformLambda(), Evaluations / parsed.Card.EvaluationsPerStep, 1, 1e-3));

        public void Ours() => samples = ParticleRun.Run(parsed, walk!, GaussianMixture.Ring(), new() { Count = Problems.Particles, Seed = 1 }).Samples;
    }
}
