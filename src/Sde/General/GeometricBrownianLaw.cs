using static ScoreSde.Sde.CancellationFree;

namespace ScoreSde.Sde.General;

/// <summary>Exact law of one coordinate of dx = μ x dt + σ x dW (Itô): log-normal.</summary>
/// <remarks>By Itô's formula d log x = (μ − σ²/2) dt + σ dW.</remarks>
/// <param name="Growth">μ, per unit of time.</param>
/// <param name="Volatility">σ.</param>
public readonly record struct GeometricBrownianLaw(double Growth, double Volatility)
{
    /// <summary>μ − σ²/2: growth of log x.</summary>
    public double LogGrowth => Growth - 0.5 * Volatility * Volatility;

    /// <summary>x_h = x_0 exp((μ − σ²/2) h + σ W_h), the solution along a path.</summary>
    public double Along(double start, double h, double brownian) => start * Math.Exp(LogGrowth * h + Volatility * brownian);

    /// <summary>E x_h = x_0 e^{μh}.</summary>
    public double MeanAfter(double start, double h) => start * Math.Exp(Growth * h);

    /// <summary>Var x_h = x_0² e^{2μh} (e^{σ²h} − 1).</summary>
    public double VarianceAfter(double start, double h) => start * start * Math.Exp(2 * Growth * h) * Expm1(Volatility * Volatility * h);

    /// <summary>∂ log p/∂x where log x is normal with the given moments: −1/x − (log x − m)/(v x).</summary>
    /// <param name="x">A point, positive.</param>
    /// <param name="logMean">m, mean of log x.</param>
    /// <param name="logVariance">v, variance of log x.</param>
    public static double Score(double x, double logMean, double logVariance) => -(1 + (Math.Log(x) - logMean) / logVariance) / x;
}
