using ScoreSde.Sde;

namespace ScoreSde.Solvers.Grids;

/// <summary>Equal steps of λ = log(α/σ), the clock of exponential integrators (DPM-Solver, 2206.00927, section 3.1).</summary>
public sealed record UniformLambda : IGridRule
{
    /// <inheritdoc/>
    public string Name => "uniform-lambda";

    /// <inheritdoc/>
    public string Description => "equal steps of log(alpha/sigma)";

    /// <inheritdoc/>
    public double[] Times(ITimeline timeline, int steps, double from, double to)
    {
        var sde = GridTimes.Diffusion(timeline, Name);
        var (a, b) = (GridTimes.FiniteLambda(sde, from, Name), GridTimes.FiniteLambda(sde, to, Name));
        return GridTimes.Build(steps, from, to, u => sde.TimeOfLambda(a + u * (b - a)));
    }
}
