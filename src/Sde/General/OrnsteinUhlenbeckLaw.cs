using static ScoreSde.Sde.CancellationFree;

namespace ScoreSde.Sde.General;

/// <summary>Exact transition of one coordinate of dx = −θ(x − μ) dt + σ dW: Gaussian. Brownian motion is θ = 0.</summary>
/// <remarks>Derived in docs/derivations/reverse-of-general-sde.md, section 4.</remarks>
/// <param name="Rate">θ, per unit of time; negative where the point μ repels.</param>
/// <param name="Mean">μ.</param>
/// <param name="Volatility">σ.</param>
public readonly record struct OrnsteinUhlenbeckLaw(double Rate, double Mean, double Volatility)
{
    /// <summary>x − μ after a time h, given x − μ before: scale e^{−θh}, variance σ²(1 − e^{−2θh})/(2θ), which is σ²h at θ = 0.</summary>
    public GaussianKernel Kernel(double h)
    {
        var z = -2 * Rate * h;
        var growth = z == 0 ? 1 : Expm1(z) / z; // (e^z − 1)/z
        return new GaussianKernel(Math.Exp(-Rate * h), Volatility * Volatility * h * growth);
    }

    /// <summary>Mean after a time h from a start of the given mean.</summary>
    public double MeanAfter(double startMean, double h) => Mean + Kernel(h).Scale * (startMean - Mean);

    /// <summary>Variance after a time h from a start of the given variance.</summary>
    public double VarianceAfter(double startVariance, double h)
    {
        var kernel = Kernel(h);
        return kernel.Scale * kernel.Scale * startVariance + kernel.Variance;
    }

    /// <summary>σ²/(2θ), the variance of the stationary law.</summary>
    /// <exception cref="InvalidOperationException">θ is not positive: there is no stationary law.</exception>
    public double StationaryVariance => Rate > 0
        ? Volatility * Volatility / (2 * Rate)
        : throw new InvalidOperationException(FormattableString.Invariant($"rate is {Rate}; a stationary law needs a positive rate"));
}
