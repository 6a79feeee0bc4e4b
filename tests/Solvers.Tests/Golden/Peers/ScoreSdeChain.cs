using ScoreSde.Sde;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.States;

namespace ScoreSde.Solvers.Tests.Golden.Peers;

/// <summary>
/// The predictors of score_sde_pytorch that walk a table of N levels by the index floor(t (N − 1)) while the score is asked at t itself.
/// </summary>
/// <remarks>
/// VP, ancestral: (x + β s)/√(1 − β) + √β z. With σ² = 1 − ᾱ of the table, x̂_0 = (x + σ² s)/α and q(x_{k−1} | x_k, x̂_0) this is DDPM's step with
/// the large variance: the factor of s is (1 − e^{−2h}) σ²/√(1 − β) = β/√(1 − β), that of x comes to 1/√(1 − β).
/// VE with σ' the next smaller level, 0 below the first: x + (σ² − σ'²) s is the same mean, (σ'/σ)² x + (1 − (σ'/σ)²) x̂_0; ancestral adds
/// noise of variance σ'²(σ² − σ'²)/σ², DDPM's small one, and reverse diffusion one of variance σ² − σ'², its large one.
/// Reverse diffusion for VP, (2 − √(1 − β)) x + β s, is none of our steps.
/// </remarks>
internal abstract class ScoreSdeChain(string predictor) : IPeer
{
    public bool Made(GoldenFile file) => ScoreSdePytorch.Made(file, predictor);

    public void Repeat(GoldenFile file, Checks checks)
    {
        var (process, n) = ScoreSdePytorch.Common(file, predictor);
        var denoise = file.Settings.Flag("denoise", true);
        if (file.Settings.Flag("probability_flow", false)) throw new NotCovered("probability_flow = true; only false is covered");
        var solver = new DdpmAncestral(Variance(process));
        file.Settings.Done();

        var times = ScoreSdePytorch.Times(file, process, n, checks);
        var (table, levels) = process is VarianceExploding ve ? Sigmas(ve, n) : Betas((VariancePreserving)process, n);
        var moves = Array.ConvertAll(times, t => (int)Math.Floor(t * (n - 1)) is var k ? new Move(levels[k + 1], levels[k], MoveKind.Solve) : default);
        var draws = ScoreSdePytorch.Draws(file, denoise);
        // Into σ = 0 the small variance is 0: the peer draws with that weight, ours does not draw.
        if (solver.Variance == PosteriorVariance.FixedSmall) draws = [.. draws.Where((_, i) => moves[i].To.Sigma > 0)];
        Array.Reverse(levels);
        new Repetition(solver, Walk.Disjointed(TimeGrid.OfLevels(table, levels), moves), ScoreSdePytorch.Start(file, process))
        {
            Noise = draws,
            ModelLevels = Array.ConvertAll(times, process.At),
        }.Compare(file, checks, times, l => l.Time);
    }

    /// <summary>The variance that is this predictor's for a process.</summary>
    /// <exception cref="NotCovered">The predictor's step for this process is none of ours.</exception>
    protected abstract PosteriorVariance Variance(ForwardSde process);

    private static (ForwardSde, Level[]) Betas(VariancePreserving process, int n)
    {
        var schedule = (LinearSchedule)process.Schedule;
        var chain = new VariancePreserving(DiscreteSchedule.LinearBetas(schedule.BetaMin / n, schedule.BetaMax / n, n));
        return (chain, [.. Enumerable.Range(0, n + 1).Select(k => chain.At((double)k / n))]);
    }

    private static (ForwardSde, Level[]) Sigmas(VarianceExploding process, int n) =>
        (NoiseClock.Exploding, [NoiseClock.Exploding.At(0), .. Enumerable.Range(0, n).Select(k => NoiseClock.Exploding.At(process.Sigma(k / (n - 1.0))))]);
}

/// <summary>Ancestral sampling: VP and VE.</summary>
internal sealed class ScoreSdeAncestral() : ScoreSdeChain("ancestral_sampling")
{
    protected override PosteriorVariance Variance(ForwardSde process) => process switch
    {
        VariancePreserving => PosteriorVariance.FixedLarge,
        VarianceExploding => PosteriorVariance.FixedSmall,
        _ => throw new NotCovered($"the peer has no ancestral sampling for {process.Name}"),
    };
}

/// <summary>Reverse diffusion: VE only.</summary>
internal sealed class ScoreSdeReverseDiffusion() : ScoreSdeChain("reverse_diffusion")
{
    protected override PosteriorVariance Variance(ForwardSde process) => process is VarianceExploding
        ? PosteriorVariance.FixedLarge
        : throw new NotCovered("reverse diffusion for VP, (2 − √(1 − β)) x + β s, is none of our steps");
}
