using ScoreSde.Sde.General;

namespace ScoreSde.Solvers.Processes;

/// <summary>N(mean, deviation² I).</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Deviation">Standard deviation of every coordinate.</param>
public readonly record struct GaussianPrior<T>(T Mean, double Deviation) : IPrior<T> where T : IState<T>
{
    /// <inheritdoc/>
    public T Draw(T normals) => Mean + Deviation * normals;
}
