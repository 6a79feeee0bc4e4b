namespace ScoreSde.Sde;

/// <summary>
/// A forward SDE dx = f(t) x dt + g(t) dW whose marginal given data is x_t = α(t) x_0 + σ(t) ε, on 0 (data) ≤ t ≤ 1 (noise).
/// </summary>
/// <remarks>
/// A process of one's own gives <see cref="LogAlpha"/> and <see cref="LogSigma"/>; f, g², λ⁻¹ and kernels follow from them
/// (f = d log α/dt, g² = dσ²/dt − 2fσ²: Kingma et al., Variational Diffusion Models, 2107.00630, and Song et al., 2011.13456, eq. 29 for
/// the moments of an affine SDE). Override those as well where a closed form is known.
/// </remarks>
public abstract class ForwardSde : ITimeline
{
    /// <summary>The name used on the command line and in checkpoints.</summary>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual double Start => 0;

    /// <inheritdoc/>
    public virtual double End => 1;

    /// <summary>log α(t), not above 0 at t = 0 by convention; −∞ where α = 0.</summary>
    public abstract double LogAlpha(double t);

    /// <summary>log σ(t); −∞ where σ = 0.</summary>
    public abstract double LogSigma(double t);

    /// <summary>f(t) = d log α/dt. By default a fourth-order central difference of <see cref="LogAlpha"/>.</summary>
    public virtual double Drift(double t) => Differentiate(LogAlpha, t);

    /// <summary>g²(t) = dσ²/dt − 2 f(t) σ²(t). By default by differences of σ² and <see cref="Drift"/>.</summary>
    public virtual double DiffusionSquared(double t) =>
        Differentiate(u => Math.Exp(2 * LogSigma(u)), t) - 2 * Drift(t) * Math.Exp(2 * LogSigma(t));

    /// <summary>α(t).</summary>
    public double Alpha(double t) => Math.Exp(LogAlpha(t));

    /// <summary>σ(t).</summary>
    public double Sigma(double t) => Math.Exp(LogSigma(t));

    /// <summary>λ(t) = log(α/σ), strictly falling in t.</summary>
    public double Lambda(double t) => LogAlpha(t) - LogSigma(t);

    /// <summary>The time with λ(t) = <paramref name="lambda"/>. By default by bisection to the last bit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No time of the span has this λ.</exception>
    public virtual double TimeOfLambda(double lambda) => MonotoneRoot.OfDecreasing(Lambda, lambda, Start, End);

    /// <inheritdoc/>
    public Level At(double time)
    {
        if (!(time >= Start && time <= End))
            throw new ArgumentOutOfRangeException(nameof(time), time, FormattableString.Invariant($"time is {time}; {Name} runs from {Start} to {End}"));
        var logAlpha = LogAlpha(time);
        var logSigma = LogSigma(time);
        return new Level(time, logAlpha, logSigma, Math.Exp(logAlpha), Math.Exp(logSigma), Drift(time), DiffusionSquared(time));
    }

    /// <summary>The level where λ has the given value.</summary>
    public Level AtLambda(double lambda) => At(TimeOfLambda(lambda));

    /// <summary>
    /// The law a reverse run starts from, in place of q(x_1). By default N(0, σ(1)² I), right where α(1)²E‖x_0‖² is small beside σ(1)².
    /// </summary>
    public virtual PriorLaw Prior => new(Sigma(End));

    /// <summary>q(x_t | x_s) for s ≤ t: Gaussian with mean (α_t/α_s) x_s and variance σ_t² − (α_t/α_s)² σ_s².</summary>
    public GaussianKernel Kernel(double s, double t) => GaussianKernel.Between(At(s), At(t));

    private double Differentiate(Func<double, double> value, double t)
    {
        // Five-point formula, one-sided at the ends of the span: error O(h⁴) against rounding O(ε/h), balanced near h = 1e-3.
        const double h = 1e-3;
        var centre = Math.Clamp(t, Start + 2 * h, End - 2 * h);
        var u = (t - centre) / h;
        var total = 0.0;
        for (var j = -2; j <= 2; j++) total += DerivativeWeight(j, u) * value(centre + j * h);
        return total / h;
    }

    /// <summary>Derivative at u of the Lagrange polynomial of node j on −2, …, 2.</summary>
    private static double DerivativeWeight(int j, double u)
    {
        var sum = 0.0;
        for (var m = -2; m <= 2; m++)
        {
            if (m == j) continue;
            var term = 1.0 / (j - m);
            for (var k = -2; k <= 2; k++)
                if (k != j && k != m) term *= (u - k) / (j - k);
            sum += term;
        }
        return sum;
    }
}
