using ScoreSde.Sde;

namespace ScoreSde.Solvers.Noise;

/// <summary>The clock a path runs in: the variance of its increment between two times is the difference of their clock readings.</summary>
public interface IPathClock
{
    /// <summary>The reading at a time: strictly monotone and finite.</summary>
    double At(double time);
}

/// <summary>
/// The exact clock of the reverse diffusion with noise rate r = η²: (α/σ)^2r. The noise of a step from s to t is then
/// σ_t (σ_t/α_t)^r times the path's increment, at every step size, so that for a constant denoiser one big step equals many small ones.
/// </summary>
/// <param name="Sde">The forward process.</param>
/// <param name="Rate">r > 0.</param>
public readonly record struct DiffusionClock(ForwardSde Sde, double Rate) : IPathClock
{
    /// <inheritdoc/>
    public double At(double time) => Math.Exp(2 * Rate * Sde.Lambda(time));
}
