using ScoreSde.Solvers.Diffusion;

namespace ScoreSde.Solvers.Tests.Golden.Peers;

/// <summary>
/// diffusers' DDIM: from timestep k it steps to k − 1000/steps, whatever the next timestep is; below 0 that is ᾱ = 1, or the table's first entry
/// where set_alpha_to_one is off. With η > 0 it draws in every step, also into σ = 0 where the draw has no weight.
/// </summary>
internal sealed class DiffusersDdim : IPeer
{
    public bool Made(GoldenFile file) => Diffusers.Made(file, "DDIMScheduler");

    public void Repeat(GoldenFile file, Checks checks)
    {
        var settings = Diffusers.Common(file, "VP");
        var eta = settings.Number("eta") ?? 0;
        var stride = 1000 / settings.RequiredInteger("num_inference_steps");
        var last = settings.Flag("set_alpha_to_one", true) ? -1 : 0;
        var start = Diffusers.Start(file);
        settings.Done();

        var timesteps = file.Grid("timesteps");
        var walk = Diffusers.Table(timesteps, i => Diffusers.LevelOf(timesteps[i] - stride is >= 0 and var next ? next : last));
        var draws = eta == 0 ? [] : file.Noise.Where((_, i) => walk.Moves[i].To.Sigma > 0).ToArray();
        new Repetition(new Ddim(eta), walk, start) { Noise = draws }
            .Compare(file, checks, file.Grid("model_sigma_ve"), Diffusers.NoiseToSignal);
    }
}
