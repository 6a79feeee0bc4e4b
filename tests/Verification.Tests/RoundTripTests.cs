using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;
using ScoreSde.Verification.Certificates;
using ScoreSde.Verification.Orders;

namespace ScoreSde.Verification.Tests;

/// <summary>Encoding and decoding: a flow solver walked up and down again returns at its order.</summary>
public class RoundTripTests
{
    private static readonly Gaussian Law = new([1.3], 0.5);
    private static readonly Gaussian[] Laws = [new([1.3], 0.05), new([1.3], 0.2), Law, new([1.3], 1.2), new([1.3], 3)];
    private static readonly ForwardSde Vp = new VariancePreserving(new LinearSchedule(0.1, 20));
    private static readonly int[] Steps = [64, 128, 256];

    [Fact]
    public void EveryFlowSolver_ForwardsThenBackwards_ReturnsAtItsOrder()
    {
        foreach (var variant in Variants.Of(SolverCatalogue.Instance))
        {
            if (variant.Rate != 0 || variant.Solver.Card.Orders.Deterministic.Claimed is not { } p) continue;
            var ramp = variant.Solver.Card.HistoryDepth > 1 ? Math.Min(p, variant.Solver.Card.RampOrder) : p;
            double[] errors;
            try
            {
                errors = Array.ConvertAll(Steps, n => Return(variant.Solver, n));
            }
            catch (ArgumentException refusal) when (refusal.Message.Contains("time falls", StringComparison.Ordinal))
            {
                continue; // a step that only samples
            }
            var estimate = OrderEstimate.Of(Steps, errors, 1e-11);
            // A symmetric cancellation may return faster than the order; slower it may not.
            Assert.True(estimate.IsExact || double.IsNaN(estimate.Slope) || estimate.Slope >= ramp - 0.15,
                FormattableString.Invariant($"{variant.Name}: order {p}, returns at {estimate.Slope:f2} with errors {string.Join(", ", errors)}"));
        }
    }

    [Fact]
    public void EulerMaruyama_AtAWrongRate_DoesNotReachTheTransitionLaw()
    {
        var grid = TimeGrid.Create(Vp, new UniformLambda(), 512, 0.8, 0.05);
        var error = GaussianLawOrder.TransitionError(GaussianLawOrder.Run(new EulerMaruyama(), grid, Law, 0.9), grid, Law, 1);
        Assert.True(error > 0.01, $"the transition law at η = 0.9 differs from the one at η = 1 by {error}");
    }

    /// <summary>How far from its start a run up and down again ends. Several variances: what one returns to may cross its start at some number of steps.</summary>
    private static double Return(ISolver solver, int steps)
    {
        var grid = TimeGrid.Create(Vp, new UniformLambda(), steps, 0.8, 0.05);
        double? eta = solver is IGeneralSolver ? 0 : null;
        return Laws.Max(law =>
        {
            var data = SamplerLaw.Of(solver, grid, law, eta: eta).State;
            var back = SamplerLaw.Of(solver, grid.Reversed(), law, data, eta).State;
            return Math.Max(Math.Abs(back.Start - 1), Math.Abs(back.Constant));
        });
    }
}
