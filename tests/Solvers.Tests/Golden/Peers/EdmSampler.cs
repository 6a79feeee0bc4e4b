using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.Grids;

namespace ScoreSde.Solvers.Tests.Golden.Peers;

/// <summary>EDM's own sampler without churn: Heun on a Karras grid from sigma_max to sigma_min, then Euler into 0.</summary>
internal sealed class EdmSampler : IPeer
{
    public bool Made(GoldenFile file) => file.Repository == "NVlabs/edm" && file.Where == "generate.py:edm_sampler";

    public void Repeat(GoldenFile file, Checks checks)
    {
        var settings = file.Settings.Only(0, "S_churn").Beside("S_min", "S_max", "S_noise");
        settings.Choice("coords", "VE");
        var (steps, rho) = (settings.RequiredInteger("num_steps"), settings.Number("rho") ?? 7);
        var (least, greatest) = (settings.RequiredNumber("sigma_min"), settings.RequiredNumber("sigma_max"));
        settings.Done();

        double[] sigmas = [.. Sigmas.Distinct(file.Grid("model_sigmas")), 0];
        double[] own = [.. new Karras(rho).Times(NoiseClock.Exploding, steps - 1, greatest, least), 0];
        checks.Numbers("sigmas of the grid karras", sigmas, own);
        new Repetition(new EdmHeun(), NoiseClock.Exploding.Through(sigmas), greatest * file.Start)
            .Compare(file, checks, file.Grid("model_sigmas"), l => l.NoiseToSignal);
    }
}
