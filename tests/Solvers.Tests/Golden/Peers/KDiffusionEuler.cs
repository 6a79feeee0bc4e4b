using ScoreSde.Solvers.Diffusion;

namespace ScoreSde.Solvers.Tests.Golden.Peers;

/// <summary>k-diffusion's Euler without churn: DDIM with α = 1 (see <see cref="DiffusersEuler"/>). Its draws are unused without churn.</summary>
internal sealed class KDiffusionEuler : IPeer
{
    public bool Made(GoldenFile file) => KDiffusion.Made(file, "sample_euler");

    public void Repeat(GoldenFile file, Checks checks)
    {
        KDiffusion.Common(file).Only(0, "s_churn").Beside("s_tmin", "s_tmax", "s_noise").Done();
        var (start, sigmas) = KDiffusion.Problem(file, checks);
        new Repetition(new Ddim(), NoiseClock.Exploding.Through(sigmas), start).Compare(file, checks, file.Grid("model_sigmas"), l => l.NoiseToSignal);
    }
}
