using ScoreSde.Solvers.Diffusion;

namespace ScoreSde.Solvers.Tests.Golden.Peers;

/// <summary>
/// diffusers' multistep DPM-Solver of order 1: (σ'/σ) x − α'(e^{−h} − 1) x̂_0, h = λ' − λ, which is DDIM (α' x̂_0 + σ' ε with ε = (x − α x̂_0)/σ,
/// and σ' α/σ = α' e^{−h}); the noise-predicting kind is the same formula in ε. Its stochastic data-predicting kind adds σ'√(1 − e^{−2h}) z to
/// (σ'/σ) e^{−h} x + α'(1 − e^{−2h}) x̂_0: DDIM at η_d = 1. What it does with lower orders at the end has no meaning at order 1. Levels are
/// α = 1/√(1 + n²) for its sigmas n; it draws in every step, also into n = 0.
/// </summary>
internal sealed class DiffusersDpmSolver : IPeer
{
    public bool Made(GoldenFile file) => Diffusers.Made(file, "DPMSolverMultistepScheduler");

    public void Repeat(GoldenFile file, Checks checks)
    {
        var settings = Diffusers.Common(file, "VP").Only(1, "solver_order").Beside("solver_type", "lower_order_final", "euler_at_final", "lambda_min_clipped");
        settings.RequiredNumber("solver_order");
        var eta = settings.Choice("algorithm_type", "dpmsolver++", "dpmsolver", "sde-dpmsolver++") == "sde-dpmsolver++" ? 1 : 0;
        var start = Diffusers.Start(file);
        settings.Done();
        var walk = NoiseClock.Preserving.Through(file.Grid("sigmas"));
        var draws = file.Noise.Where((_, i) => walk.Moves[i].To.Sigma > 0).ToArray();
        new Repetition(new Ddim(eta), walk, start) { Noise = draws }
            .Compare(file, checks, file.Grid("model_sigma_ve"), Diffusers.NoiseToSignal);
    }
}
