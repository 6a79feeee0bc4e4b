using static ScoreSde.Sde.CancellationFree;

namespace ScoreSde.Sde;

/// <summary>
/// dx = −½β x dt + √(β(1 − e^{−2∫β})) dW, with σ = 1 − α², below the σ of <see cref="VariancePreserving"/> at every time
/// (Song et al., 2011.13456, section 3.4).
/// </summary>
/// <remarks>e^{−2∫β} = α⁴. Note: docs/derivations/vp-kernels.md.</remarks>
/// <param name="schedule">α and β.</param>
[Named("subvp")]
public sealed class SubVariancePreserving(NoiseSchedule schedule) : ForwardSde
{
    /// <summary>α and β.</summary>
    public NoiseSchedule Schedule { get; } = schedule;

    /// <inheritdoc/>
    public override string Name => "subvp-" + Schedule.Name;

    /// <summary>N(0, I).</summary>
    public override PriorLaw Prior => PriorLaw.Standard;

    /// <inheritdoc/>
    public override double LogAlpha(double t) => Schedule.LogAlpha(t);

    /// <inheritdoc/>
    public override double LogSigma(double t) => Log1mExp(2 * Schedule.LogAlpha(t));

    /// <inheritdoc/>
    public override double Drift(double t) => -0.5 * Schedule.Beta(t);

    /// <inheritdoc/>
    public override double DiffusionSquared(double t) => Schedule.Beta(t) * -Expm1(4 * Schedule.LogAlpha(t));

    /// <inheritdoc/>
    /// <remarks>e^{−λ} = (1 − α²)/α = 2 sinh(−log α); where that overflows, α = e^λ.</remarks>
    public override double TimeOfLambda(double lambda) =>
        Schedule.TimeOfLogAlpha(lambda < -700 ? lambda : -Math.Asinh(0.5 * Math.Exp(-lambda)));
}
