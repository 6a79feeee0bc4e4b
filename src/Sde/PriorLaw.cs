using static ScoreSde.Sde.CancellationFree;

namespace ScoreSde.Sde;

/// <summary>N(0, ρ² I), the law a reverse run starts from, and how far a diffused law is from it.</summary>
/// <remarks>Note: docs/derivations/prior-kl-bound.md.</remarks>
/// <param name="Deviation">ρ > 0.</param>
public readonly record struct PriorLaw(double Deviation)
{
    /// <summary>N(0, I).</summary>
    public static PriorLaw Standard => new(1);

    /// <summary>log density at x, natural logarithm.</summary>
    public double LogDensity(ReadOnlySpan<double> x)
    {
        var square = 0.0;
        foreach (var c in x) square += c * c;
        return -0.5 * square / (Deviation * Deviation) - x.Length * (Math.Log(Deviation) + LogRootTwoPi);
    }

    /// <summary>
    /// KL(q(x_t) ‖ N(0, ρ²I)) ≤ ½[α²E‖x_0‖²/ρ² + d(u − log(1 + u))] with 1 + u = σ²/ρ²: the mean over x_0 of the divergence of q(x_t|x_0),
    /// by convexity. For a variance-preserving process u = −α² and this is ½[α²E‖x_0‖² − d(α² + log(1 − α²))]. Equality for one point.
    /// </summary>
    public double DivergenceBound(IDataLaw law, in Level level) =>
        0.5 * (Square(level.Alpha / Deviation) * law.SecondMoment + law.Dimension * ExcessOverLog(VarianceExcess(level)));

    /// <summary>KL(q(x_t) ‖ N(0, ρ²I)) of a Gaussian law of x_0, exactly: ½[α²‖m‖²/ρ² + Σ (u_i − log(1 + u_i))], 1 + u_i = (α²s_i + σ²)/ρ².</summary>
    public double Divergence(Gaussian law, in Level level)
    {
        var excess = VarianceExcess(level);
        var signal = Square(level.Alpha / Deviation);
        var sum = 0.0;
        foreach (var m in law.Mean) sum += signal * m * m;
        foreach (var s in law.Eigenvalues) sum += ExcessOverLog(signal * s + excess);
        return 0.5 * sum;
    }

    internal const double LogRootTwoPi = 0.91893853320467274178;

    /// <summary>σ²/ρ² − 1 without cancellation.</summary>
    private double VarianceExcess(in Level level)
    {
        // Near 1, exp(log σ) has lost what 1 − σ² needs; −α² of the variance-preserving case is in log σ to all digits.
        return Expm1(2 * (level.LogSigma - Math.Log(Deviation)));
    }

    private static double Square(double x) => x * x;
}
