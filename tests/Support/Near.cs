namespace ScoreSde.Tests.Support;

/// <summary>Numeric assertions that say both numbers, the error, and the tolerance with its source. NaN is near nothing.</summary>
public static class Near
{
    /// <summary>|actual − expected| ≤ tolerance·|expected|; equal infinities pass.</summary>
    public static void Relative(double expected, double actual, Tolerance tolerance, string what = "value") =>
        Require(expected, actual, Math.Abs(expected), tolerance, what, "relative");

    /// <summary>|actual − expected| ≤ tolerance.</summary>
    public static void Absolute(double expected, double actual, Tolerance tolerance, string what = "value") =>
        Require(expected, actual, 1, tolerance, what, "absolute");

    /// <summary>|actual − expected| ≤ tolerance·scale, where the caller knows the size of what was added up.</summary>
    public static void Scaled(double expected, double actual, double scale, Tolerance tolerance, string what = "value") =>
        Require(expected, actual, scale, tolerance, what, FormattableString.Invariant($"relative to {scale:g4}"));

    /// <summary>Each |actual_i − expected_i| ≤ tolerance·max |expected|.</summary>
    public static void Vector(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, Tolerance tolerance, string what = "value")
    {
        if (expected.Length != actual.Length) throw new PropertyException($"{what}: {actual.Length} numbers where {expected.Length} were expected");
        var scale = 0.0;
        foreach (var e in expected) scale = Math.Max(scale, Math.Abs(e));
        for (var i = 0; i < expected.Length; i++) Scaled(expected[i], actual[i], scale, tolerance, $"{what}[{i}]");
    }

    private static void Require(double expected, double actual, double scale, Tolerance tolerance, string what, string kind)
    {
        if (expected == actual) return;
        var error = Math.Abs(actual - expected) / scale;
        if (error <= tolerance.Value) return;
        throw new PropertyException(FormattableString.Invariant(
            $"{what}: expected {expected:r}, got {actual:r}; {kind} error {error:g3}, allowed {tolerance.Value:g3} ({tolerance.Source})"));
    }
}
