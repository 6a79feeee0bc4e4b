using System.Diagnostics;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Processes;
using ScoreSde.Solvers.States;

namespace ScoreSde.Solvers.Tests.General;

/// <summary>A step on states that are values allocates nothing.</summary>
[Collection(Alone.Name)]
public class AllocationTests
{
    [Fact]
    public void Steps_OnNumbers_AllocateNothing()
    {
        foreach (var solver in SolverCatalogue.Instance.All.OfType<IGeneralSolver>().Where(s => s.Card.NoiseSlots > 0))
        {
            var visitor = new Measured<OrnsteinUhlenbeck<Scalar>>(new(1, 0, 1, TimeRange.Unit));
            solver.Accept(ref visitor);
            Assert.Equal((solver.Card.Name, 0), (solver.Card.Name, visitor.Bytes));
            if (solver.Card.Noise == NoiseStructure.Additive || solver.Card.Calculus == Calculus.Stratonovich) continue;
            var multiplicative = new Measured<GeometricBrownianMotion<Scalar>>(new(0.1, 0.1, 1, TimeRange.Unit));
            solver.Accept(ref multiplicative);
            Assert.Equal((solver.Card.Name, 0), (solver.Card.Name, multiplicative.Bytes));
        }
    }

    private struct Measured<TSde>(TSde sde) : IGeneralVisitor where TSde : struct, IGeneralSde<Scalar, Scalar>
    {
        public long Bytes { get; private set; }

        public void Visit<TSolver, TPlan>(TSolver solver) where TSolver : struct, IGeneralSolver<TSolver, TPlan> where TPlan : struct
        {
            var planned = new PlannedWalk<TPlan>(Walk.Straight(TimeGrid.Create(sde, new UniformTime(), 50, 0, 1)), solver.Plan);
            var method = new BoundGeneral<Scalar, Scalar, TSolver, TPlan, TSde, Fixed>(solver, planned, sde, default);
            // Until the code is compiled with optimisation, a question about an SDE's type boxes it; on a busy machine that takes its time.
            Bytes = long.MaxValue;
            for (var waited = Stopwatch.StartNew(); Bytes != 0 && waited.Elapsed < TimeSpan.FromMinutes(2);)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 40; i++) Integrator.RunBare(ref method, new Scalar(1));
                Bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                if (Bytes != 0) Thread.Sleep(20);
            }
        }
    }

    private readonly struct Fixed : INoise<Scalar>
    {
        public Scalar Increment(in Interval interval, int slot) => 0.3;

        public (Scalar W, Scalar H) SpaceTime(in Interval interval, int slot) => (0.3, -0.2);
    }
}
