using static ScoreSde.Sde.CancellationFree;

namespace ScoreSde.Sde;

/// <summary>
/// The discrete chain x_0, …, x_T of a process at the times t_k = k/T: DDPM's chain (Ho et al., 2006.11239, section 2) where the process is
/// variance-preserving. A view: the process and the chain have the same marginals, and nothing is approximated.
/// </summary>
public sealed class DiscreteChain
{
    private readonly Level[] levels;

    /// <summary>The chain of T steps of a process.</summary>
    /// <exception cref="ArgumentOutOfRangeException">T is not positive.</exception>
    public DiscreteChain(ForwardSde process, int steps)
    {
        if (steps < 1) throw new ArgumentOutOfRangeException(nameof(steps), steps, FormattableString.Invariant($"a chain has at least one step; given {steps}"));
        Process = process;
        levels = new Level[steps + 1];
        for (var k = 0; k <= steps; k++)
            levels[k] = process.At(k == steps ? process.End : process.Start + (process.End - process.Start) * k / steps);
    }

    /// <summary>The chain of given betas.</summary>
    /// <exception cref="ArgumentException">There is none, or one is not in (0, 1).</exception>
    public static DiscreteChain FromBetas(ReadOnlySpan<double> betas) =>
        new(new VariancePreserving(new DiscreteSchedule(betas)), betas.Length);

    /// <summary>The process of which this is a view.</summary>
    public ForwardSde Process { get; }

    /// <summary>T.</summary>
    public int Steps => levels.Length - 1;

    /// <summary>The levels of t_0 = data, …, t_T = noise.</summary>
    public ReadOnlySpan<Level> Levels => levels;

    /// <summary>β_k = 1 − (α_k/α_{k−1})², k = 1, …, T; those given, to the bit, where the chain was made of betas.</summary>
    public double Beta(int k)
    {
        RequireStep(k);
        return Process is VariancePreserving { Schedule: DiscreteSchedule table } && table.Steps == Steps
            ? table.Betas[k - 1]
            : -Expm1(2 * (levels[k].LogAlpha - levels[k - 1].LogAlpha));
    }

    /// <summary>q(x_k | x_{k−1}), k = 1, …, T: √(1 − β_k)·x and β_k for a variance-preserving process.</summary>
    public GaussianKernel Step(int k)
    {
        var beta = Beta(k);
        return Process is VariancePreserving ? new GaussianKernel(Math.Sqrt(1 - beta), beta) : GaussianKernel.Between(levels[k - 1], levels[k]);
    }

    /// <summary>q(x_k | x_0) in closed form: √ᾱ_k·x_0 and 1 − ᾱ_k, ᾱ_k by its logarithm.</summary>
    public GaussianKernel FromData(int k) => GaussianKernel.Between(levels[0], levels[k]);

    /// <summary>q(x_{k−1} | x_k, x_0), k = 1, …, T.</summary>
    public Posterior Posterior(int k)
    {
        RequireStep(k);
        return Sde.Posterior.Between(levels[k - 1], levels[k]);
    }

    private void RequireStep(int k)
    {
        if (k < 1 || k > Steps) throw new ArgumentOutOfRangeException(nameof(k), k, FormattableString.Invariant($"steps are 1 to {Steps}; given {k}"));
    }
}
