using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;
using ScoreSde.Verification.Problems;

namespace ScoreSde.Verification.Orders;

/// <summary>
/// The weak order of a stochastic solver where the score is not linear, without Monte Carlo: u_k(x) = E φ(x_N) given x_k = x on a mixture of two Gaussians
/// on the line, by backward recursion of the solver's own step, Gauss quadrature over its normals and interpolation in x (and, for a two-step method,
/// in the output it remembers).
/// </summary>
/// <remarks>
/// The exact value is E φ(x_s) under p(x_s | x_t) ∝ p_s(x_s) N(x_t; (α_t/α_s) x_s, v), the transition of the reverse SDE at η = 1: a mixture of
/// Gaussians again. φ = sin(1.3 x) + cos(0.7 x) is bounded, and its mean under a Gaussian is known.
/// </remarks>
public static class NonlinearWeakOrder
{
    private const double From = 0.7, To = 0.08, Reach = 6;
    private const int Nodes = 201, SurfaceNodes = 97, Outputs = 17;
    private static readonly double[] Starts = [-0.8, 0.35, 1.1];

    private static VariancePreserving Vp { get; } = new(new LinearSchedule(0.1, 20));

    /// <summary>
    /// Whether a solver can be measured so: at most two normals a step and one remembered output. One that remembers a state as well gives no number, and
    /// <see cref="Measure"/> says so by a NaN.
    /// </summary>
    public static bool Covers(SolverCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return card.NoiseSlots is 1 or 2 && card.HistoryDepth <= (card.NoiseSlots == 1 ? 1 : 0);
    }

    /// <summary>The order at η = 1.</summary>
    public static OrderEstimate Measure(ISolver solver, IGridRule rule)
    {
        ArgumentNullException.ThrowIfNull(solver);
        var (first, most) = (8, solver.Card.HistoryDepth == 0 && solver.Card.NoiseSlots == 1 ? 256 : 64);
        var (counts, errors) = (new List<int>(), new List<double>());
        for (var n = first; n <= most; n *= 2)
        {
            counts.Add(n);
            errors.Add(Error(solver, TimeGrid.Create(Vp, rule, n, From, To)));
            if (double.IsNaN(errors[^1])) return new OrderEstimate(double.NaN, double.NaN, double.NaN, n, false);
            // From 32 steps on, until two slopes agree.
            if (n >= 32 && Math.Abs(Math.Log2(errors[^3] / errors[^2]) - Math.Log2(errors[^2] / errors[^1])) < 0.05) break;
        }
        return OrderEstimate.Of(counts.ToArray(), errors.ToArray(), 1e-8); // the interpolation's own error
    }

    /// <summary>The largest error of E φ over a few starts.</summary>
    public static double Error(ISolver solver, TimeGrid grid)
    {
        ArgumentNullException.ThrowIfNull(solver);
        var visitor = new Recursion(grid);
        switch (solver)
        {
            case IDiffusionSolver diffusion: diffusion.Accept(ref visitor); break;
            case IGeneralSolver general: general.Accept(ref visitor); break;
            default: throw new ArgumentException($"{solver.Card.Name} is neither a diffusion solver nor a general one");
        }
        return visitor.Worst;
    }

    private static double Value(double x) => Math.Sin(1.3 * x) + Math.Cos(0.7 * x);

    /// <summary>E φ of N(m, v).</summary>
    private static double Mean(double m, double v) => Math.Sin(1.3 * m) * Math.Exp(-0.5 * 1.69 * v) + Math.Cos(0.7 * m) * Math.Exp(-0.5 * 0.49 * v);

    /// <summary>E φ(x_s) given x_t under the reverse SDE.</summary>
    private static double Exact(double x, in Level t, in Level s)
    {
        var kernel = GaussianKernel.Between(s, t);
        var (total, sum) = (0.0, 0.0);
        for (var k = 0; k < FlowProblem.Line.Weights.Length; k++)
        {
            var component = FlowProblem.Line.Components[k];
            var (mean, prior) = (s.Alpha * component.Mean[0], component.VarianceAt(0, s));
            var gain = kernel.Scale * prior / component.VarianceAt(0, t);
            var off = x - kernel.Scale * mean;
            var weight = FlowProblem.Line.Weights[k] * Math.Exp(-0.5 * off * off / component.VarianceAt(0, t)) / Math.Sqrt(component.VarianceAt(0, t));
            total += weight;
            sum += weight * Mean(mean + gain * off, prior * kernel.Variance / component.VarianceAt(0, t));
        }
        return sum / total;
    }

    private interface IOneStep
    {
        Scalar Step(int move, Scalar x, ref History<Scalar> history, double first, double second);
    }

    private struct Recursion(TimeGrid grid) : IDiffusionVisitor, IGeneralVisitor
    {
        public double Worst { get; private set; }

        public void Visit<TSolver, TPlan>(TSolver solver) where TSolver : struct, IDiffusionSolver<TSolver, TPlan> where TPlan : struct =>
            Run(solver.Card, new DiffusionStep<TSolver, TPlan>(solver, new PlannedWalk<TPlan>(Walk.Straight(grid), solver.Plan, solver.Card)));

        void IGeneralVisitor.Visit<TSolver, TPlan>(TSolver solver) =>
            Run(solver.Card, new GeneralStep<TSolver, TPlan>(solver, new PlannedWalk<TPlan>(Walk.Straight(grid), solver.Plan)));

        private void Run<TStep>(SolverCard card, TStep step) where TStep : struct, IOneStep
        {
            Worst = 0;
            var values = card.HistoryDepth == 0
                ? OneStepRecursion.Run(step, grid, card.NoiseSlots, Starts)
                : TwoStepRecursion.Run(step, grid, Starts);
            for (var i = 0; i < Starts.Length; i++)
                Worst = Math.Max(Worst, Math.Abs(values[i] - Exact(Starts[i], grid.First, grid.Last)));
        }
    }

    private static class OneStepRecursion
    {
        public static double[] Run<TStep>(TStep step, TimeGrid grid, int slots, double[] starts) where TStep : struct, IOneStep
        {
            var rule = new GaussHermite(slots == 1 ? 16 : 8);
            var (nodes, weights) = (rule.Nodes.ToArray(), rule.Weights.ToArray());
            SampledFunction? next = null;
            for (var move = grid.Steps - 1; move >= 0; move--)
            {
                var reach = Reach * Deviation(grid.Levels[move]);
                var values = new double[Nodes];
                for (var i = 0; i < Nodes; i++) values[i] = Expect(step, move, -reach + 2 * reach * i / (Nodes - 1), slots, nodes, weights, next);
                if (move == 0) return Array.ConvertAll(starts, x => Expect(step, 0, x, slots, nodes, weights, next));
                next = new SampledFunction(-reach, reach, values);
            }
            throw new InvalidOperationException("a grid has at least one step");
        }

        private static double Expect<TStep>(TStep step, int move, double x, int slots, double[] nodes, double[] weights, SampledFunction? next) where TStep : struct, IOneStep
        {
            var sum = 0.0;
            for (var a = 0; a < nodes.Length; a++)
                for (var b = 0; b < (slots == 1 ? 1 : nodes.Length); b++)
                {
                    var history = default(History<Scalar>);
                    var y = step.Step(move, x, ref history, nodes[a], slots == 1 ? 0 : nodes[b]).Value;
                    sum += weights[a] * (slots == 1 ? 1 : weights[b]) * (next is { } u ? u.At(y) : Value(y));
                }
            return sum;
        }
    }

    /// <summary>u_k(x, m): m is what the method remembers of the step before.</summary>
    private static class TwoStepRecursion
    {
        public static double[] Run<TStep>(TStep step, TimeGrid grid, double[] starts) where TStep : struct, IOneStep
        {
            var rule = new GaussHermite(10);
            var (nodes, weights) = (rule.Nodes.ToArray(), rule.Weights.ToArray());
            SampledSurface? next = null;
            for (var move = grid.Steps - 1; move > 0; move--)
            {
                var reach = Reach * Deviation(grid.Levels[move]);
                // What is remembered, over where it can be: taken at the nodes of the level before.
                var (low, high) = Remembered(step, grid, move - 1);
                var values = new double[SurfaceNodes, Outputs];
                for (var i = 0; i < SurfaceNodes; i++)
                    for (var j = 0; j < Outputs; j++)
                    {
                        var history = default(History<Scalar>);
                        history.Push(new HistoryEntry<Scalar>(grid.Levels[move - 1], double.NaN, low + (high - low) * j / (Outputs - 1)));
                        values[i, j] = Expect(step, move, -reach + 2 * reach * i / (SurfaceNodes - 1), history, nodes, weights, next);
                    }
                next = new SampledSurface(reach, low, high, values);
            }
            return Array.ConvertAll(starts, x => Expect(step, 0, x, default, nodes, weights, next));
        }

        private static double Expect<TStep>(
            TStep step, int move, double x, History<Scalar> before, double[] nodes, double[] weights, SampledSurface? next) where TStep : struct, IOneStep
        {
            var sum = 0.0;
            for (var a = 0; a < nodes.Length; a++)
            {
                var history = before;
                var y = step.Step(move, x, ref history, nodes[a], 0).Value;
                sum += weights[a] * (next is null ? Value(y) : next.At(y, history[0].Output.Value));
            }
            return sum;
        }

        private static (double Low, double High) Remembered<TStep>(TStep step, TimeGrid grid, int move) where TStep : struct, IOneStep
        {
            var reach = Reach * Deviation(grid.Levels[move]);
            var (low, high) = (double.MaxValue, double.MinValue);
            for (var i = 0; i < SurfaceNodes; i++)
            {
                var history = default(History<Scalar>);
                history.Push(new HistoryEntry<Scalar>(grid.Levels[Math.Max(0, move - 1)], 0, 0));
                step.Step(move, -reach + 2 * reach * i / (SurfaceNodes - 1), ref history, 0, 0);
                (low, high) = (Math.Min(low, history[0].Output.Value), Math.Max(high, history[0].Output.Value));
            }
            var margin = 0.05 * (high - low) + 1e-3;
            return (low - margin, high + margin);
        }
    }

    /// <summary>A function of two variables by its values, by polynomials through the nearest eight in each.</summary>
    private sealed class SampledSurface(double reach, double low, double high, double[,] values)
    {
        private readonly SampledFunction[] _columns = [.. Enumerable.Range(0, values.GetLength(0)).Select(i =>
            new SampledFunction(low, high, [.. Enumerable.Range(0, values.GetLength(1)).Select(j => values[i, j])]))];

        public double At(double x, double m) => SampledFunction.Between(-reach, reach, _columns.Length, x, (Columns: _columns, M: m), static (s, i) => s.Columns[i].At(s.M));
    }

    private static double Deviation(in Level level)
    {
        var law = FlowProblem.Line;
        return Math.Sqrt(level.Alpha * level.Alpha * law.SecondMoment + level.Sigma * level.Sigma);
    }

    private readonly struct Given(double first, double second) : INoise<Scalar>
    {
        public Scalar Increment(in Interval interval, int slot) => slot == 0 ? first : second;

        public (Scalar W, Scalar H) SpaceTime(in Interval interval, int slot) => (first, second);
    }

    private struct DiffusionStep<TSolver, TPlan>(TSolver solver, PlannedWalk<TPlan> walk) : IOneStep
        where TSolver : struct, IDiffusionSolver<TSolver, TPlan> where TPlan : struct
    {
        private ScalarLawScore _model = new(FlowProblem.Line);

        public Scalar Step(int move, Scalar x, ref History<Scalar> history, double first, double second)
        {
            var noise = new Given(first, second);
            return solver.Step(walk[move], x, ref _model, ref noise, ref history);
        }
    }

    private struct GeneralStep<TSolver, TPlan>(TSolver solver, PlannedWalk<TPlan> walk) : IOneStep
        where TSolver : struct, IGeneralSolver<TSolver, TPlan> where TPlan : struct
    {
        private ReverseProcess<Scalar, ScalarLawScore> _sde = new(Vp, new ScalarLawScore(FlowProblem.Line), 1);

        public Scalar Step(int move, Scalar x, ref History<Scalar> history, double first, double second)
        {
            var noise = new Given(first, second);
            return solver.Step<Scalar, Scalar, ReverseProcess<Scalar, ScalarLawScore>, Given>(walk[move], x, ref _sde, ref noise, ref history);
        }
    }
}
