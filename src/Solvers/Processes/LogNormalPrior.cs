using ScoreSde.Sde.General;

namespace ScoreSde.Solvers.Processes;

/// <summary>scale · exp(N(mean, deviation²)), coordinate by coordinate.</summary>
/// <param name="Scale">Factor in front, state by state.</param>
/// <param name="Mean">Mean of the exponent.</param>
/// <param name="Deviation">Standard deviation of the exponent.</param>
public readonly record struct LogNormalPrior<T>(T Scale, double Mean, double Deviation) : IPrior<T> where T : IElementwise<T>
{
    /// <inheritdoc/>
    public T Draw(T normals) => Math.Exp(Mean) * (Scale * T.Map(default(ExponentialMap), Deviation * normals));
}
