using MathNet.Numerics.Distributions;
using ScoreSde.Sde;

namespace ScoreSde.Evaluation.Distances;

/// <summary>How a sample sits on the modes of a Gaussian mixture: which share each mode has, and how wide the modes are.</summary>
/// <remarks>
/// With r_k(x) the posterior probability of component k, E r_k = w_k and E Σ_k r_k |x − m_k|² = Σ_k w_k tr S_k hold exactly for a sample of the
/// mixture, well separated modes or not; both are therefore unbiased and vanish at the truth.
/// </remarks>
public sealed class MixtureFit
{
    private MixtureFit(Estimate[] shares, double chiSquare, Estimate spread, Estimate radius) =>
        (Shares, ChiSquare, Spread, Radius) = (shares, chiSquare, spread, radius);

    /// <summary>The share of each mode.</summary>
    public IReadOnlyList<Estimate> Shares { get; }

    /// <summary>
    /// n Σ (share − w)²/w. For separated modes it is chi-squared with modes − 1 degrees of freedom; overlapping modes make it smaller, since soft
    /// shares vary less than counts.
    /// </summary>
    public double ChiSquare { get; }

    /// <summary>Probability of a greater <see cref="ChiSquare"/> by chance, at most.</summary>
    public double PValue => Shares.Count > 1 ? 1 - ChiSquared.CDF(Shares.Count - 1, ChiSquare) : 1;

    /// <summary>Standard deviation round the modes over that of the law: 1 is right, above 1 the modes are too wide.</summary>
    public Estimate Spread { get; }

    /// <summary>Root mean square distance from the origin over that of the law: 1 is right.</summary>
    public Estimate Radius { get; }

    /// <summary>Measures a sample.</summary>
    /// <exception cref="ArgumentException">Unlike dimensions or fewer than two points.</exception>
    public static MixtureFit Of(PointSet points, GaussianMixture law)
    {
        if (points.Dimension != law.Dimension) throw new ArgumentException($"points and law have one dimension; given {points.Dimension} and {law.Dimension}");
        int n = points.Count, modes = law.Weights.Length;
        var data = new Level(0, 0, double.NegativeInfinity, 1, 0, 0, 0);
        var parts = new double[modes][];
        for (var k = 0; k < modes; k++) parts[k] = new double[n];
        double[] within = new double[n], square = new double[n], r = new double[modes];
        for (var i = 0; i < n; i++)
        {
            var x = points[i];
            law.Responsibilities(x, data, r);
            foreach (var c in x) square[i] += c * c;
            for (var k = 0; k < modes; k++)
            {
                parts[k][i] = r[k];
                if (r[k] == 0) continue;
                var distance = 0.0;
                for (var j = 0; j < points.Dimension; j++) distance += (x[j] - law.Means[k][j]) * (x[j] - law.Means[k][j]);
                within[i] += r[k] * distance;
            }
        }
        var shares = Array.ConvertAll(parts, p => Estimate.Mean(p));
        double chi = 0, trace = 0;
        for (var k = 0; k < modes; k++)
        {
            chi += n * (shares[k].Value - law.Weights[k]) * (shares[k].Value - law.Weights[k]) / law.Weights[k];
            foreach (var s in law.Components[k].Eigenvalues) trace += law.Weights[k] * s;
        }
        return new MixtureFit(shares, chi, RootRatio(within, trace), RootRatio(square, law.SecondMoment));
    }

    /// <summary>√(mean/expected), its error by the delta method: d√u = du/(2√u).</summary>
    private static Estimate RootRatio(double[] values, double expected)
    {
        var mean = Estimate.Mean(values);
        var root = Math.Sqrt(mean.Value / expected);
        return new Estimate(root, mean.StandardError / expected / (2 * root));
    }
}
