using ScoreSde.Sde;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.Scores;

namespace ScoreSde.Solvers.Processes;

/// <summary>The exact score of a drop of ink in a segment.</summary>
/// <param name="Law">The drop, of one dimension.</param>
public readonly record struct SegmentDropScore(InkDropLaw Law) : IScore<Scalar>
{
    /// <inheritdoc/>
    public Parametrisation Output => Parametrisation.Score;

    /// <inheritdoc/>
    public Scalar Evaluate(Scalar x, in Level level) => Law.Axis(0, level.Time).Score(x.Value);
}

/// <summary>The exact score of a drop of ink in a rectangle.</summary>
/// <param name="Law">The drop, of two dimensions.</param>
public readonly record struct RectangleDropScore(InkDropLaw Law) : IScore<Vector2State>
{
    /// <inheritdoc/>
    public Parametrisation Output => Parametrisation.Score;

    /// <inheritdoc/>
    public Vector2State Evaluate(Vector2State x, in Level level) =>
        new(Law.Axis(0, level.Time).Score(x.X), Law.Axis(1, level.Time).Score(x.Y));
}
