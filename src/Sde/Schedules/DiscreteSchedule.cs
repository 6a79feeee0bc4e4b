using System.Globalization;
using static ScoreSde.Sde.CancellationFree;

namespace ScoreSde.Sde;

/// <summary>
/// The schedule of a discrete chain of T betas made continuous: t_k = k/T, log ᾱ_k = Σ log(1 − β_j) and linear between, so that
/// β(t) = −T log(1 − β_k) on [t_{k−1}, t_k) and the chain (Ho et al., 2006.11239, section 2) is the exact restriction to the t_k.
/// </summary>
public sealed class DiscreteSchedule : NoiseSchedule
{
    private readonly string name;
    private readonly double[] betas;
    private readonly double[] logDecay; // log(1 − β_k), k = 1, …, T at index k − 1
    private readonly double[] logAlphaBar; // log ᾱ_k, k = 0, …, T

    /// <summary>A schedule of given betas.</summary>
    /// <exception cref="ArgumentException">There is none, or one is not in (0, 1).</exception>
    public DiscreteSchedule(ReadOnlySpan<double> betas)
        : this(betas, string.Create(CultureInfo.InvariantCulture, $"table of {betas.Length} betas"))
    {
    }

    private DiscreteSchedule(ReadOnlySpan<double> betas, string name)
    {
        if (betas.IsEmpty) throw new ArgumentException("a discrete schedule needs at least one beta", nameof(betas));
        this.name = name;
        this.betas = betas.ToArray();
        logDecay = new double[betas.Length];
        logAlphaBar = new double[betas.Length + 1];
        double sum = 0, lost = 0; // Kahan's sum: ᾱ_k right to an ulp at any T
        for (var k = 0; k < betas.Length; k++)
        {
            if (!(betas[k] is > 0 and < 1))
                throw new ArgumentException(FormattableString.Invariant($"betas are in (0, 1); beta {k + 1} of {betas.Length} is {betas[k]}"), nameof(betas));
            logDecay[k] = Log1p(-betas[k]);
            var term = logDecay[k] - lost;
            var next = sum + term;
            lost = next - sum - term;
            logAlphaBar[k + 1] = sum = next;
        }
    }

    /// <summary>T betas equally spaced from first to last: DDPM's choice is 1e-4 to 0.02 with T = 1000 (2006.11239, section 4).</summary>
    [Named("discrete-linear")]
    public static DiscreteSchedule LinearBetas(double first = 1e-4, double last = 0.02, int steps = 1000)
    {
        RequireSteps(steps);
        var betas = new double[steps];
        for (var k = 0; k < steps; k++) betas[k] = steps == 1 ? first : first + (last - first) * k / (steps - 1);
        return new DiscreteSchedule(betas, FormattableString.Invariant($"discrete-linear:{first},{last},{steps}"));
    }

    /// <summary>β_k = min(1 − ᾱ(k/T)/ᾱ((k−1)/T), clip) of the cosine schedule (Nichol and Dhariwal, 2102.09672, section 3.2).</summary>
    [Named("discrete-cosine")]
    public static DiscreteSchedule CosineBetas(int steps = 1000, double clip = 0.999, double s = 0.008)
    {
        RequireSteps(steps);
        var cosine = new CosineSchedule(s);
        var betas = new double[steps];
        for (var k = 0; k < steps; k++)
        {
            var ratio = 2 * (cosine.LogAlpha((k + 1.0) / steps) - cosine.LogAlpha((double)k / steps));
            betas[k] = Math.Min(-Expm1(ratio), clip);
        }
        return new DiscreteSchedule(betas, FormattableString.Invariant($"discrete-cosine:{steps},{clip},{s}"));
    }

    /// <summary>T.</summary>
    public int Steps => betas.Length;

    /// <summary>β_1, …, β_T (index k − 1).</summary>
    public ReadOnlySpan<double> Betas => betas;

    /// <summary>log ᾱ_0 = 0, …, log ᾱ_T.</summary>
    public ReadOnlySpan<double> LogAlphaBar => logAlphaBar;

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override double LogAlpha(double t)
    {
        var k = Interval(t, out var part);
        return 0.5 * (logAlphaBar[k] + part * logDecay[k]);
    }

    /// <inheritdoc/>
    public override double Beta(double t) => -Steps * logDecay[Interval(t, out _)];

    /// <inheritdoc/>
    public override double TimeOfLogAlpha(double logAlpha)
    {
        RequireReached(logAlpha);
        var wanted = 2 * logAlpha;
        int low = 0, high = Steps; // logAlphaBar[low] ≥ wanted ≥ logAlphaBar[high]
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (logAlphaBar[middle] >= wanted) low = middle;
            else high = middle;
        }
        return Math.Min(1, (low + (wanted - logAlphaBar[low]) / logDecay[low]) / Steps);
    }

    /// <summary>The interval [t_k, t_{k+1}) of a time and the part of it that has passed. k/T·T may miss k by an ulp; such a time is t_k.</summary>
    private int Interval(double t, out double part)
    {
        var x = t * Steps;
        var node = Math.Round(x);
        if (Math.Abs(x - node) <= double.BitIncrement(node) - node) x = node;
        var k = Math.Clamp((int)Math.Floor(x), 0, Steps - 1);
        part = x - k;
        return k;
    }

    private static void RequireSteps(int steps)
    {
        if (steps < 1) throw new ArgumentOutOfRangeException(nameof(steps), steps, FormattableString.Invariant($"a chain has at least one step; given {steps}"));
    }
}
