namespace ScoreSde.Sde;

/// <summary>
/// One point of a grid: a time and what the forward process is there, computed once in double. Solvers take their numbers from levels
/// and from nowhere else.
/// </summary>
/// <remarks>
/// The marginal given data is x_t = α x_0 + σ ε. λ = log(α/σ) is half the log signal-to-noise ratio; it is −∞ where α = 0 and +∞ where
/// σ = 0, both legal. The forward SDE is dx = f x dt + g dW with f = <see cref="Drift"/>, g² = <see cref="DiffusionSquared"/>.
/// A process that is not of this linear form has a time only (<see cref="OfTime"/>); its other fields are NaN, so that use of them shows.
/// </remarks>
/// <param name="Time">t, 0 at data, 1 at noise for a diffusion.</param>
/// <param name="LogAlpha">log α(t).</param>
/// <param name="LogSigma">log σ(t).</param>
/// <param name="Alpha">α(t) ≥ 0.</param>
/// <param name="Sigma">σ(t) ≥ 0.</param>
/// <param name="Drift">f(t) = d log α/dt.</param>
/// <param name="DiffusionSquared">g²(t) = dσ²/dt − 2 f σ².</param>
public readonly record struct Level(
    double Time, double LogAlpha, double LogSigma, double Alpha, double Sigma, double Drift, double DiffusionSquared)
{
    /// <summary>λ = log(α/σ).</summary>
    public double Lambda => LogAlpha - LogSigma;

    /// <summary>σ/α: the noise level in the coordinates y = x/α, where the forward process only adds noise.</summary>
    public double NoiseToSignal => Math.Exp(LogSigma - LogAlpha);

    /// <summary>A level of a process that has no α and σ.</summary>
    public static Level OfTime(double time) =>
        new(time, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"t = {Time:g6} (α = {Alpha:g6}, σ = {Sigma:g6})");
}
