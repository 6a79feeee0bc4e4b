using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.Ensembles;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;

namespace ScoreSde.Solvers.Tests.Ensembles;

/// <summary>What it costs to plan a run, in bytes: times depend on the machine, allocations do not.</summary>
[Collection(Alone.Name)]
public class PlanningTests
{
    private const int Few = 500, Many = 1500;
    private static readonly VariancePreserving Vp = new(new LinearSchedule(0.1, 20));

    [Fact]
    public void Grid_AndItsWalk_AllocateALevelAndATimeAStep() =>
        Assert.InRange(EachStep(n => Walk.Straight(Grid(n))), Unsafe.SizeOf<Level>() + sizeof(double) - 1, Unsafe.SizeOf<Level>() + sizeof(double) + 1);

    [Fact]
    public void EverySolver_Recorded_AllocatesItsPlansAndItsTapeAndNothingElse()
    {
        foreach (var solver in SolverCatalogue.Instance.All)
        {
            var planning = EachStep(n => Plans(solver, n));
            var recording = EachStep(n => TapeOfSolver.Record(solver, Walks(n), Parametrisation.Score));
            var tape = Bytes(TapeOfSolver.Record(solver, Walks(Many), Parametrisation.Score)) - Bytes(TapeOfSolver.Record(solver, Walks(Few), Parametrisation.Score));
            // Headers and rounding of arrays are the same for both numbers of steps but for a few bytes in all.
            Assert.True(Math.Abs(recording - planning - tape / (double)(Many - Few)) < 1, $"{solver.Card.Name}: {planning:f1} bytes a step to plan, {recording:f1} to record, of which the tape keeps {tape / (double)(Many - Few):f1}");
        }
    }

    [Fact]
    public void UsualSolvers_Planned_AllocateTheirPlansAlone()
    {
        foreach (var name in (string[])["euler-maruyama", "heun", "ddim", "ddpm", "dpmpp-2m", "dpmpp-3m", "dpmpp-2m-sde", "unipc", "edm-heun", "sa", "seeds-2"])
        {
            var solver = SolverCatalogue.Parse(name);
            var size = new PlanSize();
            if (solver is IDiffusionSolver diffusion) diffusion.Accept(ref size);
            else ((IGeneralSolver)solver).Accept(ref size);
            Assert.InRange(EachStep(n => Plans(solver, n)), size.Bytes - 1, size.Bytes + 1);
        }
    }

    private static readonly Dictionary<int, Walk> Known = new() { [Few] = Walk.Straight(Grid(Few)), [Many] = Walk.Straight(Grid(Many)) };

    private static TimeGrid Grid(int steps) => TimeGrid.Create(Vp, new UniformTime(), steps, 1, 1e-3);

    private static Walk Walks(int steps) => Known[steps];

    private static void Plans(ISolver solver, int steps)
    {
        var visit = new Planned(Walks(steps));
        if (solver is IDiffusionSolver diffusion) diffusion.Accept(ref visit);
        else ((IGeneralSolver)solver).Accept(ref visit);
    }

    private static long Bytes(Tape tape) =>
        (long)tape.Operations.Length * Unsafe.SizeOf<TapeStep>() + (long)tape.Moves.Length * Unsafe.SizeOf<TapeMove>() + (long)tape.Levels.Length * Unsafe.SizeOf<Level>()
        + (long)tape.Factors.Length * sizeof(float) + (long)tape.Terms.Length * sizeof(int);

    /// <summary>Bytes that a step more allocates, when memory is rented already.</summary>
    private static double EachStep(Action<int> make) => (Allocated(make, Many) - Allocated(make, Few)) / (double)(Many - Few);

    private static long Allocated(Action<int> make, int steps)
    {
        make(steps);
        var least = long.MaxValue;
        for (var i = 0; i < 3; i++) // rented memory may have been given away in between
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            make(steps);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }

    private readonly struct Planned(Walk walk) : IDiffusionVisitor, IGeneralVisitor
    {
        void IDiffusionVisitor.Visit<TSolver, TPlan>(TSolver solver) => _ = new PlannedWalk<TPlan>(walk, solver.Plan, solver.Card);

        void IGeneralVisitor.Visit<TSolver, TPlan>(TSolver solver) => _ = new PlannedWalk<TPlan>(walk, solver.Plan);
    }

    private struct PlanSize : IDiffusionVisitor, IGeneralVisitor
    {
        public int Bytes { get; private set; }

        void IDiffusionVisitor.Visit<TSolver, TPlan>(TSolver solver) => Bytes = Unsafe.SizeOf<TPlan>();

        void IGeneralVisitor.Visit<TSolver, TPlan>(TSolver solver) => Bytes = Unsafe.SizeOf<TPlan>();
    }
}
