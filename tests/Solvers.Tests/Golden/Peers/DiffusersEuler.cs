using ScoreSde.Solvers.Diffusion;

namespace ScoreSde.Solvers.Tests.Golden.Peers;

/// <summary>
/// diffusers' Euler without churn, on y = x/α: y + (σ' − σ) ε(y, σ). That is DDIM with α = 1, for ŷ_0 = y − σ ε gives ŷ_0 + σ' ε.
/// </summary>
internal sealed class DiffusersEuler : IPeer
{
    public bool Made(GoldenFile file) => Diffusers.Made(file, "EulerDiscreteScheduler");

    public void Repeat(GoldenFile file, Checks checks)
    {
        var settings = Diffusers.Common(file, "VE (x = alpha-unscaled)").Only(0, "s_churn").Beside("s_tmin", "s_tmax", "s_noise");
        settings.Choice("timestep_type", "discrete");
        var start = Diffusers.Start(file);
        settings.Done();
        new Repetition(new Ddim(), NoiseClock.Exploding.Through(file.Grid("sigmas")), start)
            .Compare(file, checks, file.Grid("model_sigma_ve"), Diffusers.NoiseToSignal);
    }
}
