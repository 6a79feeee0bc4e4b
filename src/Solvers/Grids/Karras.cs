using ScoreSde.Sde;

namespace ScoreSde.Solvers.Grids;

/// <summary>Equal steps of (σ/α)^{1/ρ} (Karras et al., 2206.00364, eq. 5), ρ = 7 by default.</summary>
/// <param name="Rho">ρ &gt; 0: larger puts more steps at low noise.</param>
public sealed record Karras(double Rho = 7) : IGridRule
{
    /// <inheritdoc/>
    public string Name => "karras";

    /// <inheritdoc/>
    public string Description => "equal steps of (sigma/alpha)^(1/rho), rho = 7";

    /// <inheritdoc/>
    public double[] Times(ITimeline timeline, int steps, double from, double to)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Rho);
        var sde = GridTimes.Diffusion(timeline, Name);
        // (σ/α)^{1/ρ} = e^{−λ/ρ}.
        var a = Math.Exp(-GridTimes.FiniteLambda(sde, from, Name) / Rho);
        var b = Math.Exp(-GridTimes.FiniteLambda(sde, to, Name) / Rho);
        return GridTimes.Build(steps, from, to, u => sde.TimeOfLambda(-Rho * Math.Log(a + u * (b - a))));
    }
}
