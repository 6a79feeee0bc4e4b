using ScoreSde.Sde;

namespace ScoreSde.Evaluation.Distances;

/// <summary>A mixture of Gaussians as it is at a level, α x_0 + σ ε, coordinate by coordinate: components N(α m_k, α² S_k + σ²).</summary>
public sealed class MixtureAtLevel(GaussianMixture law, Level level)
{
    /// <summary>The level.</summary>
    public Level Level => level;

    /// <summary>d.</summary>
    public int Dimension => law.Dimension;

    /// <summary>The density at a point of the plane.</summary>
    public double Density(double x, double y) => Math.Exp(law.LogDensity([x, y], level));

    /// <summary>Σ w_k α m_k.</summary>
    public double Mean(int coordinate) => Sum((w, m, _) => w * m, coordinate);

    /// <summary>√(Σ w_k (variance + (mean_k − mean)²)).</summary>
    public double Deviation(int coordinate)
    {
        var mean = Mean(coordinate);
        return Math.Sqrt(Sum((w, m, s) => w * (s * s + (m - mean) * (m - mean)), coordinate));
    }

    /// <summary>The density of one coordinate.</summary>
    public double Marginal(int coordinate, double x) => Sum((w, m, s) => w * Math.Exp(-0.5 * (x - m) * (x - m) / (s * s)) / (s * Math.Sqrt(2 * Math.PI)), coordinate);

    /// <summary>From the least centre to the greatest, and so many of its component's deviations further.</summary>
    public (double Low, double High) Window(int coordinate, double deviations)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        Sum((_, m, s) =>
        {
            (low, high) = (Math.Min(low, m - deviations * s), Math.Max(high, m + deviations * s));
            return 0;
        }, coordinate);
        return (low, high);
    }

    /// <summary>Over the components: weight, mean and deviation of the coordinate.</summary>
    private double Sum(Func<double, double, double, double> part, int coordinate)
    {
        var sum = 0.0;
        for (var k = 0; k < law.Weights.Length; k++)
        {
            var (component, variance) = (law.Components[k], 0.0);
            for (var e = 0; e < law.Dimension; e++) variance += component.Eigenvalues[e] * Math.Pow(component.Eigenvector(e)[coordinate], 2);
            sum += part(law.Weights[k], level.Alpha * component.Mean[coordinate], Math.Sqrt(level.Alpha * level.Alpha * variance + level.Sigma * level.Sigma));
        }
        return sum;
    }
}
