using ScoreSde.Sde;

namespace ScoreSde.Benchmarks.Contests;

/// <summary>What several contests are about; bench/peers/mixture.py has the same numbers.</summary>
internal static class Problems
{
    /// <summary>N of the contests of many particles.</summary>
    public const int Particles = 100_000;

    /// <summary>β from 0.1 to 20, linear in t.</summary>
    public static VariancePreserving Process { get; } = new(new LinearSchedule(0.1, 20));

    /// <summary>Eight modes without order or symmetry, with unlike weights.</summary>
    public static GaussianMixture Scattered { get; } = GaussianMixture.Isotropic(
        [[3.1, -0.7], [-1.9, 2.6], [0.4, 3.7], [-3.3, -2.2], [2.2, 2.9], [-0.6, -1.4], [1.3, -3.5], [-3.8, 0.9]], 0.0625,
        [0.21, 0.05, 0.13, 0.17, 0.08, 0.11, 0.02, 0.23]);

    /// <summary>Mean radius and its deviation of points in the plane, which say at a glance whether both sides sampled the same law.</summary>
    public static string Spread(float[] points)
    {
        var radii = new double[points.Length / 2];
        for (var i = 0; i < radii.Length; i++) radii[i] = Math.Sqrt(points[2 * i] * points[2 * i] + points[2 * i + 1] * points[2 * i + 1]);
        var mean = radii.Average();
        return FormattableString.Invariant($"radius {mean:f4}, spread {Math.Sqrt(radii.Average(r => (r - mean) * (r - mean))):f4}");
    }
}
