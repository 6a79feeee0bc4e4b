using ScoreSde.Sde;

namespace ScoreSde.Solvers.Grids;

/// <summary>Equal steps of √t: denser near the data (DDIM, 2010.02502, appendix D.2, "quadratic").</summary>
public sealed record QuadraticTime : IGridRule
{
    /// <inheritdoc/>
    public string Name => "quadratic";

    /// <inheritdoc/>
    public string Description => "equal steps of the square root of time, denser near the data";

    /// <inheritdoc/>
    public double[] Times(ITimeline timeline, int steps, double from, double to)
    {
        var (a, b) = (Math.Sqrt(from), Math.Sqrt(to));
        return GridTimes.Build(steps, from, to, u =>
        {
            var root = a + u * (b - a);
            return root * root;
        });
    }
}
