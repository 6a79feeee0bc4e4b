using static ScoreSde.Sde.CancellationFree;

namespace ScoreSde.Sde;

/// <summary>
/// dx = −½β x dt + √β dW, with σ² = 1 − α² (Song et al., 2011.13456, section 3.4; DDPM's chain is its restriction to t_k = k/T).
/// </summary>
/// <remarks>Note: docs/derivations/vp-kernels.md.</remarks>
/// <param name="schedule">α and β.</param>
[Named("vp")]
public sealed class VariancePreserving(NoiseSchedule schedule) : ForwardSde
{
    /// <summary>α and β.</summary>
    public NoiseSchedule Schedule { get; } = schedule;

    /// <inheritdoc/>
    public override string Name => "vp-" + Schedule.Name;

    /// <summary>N(0, I).</summary>
    public override PriorLaw Prior => PriorLaw.Standard;

    /// <inheritdoc/>
    public override double LogAlpha(double t) => Schedule.LogAlpha(t);

    /// <inheritdoc/>
    public override double LogSigma(double t) => 0.5 * Log1mExp(2 * Schedule.LogAlpha(t));

    /// <inheritdoc/>
    public override double Drift(double t) => -0.5 * Schedule.Beta(t);

    /// <inheritdoc/>
    public override double DiffusionSquared(double t) => Schedule.Beta(t);

    /// <inheritdoc/>
    /// <remarks>α² = 1/(1 + e^{−2λ}), as a logarithm in the form that does not overflow.</remarks>
    public override double TimeOfLambda(double lambda) =>
        Schedule.TimeOfLogAlpha(lambda > 0 ? -0.5 * Log1p(Math.Exp(-2 * lambda)) : lambda - 0.5 * Log1p(Math.Exp(2 * lambda)));
}
