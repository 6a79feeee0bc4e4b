using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests;

/// <summary>
/// q(x_s | x_t = x) of data on the line, for noise of variance v added between: a x_s = x + √v z, z with density ∝ p_a(x + √v z) e^{−z²/2},
/// p_a the density of a x_s.
/// </summary>
internal sealed class ReverseKernel
{
    private const int Points = 400;
    private readonly Func<double, double> logShape;
    private readonly double centre, width, logNormaliser;

    private ReverseKernel(Func<double, double> logShape, double curvature, double slope)
    {
        this.logShape = logShape;
        // Where the density has its bulk: 1 + v l₂ is its variance and √v l₁ its mean; 12 deviations either way.
        (centre, width) = (slope, 12 * Math.Sqrt(curvature));
        logNormaliser = Math.Log(Integral(_ => 1, normalised: false));
    }

    /// <summary>The kernel to the level below t from which noise of variance v leads to t, at fixed t: α_s = α_t/√(1 − v), as in a VP chain.</summary>
    public ReverseKernel(GaussianMixture law, Level t, double x, double v)
        : this(law, t, x, v, Below(t, v), Math.Sqrt(1 - v))
    {
    }

    private ReverseKernel(GaussianMixture law, Level t, double x, double v, Level s, double a)
        : this(
            z => law.LogDensity([(x + Math.Sqrt(v) * z) / a], s) - law.LogDensity([x / a], s) - 0.5 * z * z,
            1 + v * LineMixture.LogDensityDerivatives(law, x, t, 2)[2],
            Math.Sqrt(v) * LineMixture.LogDensityDerivatives(law, x, t, 2)[1])
    {
    }

    /// <summary>The kernel between two levels of a process.</summary>
    public static ReverseKernel Between(GaussianMixture law, Level s, Level t, double x)
    {
        var kernel = GaussianKernel.Between(s, t);
        return new ReverseKernel(law, t, x, kernel.Variance, s, kernel.Scale);
    }

    /// <summary>The first four cumulants of z.</summary>
    public (double Mean, double Variance, double Third, double Fourth) Cumulants()
    {
        var mean = Integral(z => z);
        double Central(int n) => Integral(z => Math.Pow(z - mean, n));
        var variance = Central(2);
        return (mean, variance, Central(3), Central(4) - 3 * variance * variance);
    }

    /// <summary>KL(q ‖ the Gaussian of its mean and variance).</summary>
    public double Divergence()
    {
        var (mean, variance, _, _) = Cumulants();
        // ∫ g φ(r), r = log q/g, φ(r) = e^r r − e^r + 1 ≈ r²/2: of the same value as ∫ q log q/g, for both integrate to one, and a sum of
        // positive terms, so that a divergence of 1e-15 keeps its digits.
        var half = -0.5 * Math.Log(2 * Math.PI * variance);
        return Sum(z =>
        {
            var logG = half - 0.5 * (z - mean) * (z - mean) / variance;
            var r = logShape(z) - logNormaliser - logG;
            return Math.Exp(logG) * Excess(r);
        });
    }

    /// <summary>e^r r − e^r + 1 = e^r (r − (1 − e^{−r})), and 1 − e^{−r} = u gives r = −log(1 − u).</summary>
    private static double Excess(double r)
    {
        if (Math.Abs(r) > 0.01) return Math.Exp(r) * r - CancellationFree.Expm1(r);
        // Σ_{n≥2} rⁿ (1/(n−1)! − 1/n!) = r²/2 + r³/3 + r⁴/8 + r⁵/30 + r⁶/144 + …
        return r * r * (0.5 + r * (1.0 / 3 + r * (1.0 / 8 + r * (1.0 / 30 + r * (1.0 / 144 + r / 840)))));
    }

    private double Integral(Func<double, double> f, bool normalised = true) =>
        Sum(z => f(z) * Math.Exp(logShape(z) - (normalised ? logNormaliser : 0)));

    private double Sum(Func<double, double> f) => Quadrature.Trapezoid(f, centre - width, centre + width, Points);

    private static Level Below(Level t, double v)
    {
        var logAlpha = t.LogAlpha - 0.5 * CancellationFree.Log1p(-v);
        if (logAlpha >= 0) throw new ArgumentException($"no variance-preserving level lies so far below {t}");
        var logSigma = 0.5 * CancellationFree.Log1mExp(2 * logAlpha);
        return new Level(t.Time, logAlpha, logSigma, Math.Exp(logAlpha), Math.Exp(logSigma), 0, 0);
    }
}
