using ScoreSde.Solvers.Diffusion;

namespace ScoreSde.Solvers.Tests.Golden.Peers;

/// <summary>diffusers' Heun without churn, on y = x/α. Its list of sigmas has every inner one twice, once for each of the two calls.</summary>
internal sealed class DiffusersHeun : IPeer
{
    public bool Made(GoldenFile file) => Diffusers.Made(file, "HeunDiscreteScheduler");

    public void Repeat(GoldenFile file, Checks checks)
    {
        var settings = Diffusers.Common(file, "VE (x = alpha-unscaled)").Only(0, "s_churn").Only(1, "s_noise");
        var start = Diffusers.Start(file);
        settings.Done();
        new Repetition(new EdmHeun(), NoiseClock.Exploding.Through(Sigmas.Distinct(file.Grid("sigmas"))), start)
            .Compare(file, checks, file.Grid("model_sigma_ve"), Diffusers.NoiseToSignal);
    }
}
