using ScoreSde.Sde;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.Ensembles;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;

namespace ScoreSde.Solvers.Tests.Integration;

/// <summary>A step makes no garbage: a run of 1000 steps allocates as many bytes as one of 10, by every solver of the catalogue.</summary>
[Collection(Alone.Name)]
public class AllocationTests
{
    private static readonly VariancePreserving Vp = new(new LinearSchedule(0.1, 20));

    [Fact]
    public void EverySolver_OnScalars_AllocatesNothingAStep()
    {
        var law = GaussianMixture.Isotropic([[-1.0], [2.0]], 0.1);
        Check<Scalar, ScalarLawScore, IndependentNoise<Scalar, ScalarDraws>>(new(law), new Scalar(0.3), slots => IndependentNoise.ForScalar(1, 0, slots));
    }

    [Fact]
    public void EverySolver_OnLanes_AllocatesNothingAStep() =>
        Check<Lanes2, LanesMixtureScore<Lanes2>, IndependentNoise<Lanes2, LaneDraws<Lanes2>>>(
            new([4, 0, -4, 0], 0.0625), default, slots => new(new LaneDraws<Lanes2>(1, NoiseStream.Step, 0), slots));

    [Fact]
    public void EverySolver_OnParticles_AllocatesForThePlanAlone()
    {
        foreach (var solver in SolverCatalogue.Instance.All)
        {
            var walk = Walk.Straight(TimeGrid.Create(Vp, new UniformTime(), 50, 1, 1e-3));
            long Bytes(int particles)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                ParticleRun.Run(solver, walk, GaussianMixture.Ring(), new() { Count = particles, Threads = 1 });
                return GC.GetAllocatedBytesForCurrentThread() - before - 8L * particles; // less the samples
            }
            Bytes(1600);
            Bytes(16);
            // 1575 blocks and 78,750 block-steps more. An object is at least 24 bytes: one a block would be 37,800 bytes, one a step 1.9 MB. Below that lies what the
            // chunks and the scheduler of threads make (9 to 14 KB on a busy machine); of three the one nearest to zero, for what others make is in the counts by chance.
            Assert.InRange(Enumerable.Range(0, 3).Select(_ => Bytes(25_216) - Bytes(16)).MinBy(Math.Abs), -32_768, 32_768);
        }
    }

    private static void Check<T, TModel, TNoise>(TModel model, T start, Func<int, TNoise> noise)
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        foreach (var solver in SolverCatalogue.Instance.All)
        {
            var bytes = new List<(long Bare, long Observed)>();
            foreach (var steps in (int[])[10, 10, 1000])
            {
                var visit = new Measure<T, TModel, TNoise>(Walk.Straight(TimeGrid.Create(Vp, new UniformTime(), steps, 1, 1e-3)), model, start, noise(Math.Max(1, solver.Card.NoiseSlots)));
                if (solver is IDiffusionSolver diffusion) diffusion.Accept(ref visit);
                else if (solver is IGeneralSolver general) general.Accept(ref visit);
                bytes.Add((visit.Bare, visit.Observed));
            }
            Assert.Equal(0, bytes[2].Bare);
            Assert.Equal(bytes[1].Observed, bytes[2].Observed);
        }
    }

    private struct Measure<T, TModel, TNoise>(Walk walk, TModel model, T start, TNoise noise) : IDiffusionVisitor, IGeneralVisitor
        where T : IState<T> where TModel : struct, IScore<T> where TNoise : struct, INoise<T>
    {
        public long Bare { get; private set; }

        public long Observed { get; private set; }

        public void Visit<TSolver, TPlan>(TSolver solver) where TSolver : struct, IDiffusionSolver<TSolver, TPlan> where TPlan : struct
        {
            var method = new BoundDiffusion<T, TSolver, TPlan, TModel, TNoise>(solver, new PlannedWalk<TPlan>(walk, solver.Plan, solver.Card), model, noise);
            Run(method);
        }

        void IGeneralVisitor.Visit<TSolver, TPlan>(TSolver solver)
        {
            var reverse = new ReverseProcess<T, TModel>(Vp, model, solver.Card.NoiseSlots > 0 ? 1 : 0);
            var method = new BoundGeneral<T, T, TSolver, TPlan, ReverseProcess<T, TModel>, TNoise>(solver, new PlannedWalk<TPlan>(walk, solver.Plan), reverse, noise);
            Run(method);
        }

        private void Run<TMethod>(TMethod method) where TMethod : struct, IMethod<T>
        {
            var options = new RunOptions<T>();
            Integrator.RunBare(ref method, start); // compiled once
            Integrator.Run(ref method, start, options);
            // The least of three: what the runtime makes when it compiles a method anew in the middle of a run is not the step's.
            (Bare, Observed) = (long.MaxValue, long.MaxValue);
            for (var i = 0; i < 3; i++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                Integrator.RunBare(ref method, start);
                Bare = Math.Min(Bare, GC.GetAllocatedBytesForCurrentThread() - before);
                before = GC.GetAllocatedBytesForCurrentThread();
                Integrator.Run(ref method, start, options);
                Observed = Math.Min(Observed, GC.GetAllocatedBytesForCurrentThread() - before);
            }
        }
    }
}
