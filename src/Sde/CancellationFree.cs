namespace ScoreSde.Sde;

/// <summary>Elementary functions in forms that keep all digits where the textbook form cancels.</summary>
/// <remarks>
/// .NET's <c>double.ExpM1</c> and <c>double.LogP1</c> are <c>exp(x) - 1</c> and <c>log(1 + x)</c>: near zero they keep 16 + log10|x| digits.
/// </remarks>
public static class CancellationFree
{
    /// <summary>e^x − 1, right to a few ulp for every x (also −∞, where it is −1).</summary>
    public static double Expm1(double x)
    {
        // 2 e^(x/2) sinh(x/2) has no difference of near numbers; past |x| = 1 there is nothing to cancel and exp is the shorter way.
        return Math.Abs(x) < 1 ? 2 * Math.Exp(0.5 * x) * Math.Sinh(0.5 * x) : Math.Exp(x) - 1;
    }

    /// <summary>log(1 + x), right to a few ulp for every x ≥ −1 (−∞ at −1).</summary>
    /// <remarks>Kahan's form: with u = fl(1 + x), log u · x / (u − 1) undoes the rounding of 1 + x.</remarks>
    public static double Log1p(double x)
    {
        var u = 1 + x;
        if (u == 1) return x;
        return double.IsInfinity(u) || u == 0 ? Math.Log(u) : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>log(1 − e^x) for x ≤ 0: −∞ at 0, 0 at −∞.</summary>
    /// <remarks>Below −log 2 the exponential is the small term, above it 1 − e^x is (M. Mächler, "Accurately computing log(1 − exp(−|a|))").</remarks>
    public static double Log1mExp(double x) => x > -0.6931471805599453 ? Math.Log(-Expm1(x)) : Log1p(-Math.Exp(x));

    /// <summary>x − log(1 + x), which is x²/2 near 0, right to a few ulp for x > −1.</summary>
    /// <remarks>
    /// With r = x/(2 + x), log(1 + x) = 2 artanh r and x − 2r = x r, so the difference is x r − 2(r³/3 + r⁵/5 + …): no two near numbers.
    /// For |x| ≤ 1/4, |r| ≤ 1/7 and nine terms leave less than 1e-17 of the sum.
    /// </remarks>
    public static double ExcessOverLog(double x)
    {
        if (!(Math.Abs(x) <= 0.25)) return x - Log1p(x);
        var r = x / (2 + x);
        var q = r * r;
        var series = 0.0;
        for (var n = 19; n >= 3; n -= 2) series = series * q + 1.0 / n;
        return x * r - 2 * r * q * series;
    }
}
