namespace ScoreSde.Sde.Tests;

/// <summary>Elementary functions in 28 digits by their power series: the reference for what double functions keep.</summary>
internal static class DecimalFunctions
{
    /// <summary>e^x − 1 for |x| ≤ 2.</summary>
    public static decimal Expm1(decimal x)
    {
        decimal term = x, sum = x;
        for (var n = 2; n < 60 && term != 0; n++) sum += term *= x / n;
        return sum;
    }

    /// <summary>log(1 + x) for −0.8 ≤ x ≤ 4, by 2 artanh(x/(2 + x)).</summary>
    public static decimal Log1p(decimal x)
    {
        var r = x / (2 + x);
        decimal power = r, sum = 0;
        for (var n = 1; n < 400 && power != 0; n += 2, power *= r * r) sum += power / n;
        return 2 * sum;
    }

    /// <summary>1 − cos x for |x| ≤ 2.</summary>
    public static decimal OneMinusCos(decimal x)
    {
        decimal term = x * x / 2, sum = term;
        for (var n = 3; n < 60 && term != 0; n += 2) sum += term *= -x * x / (n * (n + 1));
        return sum;
    }

    /// <summary>sin x for |x| ≤ 2.</summary>
    public static decimal Sin(decimal x)
    {
        decimal term = x, sum = x;
        for (var n = 2; n < 60 && term != 0; n += 2) sum += term *= -x * x / (n * (n + 1));
        return sum;
    }
}
