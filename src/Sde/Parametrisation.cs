namespace ScoreSde.Sde;

/// <summary>What a score model returns.</summary>
public enum Parametrisation
{
    /// <summary>ε, the noise in x = α x_0 + σ ε.</summary>
    Epsilon,

    /// <summary>x_0, the denoised sample.</summary>
    Denoised,

    /// <summary>v = α ε − σ x_0.</summary>
    Velocity,

    /// <summary>∇ log p_t(x) = −ε/σ.</summary>
    Score,
}
