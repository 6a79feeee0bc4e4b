namespace ScoreSde.Sde.Tests.General;

/// <summary>Midpoint sums on a segment, and Gauss–Legendre where the integrand is smooth but no even periodic function.</summary>
internal static class Quadrature
{
    /// <summary>
    /// ∫₀ᵃ f by n midpoints. For a function whose even continuation of period 2a is analytic (every law between reflecting walls) the error falls
    /// faster than any power of n.
    /// </summary>
    public static double Midpoints(Func<double, double> f, double side, int n)
    {
        var sum = 0.0;
        for (var i = 0; i < n; i++) sum += f((i + 0.5) * side / n);
        return sum * side / n;
    }
}
