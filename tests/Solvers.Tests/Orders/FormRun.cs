using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Scores;
using ScoreSde.Solvers.States;

namespace ScoreSde.Solvers.Tests.Orders;

/// <summary>Runs a solver on linear forms with Gaussian data: the exact law of the sampler, no random number drawn.</summary>
internal static class FormRun
{
    public static RunResult<LinearForm> Run(ISolver solver, TimeGrid grid, double mean, double variance, LinearForm? start = null, double? eta = null) =>
        Sampler.Run(solver, Walk.Straight(grid), start ?? LinearForm.Identity,
            new AffineScore<LinearForm>(LinearForm.OfConstant(mean), variance), new FormNoise(4), eta: eta);

    /// <summary>Distance of the sampler's transition law x ↦ N(A x + b, c²) from the exact one: max of the relative errors of A, b and c².</summary>
    public static double TransitionError(ISolver solver, ForwardSde sde, IGridRule rule, int steps, double from, double to, Gaussian law, double rate, double? eta = null)
    {
        var form = Run(solver, TimeGrid.Create(sde, rule, steps, from, to), law.Mean[0], law.Eigenvalues[0], eta: eta).State;
        var (a, b, variance) = Exact(sde.At(from), sde.At(to), law, rate);
        var error = Math.Max(Math.Abs(form.Start - a), Math.Abs(form.Constant - b));
        return Math.Max(error, Math.Abs(form.NoiseVariance - variance));
    }

    /// <summary>Distance of the sampler's marginal from the exact one when it starts from the exact one: max of the errors of mean and variance.</summary>
    public static double MarginalError(ISolver solver, ForwardSde sde, IGridRule rule, int steps, double from, double to, Gaussian law, double? eta = null)
    {
        var form = Run(solver, TimeGrid.Create(sde, rule, steps, from, to), law.Mean[0], law.Eigenvalues[0], eta: eta).State;
        Level t = sde.At(from), s = sde.At(to);
        var mean = form.Mean(t.Alpha * law.Mean[0]) - s.Alpha * law.Mean[0];
        return Math.Max(Math.Abs(mean), Math.Abs(form.Variance(law.VarianceAt(0, t)) - law.VarianceAt(0, s)));
    }

    private static (double A, double B, double Variance) Exact(in Level t, in Level s, Gaussian law, double rate)
    {
        var kernel = law.Reverse(0, t, s, rate);
        var mean = law.Mean[0];
        return (kernel.Scale, s.Alpha * mean - kernel.Scale * t.Alpha * mean, kernel.Variance);
    }
}
