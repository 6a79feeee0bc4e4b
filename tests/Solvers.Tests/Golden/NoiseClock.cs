using ScoreSde.Sde;
using ScoreSde.Solvers.Grids;

namespace ScoreSde.Solvers.Tests.Golden;

/// <summary>
/// A diffusion whose time is the noise level n = σ/α itself: the coordinates of libraries that count in sigmas. Either α = 1 (Karras et al.,
/// 2206.00364, σ(t) = t) or α² + σ² = 1, that is α = 1/√(1 + n²).
/// </summary>
internal sealed class NoiseClock(bool preservesVariance) : ForwardSde
{
    /// <summary>x = x_0 + n ε.</summary>
    public static NoiseClock Exploding { get; } = new(false);

    /// <summary>x = (x_0 + n ε)/√(1 + n²).</summary>
    public static NoiseClock Preserving { get; } = new(true);

    public override string Name => preservesVariance ? "noise-clock-vp" : "noise-clock-ve";

    public override double End => double.MaxValue;

    public override double LogAlpha(double t) => preservesVariance ? -0.5 * CancellationFree.Log1p(t * t) : 0;

    public override double LogSigma(double t) => Math.Log(t) + LogAlpha(t);

    public override double Drift(double t) => preservesVariance ? -t / (1 + t * t) : 0;

    // dσ²/dt − 2fσ²: 2t for α = 1; 2t/(1 + t²)² + 2t³/(1 + t²)² = 2t/(1 + t²) otherwise.
    public override double DiffusionSquared(double t) => preservesVariance ? 2 * t / (1 + t * t) : 2 * t;

    public override double TimeOfLambda(double lambda) => Math.Exp(-lambda);

    /// <summary>Through the given noise levels, which fall and may end at 0.</summary>
    public Walk Through(ReadOnlySpan<double> sigmas) => Walk.Straight(TimeGrid.OfTimes(this, sigmas));
}
