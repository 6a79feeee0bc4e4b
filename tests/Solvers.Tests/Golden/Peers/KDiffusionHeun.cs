using ScoreSde.Solvers.Diffusion;

namespace ScoreSde.Solvers.Tests.Golden.Peers;

/// <summary>k-diffusion's Heun without churn: EDM's. Its draws are unused without churn.</summary>
internal sealed class KDiffusionHeun : IPeer
{
    public bool Made(GoldenFile file) => KDiffusion.Made(file, "sample_heun");

    public void Repeat(GoldenFile file, Checks checks)
    {
        KDiffusion.Common(file).Only(0, "s_churn").Beside("s_tmin", "s_tmax", "s_noise").Done();
        var (start, sigmas) = KDiffusion.Problem(file, checks);
        new Repetition(new EdmHeun(), NoiseClock.Exploding.Through(sigmas), start).Compare(file, checks, file.Grid("model_sigmas"), l => l.NoiseToSignal);
    }
}
