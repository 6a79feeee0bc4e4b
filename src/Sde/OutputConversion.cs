namespace ScoreSde.Sde;

/// <summary>One parametrisation from another at a level: <see cref="OfState"/>·x + <see cref="OfOutput"/>·output.</summary>
/// <remarks>
/// All follow from x = α x_0 + σ ε, v = α ε − σ x_0 and s = −ε/σ; n² = α² + σ² is 1 for a variance-preserving process only.
/// Table and derivation: docs/derivations/conversions-and-eta.md.
/// </remarks>
/// <param name="OfState">Coefficient of x.</param>
/// <param name="OfOutput">Coefficient of the output.</param>
public readonly record struct OutputConversion(double OfState, double OfOutput)
{
    /// <summary>The conversion between two parametrisations at a level.</summary>
    /// <exception cref="InvalidOperationException">It is undefined there: a division by α = 0 or σ = 0, named with the level.</exception>
    public static OutputConversion Between(Parametrisation from, Parametrisation to, in Level level)
    {
        if (from == to) return new OutputConversion(0, 1);
        double a = level.Alpha, s = level.Sigma, n2 = a * a + s * s;
        var needsSignal = (from is Parametrisation.Epsilon or Parametrisation.Score) && (to is Parametrisation.Denoised or Parametrisation.Velocity);
        var needsNoise = from == Parametrisation.Denoised || to == Parametrisation.Score;
        if (needsSignal && a == 0) throw Undefined(from, to, level, "α");
        if (needsNoise && s == 0) throw Undefined(from, to, level, "σ");
        return (from, to) switch
        {
            (Parametrisation.Epsilon, Parametrisation.Denoised) => new(1 / a, -s / a),
            (Parametrisation.Epsilon, Parametrisation.Velocity) => new(-s / a, n2 / a),
            (Parametrisation.Epsilon, Parametrisation.Score) => new(0, -1 / s),
            (Parametrisation.Denoised, Parametrisation.Epsilon) => new(1 / s, -a / s),
            (Parametrisation.Denoised, Parametrisation.Velocity) => new(a / s, -n2 / s),
            (Parametrisation.Denoised, Parametrisation.Score) => new(-1 / (s * s), a / (s * s)),
            (Parametrisation.Velocity, Parametrisation.Epsilon) => new(s / n2, a / n2),
            (Parametrisation.Velocity, Parametrisation.Denoised) => new(a / n2, -s / n2),
            (Parametrisation.Velocity, Parametrisation.Score) => new(-1 / n2, -a / (s * n2)),
            (Parametrisation.Score, Parametrisation.Epsilon) => new(0, -s),
            (Parametrisation.Score, Parametrisation.Denoised) => new(1 / a, s * s / a),
            (Parametrisation.Score, Parametrisation.Velocity) => new(-s / a, -s * n2 / a),
            _ => throw new ArgumentOutOfRangeException(nameof(to), to, $"no parametrisation is called {from} or {to}"),
        };
    }

    /// <summary>The converted output.</summary>
    public double Apply(double x, double output) => OfState * x + OfOutput * output;

    private static InvalidOperationException Undefined(Parametrisation from, Parametrisation to, in Level level, string zero) =>
        new($"{to} does not follow from {from} where {zero} = 0: {level}");
}
