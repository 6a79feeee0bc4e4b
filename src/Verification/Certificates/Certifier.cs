using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;
using ScoreSde.Verification.Orders;
using ScoreSde.Verification.Problems;

namespace ScoreSde.Verification.Certificates;

/// <summary>Measures what a solver declares: every column of its certificate.</summary>
/// <remarks>
/// Bands around a declared order p: [p − 0.15, p + 0.4] on the flow, p ± 0.15 for laws, of the two finest pairs above round-off. With a ramp of orders at
/// its start a multistep method of order above 2 is of the order its card names for that (2 where it names none), and may look better as long as the start's
/// error is small; so the shipped column is held between that and p, by the mean slope over three doublings: errors of two orders may cancel at one step count.
/// </remarks>
public static class Certifier
{
    private const double Below = 0.15, Above = 0.4, LawBand = 0.15;
    private static readonly IGridRule[] SmoothGrids = [new UniformLambda(), new Karras(), new UniformTime()];
    private static readonly IGridRule[] RoughGrids = [new RoughLambda(), new RandomLambda()];
    private static readonly Gaussian PathData = new([1.3], 0.5);
    private static readonly VariancePreserving PathProcess = new(new LinearSchedule(0.1, 20));
    private static readonly int[] PathSteps = [32, 64, 128];
    private static readonly OrderPolicy Refined = new(StartUp.Refined);

    /// <summary>The certificate of a variant.</summary>
    public static Certificate Certify(Variant variant)
    {
        ArgumentNullException.ThrowIfNull(variant);
        var card = variant.Solver.Card;
        var measurements = new List<Measurement>();
        if (variant.Rate == 0)
        {
            Flow(variant.Solver, measurements);
        }
        else
        {
            Laws(variant, measurements);
            Paths(variant, measurements);
        }
        return new Certificate(variant.Name, card.Title, Ground(variant.Rate == 0 ? card.Orders.Deterministic : card.Orders.Weak), measurements);
    }

    private static void Flow(ISolver solver, List<Measurement> measurements)
    {
        var card = solver.Card;
        var p = card.Orders.Deterministic.Claimed;
        var problems = DeterministicOrder.Problems(p, card.HistoryDepth > 0 && solver is IDiffusionSolver);
        var shipped = card.HistoryDepth > 1 && p > 2 ? Math.Min(p!.Value, card.RampOrder) : p;
        foreach (var rule in SmoothGrids.Concat(RoughGrids))
        {
            var rough = RoughGrids.Contains(rule);
            var declared = rough && card.SmoothGridOrderOnly is { } less ? less : p;
            measurements.Add(Judge(Columns.Flow(rule.Name), declared, Math.Min(shipped ?? 0, declared ?? 0), Above,
                () => DeterministicOrder.Measure(solver, problems, rule, OrderPolicy.Plain), shipped < p));
            if (card.HistoryDepth > 0)
                measurements.Add(Judge(Columns.ExactStart(rule.Name), declared, declared ?? 0, Above, () => DeterministicOrder.Measure(solver, problems, rule, Refined)));
        }
        if (!(p < 4)) return;
        foreach (var other in new[] { FlowProblem.InThePlane, FlowProblem.InManyDimensions })
            measurements.Add(Judge(Columns.Flow(other.Name), p, shipped ?? 0, Above, () => DeterministicOrder.Measure(solver, [other], SmoothGrids[0], OrderPolicy.Plain), shipped < p));
    }

    private static void Laws(Variant variant, List<Measurement> measurements)
    {
        var (solver, card) = (variant.Solver, variant.Solver.Card);
        var (weak, marginal) = ((card.OnGaussianData ?? card.Orders.Weak).Claimed, (card.Marginal ?? card.OnGaussianData ?? card.Orders.Weak).Claimed);
        foreach (var rule in new[] { SmoothGrids[0], SmoothGrids[1], RoughGrids[1] })
        {
            // A solver whose rate varies from step to step has no closed transition to be compared with; every rate has the same marginals.
            var known = double.IsFinite(variant.Rate);
            var both = Attempt(() => GaussianLawOrder.Measure(solver, rule, known ? variant.Rate : 1, variant.Eta));
            if (known) measurements.Add(Judge(Columns.Transition(rule.Name), weak, weak ?? 0, LawBand, () => both().Transition));
            measurements.Add(Judge(Columns.Marginal(rule.Name), marginal, marginal ?? 0, LawBand, () => both().Marginal));
        }
        if (variant.Rate != 1 || !NonlinearWeakOrder.Covers(card)) return;
        var weakest = card.Orders.Weak.Claimed;
        var nonlinear = Judge(Columns.Nonlinear, weakest, weakest ?? 0, 0.3, () => NonlinearWeakOrder.Measure(solver, SmoothGrids[0]));
        if (!double.IsNaN(nonlinear.Error) || nonlinear.Verdict == Verdict.Refused) measurements.Add(nonlinear);
    }

    /// <summary>Strong orders, and weak ones where the noise depends on the state: once for a solver, at the rate 1.</summary>
    private static void Paths(Variant variant, List<Measurement> measurements)
    {
        var card = variant.Solver.Card;
        if (variant.Solver is IDiffusionSolver diffusion)
        {
            if (double.IsFinite(variant.Rate) && card.Orders.Strong.Claimed is { } p)
                measurements.Add(Judge(Columns.Strong, p, () => StrongOrder.Diffusion(diffusion, PathGrid, PathData, variant.Rate, PathSteps)));
            return;
        }
        if (variant.Solver is not IGeneralSolver general || variant.Rate != 1) return;
        measurements.Add(Judge(Columns.Strong, card.Orders.Strong.Claimed, () => StrongOrder.AdditiveNonlinear(general)));
        if (card.Noise == NoiseStructure.Additive) return;
        var orders = card.StateDependent ?? card.Orders;
        measurements.Add(Judge(Columns.StrongGeometric, orders.Strong.Claimed, () => StrongOrder.Multiplicative(general, MultiplicativeProblem.Geometric())));
        measurements.Add(Judge(Columns.StrongSinh, orders.Strong.Claimed, () => StrongOrder.Multiplicative(general, MultiplicativeProblem.HyperbolicSine)));
        if (card.HistoryDepth == 0) // a step has to be a function of one state
            measurements.Add(Judge(Columns.WeakGeometric, orders.Weak.Claimed, () => Enumerable.Range(1, 3).Select(k => WeakOrder.Geometric(general, k)).MinBy(m => m.Slope)!));
    }

    /// <summary>A measured slope with its standard error: within 0.15 of the declared order, and the order less a half excluded at six of them.</summary>
    private static Measurement Judge(string column, double? declared, Func<OrderMeasurement> measure)
    {
        OrderMeasurement measured;
        try
        {
            measured = measure();
        }
        catch (ArgumentException refusal)
        {
            return new Measurement(column, declared, double.NaN, double.NaN, 0, Verdict.Refused, refusal.Message);
        }
        if (measured.IsExact) return new Measurement(column, declared, double.PositiveInfinity, measured.Errors[^1], measured.Steps[^1], Verdict.Exact);
        if (declared is not { } p) return new Measurement(column, null, measured.Errors[^1], measured.Errors[^1], measured.Steps[^1], Verdict.Bias);
        var holds = Math.Abs(measured.Slope - p) < LawBand && measured.Slope - (p - 0.5) > 6 * measured.StandardError;
        return new Measurement(column, p, measured.Slope, measured.Errors[^1], measured.Steps[^1], holds ? Verdict.Holds : Verdict.Fails, holds ? "" : measured.ToString());
    }

    /// <summary>A result once computed, or its refusal again.</summary>
    private static Func<T> Attempt<T>(Func<T> compute)
    {
        var result = new Lazy<T>(compute);
        return () => result.Value;
    }

    private static Measurement Judge(string column, double? declared, double low, double above, Func<OrderEstimate> measure, bool mixed = false)
    {
        OrderEstimate estimate;
        try
        {
            estimate = measure();
        }
        catch (ArgumentException refusal)
        {
            return new Measurement(column, declared, double.NaN, double.NaN, 0, Verdict.Refused, refusal.Message);
        }
        if (estimate.IsExact) return new Measurement(column, declared, double.PositiveInfinity, estimate.Finest, estimate.Steps, Verdict.Exact);
        if (declared is not { } p) return new Measurement(column, null, estimate.Finest, estimate.Finest, estimate.Steps, Verdict.Bias);
        var holds = mixed ? estimate.WithinOverall(low - Below, p + above) : estimate.Within(low - Below, p + above);
        var seen = mixed ? FormattableString.Invariant($"slope {estimate.Overall:f2} is not") : FormattableString.Invariant($"slopes {estimate.Before:f2} and {estimate.Slope:f2} are not both");
        var note = holds ? "" : FormattableString.Invariant($"{seen} in [{low - Below:f2}, {p + above:f2}]");
        return new Measurement(column, p, mixed ? estimate.Overall : estimate.Slope, estimate.Finest, estimate.Steps, holds ? Verdict.Holds : Verdict.Fails, note);
    }

    private static TimeGrid PathGrid(int steps) => TimeGrid.Create(PathProcess, new UniformLambda(), steps, 0.8, 0.05);

    private static string Ground(OrderClaim claim) => claim switch
    {
        OrderClaim.Proven proven => proven.Source,
        OrderClaim.Measured => "measured",
        OrderClaim.None none => none.Reason,
        _ => "",
    };
}
