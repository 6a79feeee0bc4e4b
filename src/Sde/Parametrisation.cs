namespace ScoreSde.Sde;

/// <summary>What a network gives out. Each is an affine function of another with coefficients that depend on the level only.</summary>
public enum Parametrisation
{
    /// <summary>ε, the noise in x = α x_0 + σ ε (Ho et al., 2006.11239).</summary>
    Epsilon,

    /// <summary>x_0, the data.</summary>
    Denoised,

    /// <summary>v = α ε − σ x_0 (Salimans and Ho, 2202.00512).</summary>
    Velocity,

    /// <summary>s = −ε/σ, the gradient of log p_t(x).</summary>
    Score,
}
