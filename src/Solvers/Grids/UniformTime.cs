using ScoreSde.Sde;

namespace ScoreSde.Solvers.Grids;

/// <summary>Equal steps of time: what DDPM's chain walks, and the only rule that makes sense for a process without σ.</summary>
public sealed record UniformTime : IGridRule
{
    /// <inheritdoc/>
    public string Name => "uniform-t";

    /// <inheritdoc/>
    public string Description => "equal steps of time";

    /// <inheritdoc/>
    public double[] Times(ITimeline timeline, int steps, double from, double to) => GridTimes.Build(steps, from, to, u => from + u * (to - from));
}
