using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.General;

/// <summary>
/// Adams–Bashforth in time: the polynomial through the last slopes is integrated over the step. Its weights come from the actual step sizes, so the
/// order holds on any grid.
/// </summary>
/// <remarks>
/// Hairer, Nørsett and Wanner, Solving ODEs I, section III.1 (constant steps) and III.5 (variable steps; stable where the ratios of neighbouring steps are
/// bounded, theorem III.5.7). One evaluation a step; the first order − 1 steps are the 3/8 rule's and take three more each. Confused with PLMS and iPNDM,
/// which keep the constant-step weights on every grid and lose their order on a rough one.
/// </remarks>
/// <param name="Order">1 to 4; 1 is Euler's method.</param>
public readonly record struct AdamsBashforth(int Order) : IGeneralSolver<AdamsBashforth, AdamsBashforth.Coefficients>
{
    private const int Highest = 4;

    /// <summary>Of order 4.</summary>
    public AdamsBashforth() : this(4) { }

    /// <inheritdoc/>
    public SolverCard Card => new()
    {
        Name = "adams-bashforth",
        Title = "Adams–Bashforth in time, variable steps",
        Reference = "Hairer, Nørsett and Wanner, Solving ODEs I, section III.5",
        Orders = Orders.OfFlow(new OrderClaim.Proven(Order, "Hairer, Nørsett and Wanner, theorems III.5.7 and III.5.8")),
        HistoryDepth = Order - 1,
        WhenToUse = "high order at one evaluation a step, where the drift is smooth and costly",
        ConfusedWith = "fixed-weight multistep methods (PLMS, iPNDM), of lower order on rough grids",
    };

    /// <inheritdoc/>
    public Coefficients Plan(in StepWindow window)
    {
        if (Order is < 1 or > Highest) throw new ArgumentException($"order is {Order}; adams-bashforth has orders 1 to {Highest}");
        var (t, h) = (window.From.Time, window.TimeStep);
        if (window.Past.Length < Order - 1)
            return new Coefficients(h, window.At(t + 1.0 / 3 * h), window.At(t + 2.0 / 3 * h), 0, default);
        Span<double> nodes = stackalloc double[Order]; // in units of the step, from its beginning: 0, then negative
        nodes[0] = 0;
        for (var j = 1; j < Order; j++) nodes[j] = (window.Past[^j].Time - t) / h;
        var weights = default(Weights);
        // Gauss–Legendre with two nodes is exact for the cubic Lagrange polynomials.
        var g = 0.5 / Math.Sqrt(3);
        for (var j = 0; j < Order; j++) weights[j] = 0.5 * h * (Lagrange(nodes, j, 0.5 - g) + Lagrange(nodes, j, 0.5 + g));
        return new Coefficients(h, window.From, window.To, Order, weights);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Step<T, W, TSde, TNoise>(in Transition<Coefficients> step, T x, ref TSde sde, ref TNoise noise, ref History<T> history)
        where T : IState<T> where W : IState<W> where TSde : struct, IGeneralSde<T, W> where TNoise : struct, INoise<W>
    {
        var plan = step.Plan;
        var f = T.Settle(sde.Drift(x, step.From));
        if (Order > 1) history.Push(new HistoryEntry<T>(step.From, x, f));
        if (plan.Used == 0) return RungeKuttaThreeEighths.Step<T, W, TSde>(plan.Step, plan.First, plan.Second, step.To, x, f, ref sde);
        var y = x + plan.Weights[0] * f;
        for (var j = 1; j < plan.Used; j++) y += plan.Weights[j] * history[j].Output;
        return y;
    }

    private static double Lagrange(ReadOnlySpan<double> nodes, int j, double at)
    {
        var product = 1.0;
        for (var m = 0; m < nodes.Length; m++)
            if (m != j) product *= (at - nodes[m]) / (nodes[j] - nodes[m]);
        return product;
    }

    /// <summary>h; the levels one and two thirds of the way for the start; how many slopes are used, 0 for a step of the start; their weights.</summary>
    public readonly record struct Coefficients(double Step, Level First, Level Second, int Used, Weights Weights) : IStepPlan
    {
        /// <inheritdoc/>
        public int Order => Used == 0 ? 4 : Used;

        /// <inheritdoc/>
        public int Evaluations => Used == 0 ? 4 : 1;
    }

    /// <summary>A weight for each slope, newest first, with the step size in it.</summary>
    [InlineArray(Highest)]
    public struct Weights
    {
        private double _first;
    }
}
