using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;

namespace ScoreSde.Benchmarks.Quick;

/// <summary>Runs a solver's own steps on lanes, sixteen particles of the ring after the other: what particles would do without a tape.</summary>
internal readonly struct OwnSteps(SolverCard card, Walk walk, int particles) : IDiffusionVisitor
{
    private static readonly LanesMixtureScore<Lanes2> Score = Ring();

    public void Visit<TSolver, TPlan>(TSolver solver) where TSolver : struct, IDiffusionSolver<TSolver, TPlan> where TPlan : struct
    {
        var planned = new PlannedWalk<TPlan>(walk, solver.Plan, card);
        var samples = new float[2 * particles];
        for (var first = 0; first < particles; first += 16)
        {
            var noise = new IndependentNoise<Lanes2, LaneDraws<Lanes2>>(new LaneDraws<Lanes2>(1, NoiseStream.Step, first), Math.Max(1, card.NoiseSlots));
            var method = new BoundDiffusion<Lanes2, TSolver, TPlan, LanesMixtureScore<Lanes2>, IndependentNoise<Lanes2, LaneDraws<Lanes2>>>(solver, planned, Score, noise);
            var end = Integrator.RunBare(ref method, new LaneDraws<Lanes2>(1, NoiseStream.Prior, first).Normal(0));
            LaneMath.Store(in end, samples.AsSpan(2 * first, 32));
        }
    }

    private static LanesMixtureScore<Lanes2> Ring()
    {
        var ring = GaussianMixture.Ring();
        return new([.. ring.Means.ToArray().SelectMany(m => m)], ring.SharedVariance!.Value);
    }
}
