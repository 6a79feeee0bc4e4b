using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests;

public class CancellationFreeTests
{
    private static readonly Tolerance Ulps = new(6 * Tolerances.Unit, "three library calls of one ulp each; the decimal reference has 8 digits more");

    [Fact]
    public void Functions_AgainstTwentyEightDigits_KeepAllDigits() => Property.Check("expm1, log1p and x − log(1 + x) to a few ulp", draws =>
    {
        var x = draws.OneOf("sign", 1, -1) * draws.LogUniform("|x|", 1e-8, 0.7);
        var exact = (decimal)x; // 15 digits of x: the double of that decimal is what is compared
        x = (double)exact;
        Near.Relative((double)DecimalFunctions.Expm1(exact), CancellationFree.Expm1(x), Ulps, "expm1");
        Near.Relative((double)DecimalFunctions.Log1p(exact), CancellationFree.Log1p(x), Ulps, "log1p");
        if (Math.Abs(x) > 1e-5) // below, the decimal difference has lost its own digits
            Near.Relative((double)(exact - DecimalFunctions.Log1p(exact)), CancellationFree.ExcessOverLog(x), Ulps.Times(2), "x − log1p");
    }, seed: 101, cases: 1000);

    [Fact]
    public void Functions_AtTheEnds_HaveTheirLimits()
    {
        Assert.Equal(-1, CancellationFree.Expm1(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, CancellationFree.Expm1(double.PositiveInfinity));
        Assert.Equal(double.NegativeInfinity, CancellationFree.Log1p(-1));
        Assert.Equal(double.NegativeInfinity, CancellationFree.Log1mExp(0));
        Assert.Equal(0, CancellationFree.Log1mExp(double.NegativeInfinity));
        Assert.Equal(0, CancellationFree.ExcessOverLog(0));
        Assert.Equal(double.PositiveInfinity, CancellationFree.ExcessOverLog(-1));
    }

    [Fact]
    public void Log1mExp_AgainstTheExponential_IsItsInverse() => Property.Check("e^log(1−e^x) = −expm1(x)", draws =>
    {
        var x = -draws.LogUniform("−x", 1e-300, 700);
        Near.Relative(-CancellationFree.Expm1(x), Math.Exp(CancellationFree.Log1mExp(x)), Ulps.Times(1 + Math.Abs(CancellationFree.Log1mExp(x))));
    }, seed: 102);
}
