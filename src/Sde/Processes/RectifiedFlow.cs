using static ScoreSde.Sde.CancellationFree;

namespace ScoreSde.Sde;

/// <summary>x_t = (1 − t) x_0 + t ε (Liu et al., 2209.03003; Lipman et al., 2210.02747, with time running from data to noise).</summary>
/// <remarks>f = −1/(1 − t) and g² = 2t/(1 − t), infinite at t = 1, where α is exactly 0. Its own output, ε − x_0, is not the v of <see cref="Parametrisation.Velocity"/>.</remarks>
[Named("flow")]
public sealed class RectifiedFlow : ForwardSde
{
    /// <inheritdoc/>
    public override string Name => "flow";

    /// <inheritdoc/>
    public override double LogAlpha(double t) => Log1p(-t);

    /// <inheritdoc/>
    public override double LogSigma(double t) => Math.Log(t);

    /// <inheritdoc/>
    public override double Drift(double t) => -1 / (1 - t);

    /// <inheritdoc/>
    public override double DiffusionSquared(double t) => 2 * t / (1 - t);

    /// <inheritdoc/>
    /// <remarks>(1 − t)/t = e^λ.</remarks>
    public override double TimeOfLambda(double lambda) =>
        double.IsNaN(lambda) ? throw MonotoneRoot.OutOfRange(lambda, Lambda(1), Lambda(0), "λ") : 1 / (1 + Math.Exp(lambda));
}
