namespace ScoreSde.Sde;

/// <summary>What turns one parametrisation into another at a level: <see cref="State"/>·x + <see cref="Output"/>·output.</summary>
public readonly record struct OutputConversion(double State, double Output)
{
    /// <summary>The conversion between two parametrisations.</summary>
    public static OutputConversion Between(Parametrisation from, Parametrisation to, in Level level)
    {
        // To ε, then from ε: x = α x0 + σ ε.
        var (a, b) = from switch
        {
            Parametrisation.Epsilon => (0.0, 1.0),
            Parametrisation.Denoised => (1 / level.Sigma, -level.Alpha / level.Sigma),
            Parametrisation.Score => (0.0, -level.Sigma),
            _ => (level.Sigma, level.Alpha),
        };
        return to switch
        {
            Parametrisation.Epsilon => new(a, b),
            Parametrisation.Denoised => new((1 - level.Sigma * a) / level.Alpha, -level.Sigma * b / level.Alpha),
            Parametrisation.Score => new(-a / level.Sigma, -b / level.Sigma),
            _ => new(a, b),
        };
    }
}
