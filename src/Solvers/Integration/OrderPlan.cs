using ScoreSde.Sde;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;

namespace ScoreSde.Solvers.Integration;

/// <summary>What a planned step is: a step of the solver, of a refined start, the forward kernel, or the end.</summary>
public enum PlannedKind
{
    /// <summary>A step of the solver.</summary>
    Solve,

    /// <summary>The forward kernel, back up.</summary>
    Renoise,

    /// <summary>A refined start of a multistep method (<see cref="RefinedStart"/>).</summary>
    Start,

    /// <summary>The end of the walk (<see cref="Terminal"/>).</summary>
    Finish,
}

/// <summary>One move as it will be made.</summary>
/// <param name="Index">Its index, 0 first.</param>
/// <param name="Kind">What it is.</param>
/// <param name="From">Level before it.</param>
/// <param name="To">Level after it.</param>
/// <param name="Order">Its order as a step of an ODE solver; null where none is claimed (stochastic steps, the forward kernel).</param>
/// <param name="Evaluations">Model calls it makes.</param>
/// <param name="Coefficients">Every number it will use, by name.</param>
public sealed record PlannedStep(
    int Index, PlannedKind Kind, Level From, Level To, double? Order, int Evaluations, IReadOnlyList<PlanField> Coefficients)
{
    /// <summary>Δλ, positive when sampling; infinite into σ = 0 and out of α = 0.</summary>
    public double LambdaStep => To.Lambda - From.Lambda;
}

/// <summary>
/// A run before it is made: every step's levels, order, model calls and coefficients. What solvers compute once a grid is all there is to them, so this
/// explains a run to the last number.
/// </summary>
/// <param name="Solver">The solver's name.</param>
/// <param name="Process">The forward process's name.</param>
/// <param name="Grid">The grid's name.</param>
/// <param name="Steps">The moves in order.</param>
public sealed record OrderPlan(string Solver, string Process, string Grid, IReadOnlyList<PlannedStep> Steps)
{
    /// <summary>Model calls of the whole run.</summary>
    public int Evaluations => Steps.Sum(s => s.Evaluations);

    /// <summary>Plans a walk of a forward SDE for any solver.</summary>
    /// <exception cref="ArgumentException">The solver refuses a step, or the walk asks for what it cannot do; the message says why.</exception>
    public static OrderPlan Of(ISolver solver, Walk walk)
    {
        ArgumentNullException.ThrowIfNull(solver);
        var sde = Sampler.Diffusion(walk);
        var planner = new PlanVisitor(solver.Card, walk);
        switch (solver)
        {
            case IDiffusionSolver diffusion:
                diffusion.Accept(ref planner);
                break;
            case IGeneralSolver general:
                general.Accept(ref planner);
                break;
            default:
                throw new ArgumentException($"{solver.Card.Name} is neither a diffusion solver nor a general one");
        }
        return new OrderPlan(solver.Card.Name, sde.Name, walk.Grid.Name, planner.Steps);
    }

    private struct PlanVisitor(SolverCard card, Walk walk) : IDiffusionVisitor, IGeneralVisitor
    {
        public List<PlannedStep> Steps { get; } = [];

        void IDiffusionVisitor.Visit<TSolver, TPlan>(TSolver solver) => Add(new PlannedWalk<TPlan>(walk, solver.Plan, card));

        void IGeneralVisitor.Visit<TSolver, TPlan>(TSolver solver)
        {
            Pairing.CheckFinite(solver, walk);
            Add(Sampler.PlanGeneral<TPlan>(walk, solver.Plan));
        }

        private readonly void Add<TPlan>(PlannedWalk<TPlan> planned) where TPlan : struct
        {
            for (var i = 0; i < planned.Count; i++)
            {
                var move = planned[i];
                Steps.Add(planned.Kind(i) switch
                {
                    MoveKind.Renoise => new PlannedStep(i, PlannedKind.Renoise, move.From, move.To, null, 0, Kernel(move.From, move.To)),
                    MoveKind.Start => new PlannedStep(i, PlannedKind.Start, move.From, move.To, RefinedStart.Order, 1 + RefinedStart.Evaluations, []),
                    _ => new PlannedStep(i, PlannedKind.Solve, move.From, move.To, Order(move.Plan), Calls(move.Plan), PlanFields.Of(move.Plan)),
                });
            }
            if (walk.Terminal is not Terminal.Blend end) return;
            var last = walk.Moves[^1].To;
            var plan = end.Plan(last);
            Steps.Add(new PlannedStep(planned.Count, PlannedKind.Finish, last, Terminal.Clean(Sampler.Diffusion(walk), last), null, 1, PlanFields.Of(plan)));
        }

        private readonly int Calls<TPlan>(TPlan plan) where TPlan : struct => plan is IStepPlan own ? own.Evaluations : card.EvaluationsPerStep;

        private readonly double? Order<TPlan>(TPlan plan) where TPlan : struct => plan is IStepPlan own
            ? own.Order
            : card.Orders.Deterministic switch
            {
                OrderClaim.Proven claim => claim.Order,
                OrderClaim.Measured claim => claim.Order,
                _ => null,
            };

        private static PlanField[] Kernel(in Level from, in Level to)
        {
            var kernel = GaussianKernel.Between(from, to);
            return [new PlanField("State", kernel.Scale), new PlanField("Noise", kernel.Deviation)];
        }
    }
}
