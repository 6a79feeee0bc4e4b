using System.Runtime.CompilerServices;
using ScoreSde.Sde;

namespace ScoreSde.Solvers.Scores;

/// <summary>
/// The exact score of Gaussian data N(mean, variance) in one coordinate: s = −(x − α·mean)/(α²·variance + σ²), on any state. On linear forms
/// it turns a sampler into exact arithmetic; a Gaussian in d dimensions is d of these in its eigenbasis.
/// </summary>
/// <param name="Mean">The mean of x_0 as a state.</param>
/// <param name="Variance">Its variance, ≥ 0.</param>
public readonly record struct AffineScore<T>(T Mean, double Variance) : IScore<T> where T : IState<T>
{
    /// <inheritdoc/>
    public Parametrisation Output => Parametrisation.Score;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Evaluate(T x, in Level level)
    {
        var precision = 1 / (level.Alpha * level.Alpha * Variance + level.Sigma * level.Sigma);
        return precision * level.Alpha * Mean - precision * x;
    }
}
