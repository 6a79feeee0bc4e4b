namespace ScoreSde.Solvers;

/// <summary>What is claimed of an order of convergence, and on what ground.</summary>
public abstract record OrderClaim
{
    private OrderClaim() { }

    /// <summary>The order that is claimed, on whatever ground; null where none is.</summary>
    public double? Claimed => this switch
    {
        Proven proven => proven.Order,
        Measured measured => measured.Order,
        _ => null,
    };

    /// <summary>There is a theorem.</summary>
    /// <param name="Order">The order.</param>
    /// <param name="Source">Paper and theorem, or textbook and chapter.</param>
    public sealed record Proven(double Order, string Source) : OrderClaim;

    /// <summary>There is no theorem, but the order is measured against exact references.</summary>
    public sealed record Measured(double Order) : OrderClaim;

    /// <summary>There is no order, for the reason given.</summary>
    public sealed record None(string Reason) : OrderClaim;
}

/// <summary>The orders of a solver, each towards the exact solution on a grid whose steps all shrink.</summary>
/// <param name="Deterministic">Order on an ordinary differential equation (the probability flow); what a run without noise does.</param>
/// <param name="Weak">Order of the transition law given the start.</param>
/// <param name="Strong">Order of paths for one Brownian motion.</param>
public sealed record Orders(OrderClaim Deterministic, OrderClaim Weak, OrderClaim Strong)
{
    private static readonly OrderClaim NoNoise = new OrderClaim.None("deterministic");

    /// <summary>The orders of a method without noise: only the flow's.</summary>
    /// <param name="deterministic">Order on an ordinary differential equation.</param>
    public static Orders OfFlow(OrderClaim deterministic) => new(deterministic, NoNoise, NoNoise);

    /// <summary>The orders of a method whose noise has a rate, 0 being no noise.</summary>
    /// <param name="rate">r = η².</param>
    /// <param name="deterministic">Order on an ordinary differential equation.</param>
    /// <param name="weak">Order of the transition law, where there is noise.</param>
    /// <param name="strong">Order of paths, where there is noise.</param>
    public static Orders AtRate(double rate, OrderClaim deterministic, OrderClaim weak, OrderClaim strong) =>
        rate == 0 ? OfFlow(deterministic) : new Orders(deterministic, weak, strong);
}
