using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests;

/// <summary>Every tolerance of these tests with its source. They only shrink.</summary>
internal static class Tolerances
{
    /// <summary>2⁻⁵³, the unit roundoff.</summary>
    public const double Unit = 1.1102230246251565e-16;

    /// <summary>A handful of correctly rounded operations and library functions of up to an ulp each.</summary>
    public static readonly Tolerance Rounding = new(16 * Unit, "at most 16 roundings of the result's own size");

    /// <summary>Differences of logarithms: to be multiplied by the condition number that the case gives.</summary>
    public static readonly Tolerance Conditioned = new(8 * Unit, "8 roundings times the condition number of the case");

    /// <summary>Extrapolated differences against a closed form: to be multiplied by their own error estimate, plus rounding of the values.</summary>
    public static readonly Tolerance Differences = new(1e-9, "Richardson's extrapolation of values with 16 digits: over 1000 cases the worst was under 1e-9");

    /// <summary>Conversions, times max(1, 1/α, 1/σ).</summary>
    public static readonly Tolerance Conversion = new(1e-12, "three roundings of terms of size 1/α or 1/σ, with room for scores of size 1/σ²");

    /// <summary>Trapezoid rule for densities.</summary>
    public static readonly Tolerance Quadrature = new(1e-10, "Trapezoid rule at a spacing of a fifth of the least deviation over 12 of the greatest: error e^-400 + e^-72, sum of 1e4 roundings");
}
