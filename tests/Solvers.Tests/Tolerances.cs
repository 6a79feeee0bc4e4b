using ScoreSde.Tests.Support;

namespace ScoreSde.Solvers.Tests;

/// <summary>Every tolerance of this project with its source.</summary>
internal static class Tolerances
{
    /// <summary>Two formulas for the same coefficients, a few roundings each, over a hundred steps.</summary>
    public static Tolerance SameFormula { get; } = new(1e-12, "100 steps × about 20 roundings of 1.1e-16, times 5");

    /// <summary>Inverse of λ on a grid: t back from λ(t).</summary>
    public static Tolerance Inverse { get; } = new(1e-9, "λ⁻¹ is good to 1e-12 relative; λ steps are taken from two differences of it");
}
