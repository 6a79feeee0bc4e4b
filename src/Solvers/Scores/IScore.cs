using ScoreSde.Sde;

namespace ScoreSde.Solvers.Scores;

/// <summary>
/// A score model: a network or an exact law. It answers in one parametrisation; ε, x_0, v and score are scalar-coefficient conversions of
/// each other, made by <see cref="Prediction{T}"/>.
/// </summary>
public interface IScore<T> where T : IState<T>
{
    /// <summary>What <see cref="Evaluate"/> returns.</summary>
    Parametrisation Output { get; }

    /// <summary>One evaluation of the model at x on a level. Same shape as x.</summary>
    T Evaluate(T x, in Level level);
}
