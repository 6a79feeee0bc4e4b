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

    /// <summary>f(t) = d log α/dt. By default by differences of <see cref="LogAlpha"/>.</summary>
    /// <remarks>
    /// Five points h = 2⁻¹⁰ apart, for L = log α: error h⁴|L⁽⁵⁾|/30 + 1.5u|L|/h inside the span and h⁴|L⁽⁵⁾|/5 + 11u|L|/h at its ends, with u the
    /// error of one value. Where α(1) = 0, h shrinks with the distance from there. A schedule with corners must override this.
    /// </remarks>
    public virtual double Drift(double t)
    {
        var atEnd = LogAlpha(End);
        if (atEnd > LogOfRounding) return Differentiate(LogAlpha, t, Spacing);
        return t == End ? double.NegativeInfinity : Differentiate(LogAlpha, t, Spacing * Math.ScaleB(1, Math.Min(0, Math.ILogB(End - t))));
    }

    /// <summary>g²(t) = dσ²/dt − 2 f(t) σ²(t). By default by differences and <see cref="Drift"/>.</summary>
    /// <remarks>
    /// Of log σ where σ(0) > 0, else of σ², which has a slope at 0 where log σ has none. Errors as for <see cref="Drift"/>, with L in turn.
    /// </remarks>
    public virtual double DiffusionSquared(double t)
    {
        var variance = Math.Exp(2 * LogSigma(t));
        return LogSigma(Start) > LogOfRounding
            ? 2 * variance * (Differentiate(LogSigma, t, Spacing) - Drift(t))
            : Differentiate(u => Math.Exp(2 * LogSigma(u)), t, Spacing) - 2 * Drift(t) * variance;
    }

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

    /// <summary>h of the differences, a power of two, so that the points are that far apart to the bit.</summary>
    private const double Spacing = 1.0 / 1024;

    /// <summary>log 2⁻⁵², below which α is 0 but for rounding.</summary>
    private const double LogOfRounding = -36.04365338911715;

    private double Differentiate(Func<double, double> value, double t, double h)
    {
        var centre = Math.Clamp(t, Start + 2 * h, End - 2 * h);
        var u = (t - centre) / h;
        var total = 0.0;
        for (var j = -2; j <= 2; j++)
            if (DerivativeWeight(j, u) is var w and not 0) total += w * value(centre + j * h);
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
