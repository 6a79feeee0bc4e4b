using ScoreSde.Sde;

namespace ScoreSde.Solvers.Tests.Golden;

/// <summary>The problems of the files, by name.</summary>
internal static class Problems
{
    /// <summary>β(t) = 0.1 + 19.9t.</summary>
    public static VariancePreserving LinearVp { get; } = new(new LinearSchedule(0.1, 20));

    /// <summary>The chain of 1000 betas from 1e-4 to 0.02.</summary>
    public static VariancePreserving DiscreteVp { get; } = new(DiscreteSchedule.LinearBetas());

    /// <summary>Eight equal modes on a circle of radius 4, deviation 1/4.</summary>
    public static GaussianMixture Ring { get; } = GaussianMixture.Ring();

    /// <summary>A correlated Gaussian in four dimensions: covariance A Aᵀ with A lower triangular.</summary>
    public static Gaussian Correlated { get; } = new(CorrelatedMean, CorrelatedCovariance());

    public static ReadOnlySpan<double> CorrelatedMean => [1, -2, 0.5, 3];

    public static double[,] CorrelatedCovariance()
    {
        double[,] a = { { 1, 0, 0, 0 }, { 0.6, 0.8, 0, 0 }, { -0.3, 0.5, 0.7, 0 }, { 0.2, -0.4, 0.1, 0.5 } };
        var covariance = new double[4, 4];
        for (var i = 0; i < 4; i++)
            for (var j = 0; j < 4; j++)
                for (var k = 0; k < 4; k++) covariance[i, j] += a[i, k] * a[j, k];
        return covariance;
    }

    public static IDataLaw Law(GoldenFile file) => file.Problem switch
    {
        "P1" => Ring,
        "P2" => Correlated,
        var other => throw new NotCovered($"problem {other} is not a data law known here"),
    };
}
