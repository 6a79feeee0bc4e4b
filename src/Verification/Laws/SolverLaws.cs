using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.States;
using ScoreSde.Verification.Problems;
using ScoreSde.Verification.Properties;

namespace ScoreSde.Verification.Laws;

/// <summary>
/// The laws of a solver of one's own: what its card claims, on random processes, grids and data, and what every solver owes to the loop it runs in.
/// </summary>
/// <remarks>
/// Orders are looked at on Gaussian data, where the law of a sampler is a linear form with numbers for its coefficients, so no random number is drawn and
/// a solver of order p in name only is seen with at most 256 steps. A few milliseconds a solver once it is compiled. The certificate
/// (<see cref="Certificates.Certifier"/>) measures the same claims with more steps, on mixtures and rough grids too.
/// </remarks>
public static class SolverLaws
{
    private const string Flow = "on the probability flow it is of the order declared, with the start it ships with";
    private const string FlowExactly = "on the probability flow it is of the order declared, with exact first outputs";
    private const string Transition = "the law given the start is that of the reverse SDE, to the order declared";
    private const string Marginal = "from the exact marginal it goes to the exact marginal, to the order declared";

    /// <summary>Runs every law; throws nothing (see <see cref="LawReport.ThrowIfBroken"/>).</summary>
    /// <param name="solver">A diffusion solver, or a general one on the reverse process.</param>
    /// <param name="options">Seed, effort, shrinking, η.</param>
    /// <param name="promises">What it does exactly besides what its card says.</param>
    public static LawReport Check(ISolver solver, LawOptions? options = null, SolverPromises promises = SolverPromises.None)
    {
        ArgumentNullException.ThrowIfNull(solver);
        var chosen = options ?? new LawOptions();
        var card = solver.Card;
        var book = new LawBook($"solver {card.Name}", chosen);
        var bench = new SolverBench(solver, chosen.Eta);
        book.Require("it runs, and in five steps from noise to data gives finite numbers", 12, bench.Finite);
        book.Require("it calls the model as often as planned", 6, bench.Evaluations);
        book.Require("it asks the model at levels of the process only", 6, bench.Levels);
        book.Require("it keeps nothing from run to run, and a sample does not depend on those beside it", 4, bench.Independence);
        book.Require("after a restart nothing is left of the time before", 4, bench.Restart);
        book.Require("it draws noise inside its step, each time the same, as much as its card says", 6, bench.Noise);
        const string Short = "a step of next to no length does next to nothing";
        if (card.SmoothGridOrderOnly is not null) book.Skip(Short, "its weights are for steps of equal length");
        else if (!double.IsFinite(bench.Rate) && card.Orders.Weak.Claimed is null) book.Skip(Short, "its noise is per step, whatever the length");
        else if (SolverBench.Refusal(solver, SolverBench.ShortStep(SolverProblem.Some[0])) is { Length: > 0 } refusal) book.Skip(Short, refusal);
        else book.Require(Short, 4, bench.ShortStep);
        Orders(book, solver, bench);
        if (promises.HasFlag(SolverPromises.OnePoint)) book.Require("data that are one point are reached exactly, at any number of steps", 20, bench.OnePoint);
        if (promises.HasFlag(SolverPromises.Shift)) book.Require("data moved by a constant move the samples by it, at any number of steps", 20, bench.Shift);
        if (promises.HasFlag(SolverPromises.ChangeOfVariables)) book.Require("x/alpha is the same for every process with these lambda", 20, bench.ChangeOfVariables);
        return book.Report;
    }

    private static void Orders(LawBook book, ISolver solver, SolverBench bench)
    {
        var card = solver.Card;
        if (bench.Rate == 0)
        {
            var p = card.Orders.Deterministic.Claimed;
            var ramped = card.HistoryDepth > 1 && p > 2 ? Math.Min(p.Value, card.RampOrder) : p;
            Order(book, Flow, card.Orders.Deterministic, ramped, q => d => bench.TransitionOrder(d, q, OrderPolicy.Plain));
            if (solver is IDiffusionSolver && card.HistoryDepth > 0)
                Order(book, FlowExactly, card.Orders.Deterministic, p, q => d => bench.TransitionOrder(d, q, new OrderPolicy(StartUp.Refined)));
            return;
        }
        if (double.IsFinite(bench.Rate)) Order(book, Transition, card.OnGaussianData ?? card.Orders.Weak, (card.OnGaussianData ?? card.Orders.Weak).Claimed, q => d => bench.TransitionOrder(d, q, OrderPolicy.Plain));
        else book.Skip(Transition, "it follows no one rate of noise");
        var marginal = card.Marginal ?? card.OnGaussianData ?? card.Orders.Weak;
        Order(book, Marginal, marginal, marginal.Claimed, q => d => bench.MarginalOrder(d, q));
    }

    private static void Order(LawBook book, string law, OrderClaim claim, double? order, Func<double, Action<Draws>> measure)
    {
        if (order is { } p) book.Require(law, 3, measure(p));
        else book.Skip(law, claim is OrderClaim.None none ? none.Reason : "no order is claimed");
    }
}
