using ScoreSde.Sde;

namespace ScoreSde.Solvers.Scores;

/// <summary>The exact score of a data law at every point of a batch.</summary>
/// <param name="Law">A law of the points' dimension.</param>
public readonly record struct PointsLawScore(IDataLaw Law) : IScore<Points>
{
    /// <inheritdoc/>
    public Parametrisation Output => Parametrisation.Score;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The points have another dimension than the law.</exception>
    public Points Evaluate(Points x, in Level level)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Dimension != Law.Dimension) throw new ArgumentException($"the law has {Law.Dimension} dimensions, the points have {x.Dimension}");
        var (law, at) = (Law, level);
        return x.Transform((point, score) => law.Score(point, at, score));
    }
}
