using ScoreSde.Sde.General;

namespace ScoreSde.Solvers.Processes;

/// <summary>Uniform on [0, side] in every coordinate: a wide Gaussian folded (<see cref="Folding.UniformWidth"/>).</summary>
/// <param name="Side">Length of the box.</param>
public readonly record struct UniformPrior<T>(double Side) : IPrior<T> where T : IElementwise<T>
{
    /// <inheritdoc/>
    public T Draw(T normals) => T.Map(new FoldMap(Side), Folding.UniformWidth * Side * normals);
}
