using ScoreSde.Evaluation.Distances;
using ScoreSde.Sde;
using ScoreSde.Tests.Support;

namespace ScoreSde.Evaluation.Tests.Distances;

public class MixtureAtLevelTests
{
    private static readonly Tolerance Quadrature = new(1e-9, "trapezia 0.01 apart over 10 deviations of smooth densities, whose error is round-off");

    /// <summary>A coordinate's density integrated over the line and, at the level, the plane's over the other coordinate: covariances that are not diagonal count.</summary>
    [Fact]
    public void Coordinates_AtALevel_AreTheMarginalsOfTheDensity()
    {
        var law = new GaussianMixture([0.3, 0.7], new Gaussian([-1, 0.5], new[,] { { 0.3, 0.1 }, { 0.1, 0.2 } }), new Gaussian([1, -2], new[,] { { 0.5, -0.2 }, { -0.2, 0.4 } }));
        var at = new MixtureAtLevel(law, new VariancePreserving(new LinearSchedule(0.1, 20)).At(0.3));
        foreach (var j in new[] { 0, 1 })
        {
            var (low, high) = at.Window(j, 10);
            double[] x = [.. Enumerable.Range(0, (int)((high - low) / 0.01)).Select(k => low + 0.01 * k)];
            Near.Relative(1, 0.01 * x.Sum(v => at.Marginal(j, v)), Quadrature);
            var mean = 0.01 * x.Sum(v => v * at.Marginal(j, v));
            Near.Absolute(at.Mean(j), mean, Quadrature);
            Near.Relative(at.Deviation(j), Math.Sqrt(0.01 * x.Sum(v => (v - mean) * (v - mean) * at.Marginal(j, v))), Quadrature);
            var (across, far) = at.Window(1 - j, 10);
            var along = 0.01 * Enumerable.Range(0, (int)((far - across) / 0.01)).Sum(k => j == 0 ? at.Density(0.2, across + 0.01 * k) : at.Density(across + 0.01 * k, 0.2));
            Near.Relative(at.Marginal(j, 0.2), along, Quadrature);
        }
    }
}
