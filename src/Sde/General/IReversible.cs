namespace ScoreSde.Sde.General;

/// <summary>An Itô SDE that can be run backwards once the score of its marginals is known.</summary>
/// <remarks>
/// The reverse process needs G = L Lᵀ beyond drift and diffusion: its divergence and its product with a vector
/// (Anderson, Reverse-time diffusion equation models, 1982; Haussmann and Pardoux, Time reversal of diffusions, 1986;
/// docs/derivations/reverse-of-general-sde.md).
/// </remarks>
/// <typeparam name="T">State.</typeparam>
/// <typeparam name="W">Noise.</typeparam>
public interface IReversible<T, W> : IGeneralSde<T, W>
{
    /// <summary>∇·G with (∇·G)_i = Σ_j ∂G_ij/∂x_j; zero where L does not depend on x.</summary>
    T DiffusionDivergence(T x, in Level at);

    /// <summary>G(x, t) v.</summary>
    T Spread(T x, in Level at, T v);

    /// <summary>Where a reverse run starts: the law of x at <see cref="ITimeline.End"/>, or what it tends to.</summary>
    IPrior<T> Prior { get; }
}
