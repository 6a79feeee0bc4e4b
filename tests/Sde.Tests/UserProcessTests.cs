using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests;

/// <summary>A process of one's own gives log α and log σ; everything else follows to the error that is documented.</summary>
public class UserProcessTests
{
    private const double H = 1.0 / 1024;

    [Fact]
    public void OwnProcess_DriftAndDiffusion_AreWithinTheDerivedError() => Property.Check("five-point differences: h⁴L⁽⁵⁾/30 inside, h⁴L⁽⁵⁾/5 at the ends, rounding 1.5 and 11 units/h", draws =>
    {
        double least = draws.Uniform("betaMin", 0.05, 2), greatest = least + draws.Uniform("rise", 0, 20);
        var known = new VariancePreserving(new LinearSchedule(least, greatest));
        var own = new ProcessTests.Relayed(known);
        var t = draws.OneOf("where", draws.Uniform("inside", 0, 1), 0, 1, H / 2, 1 - H);
        var level = known.At(t);
        // log α is a polynomial of degree 2: its differences have rounding only. σ² = 1 − e^{2 log α} has a fifth derivative of at most
        // Σ over the partitions of 5 into ones and twos of B^a b^c with |dL/dt| ≤ B = β_max and |d²L/dt²| = b: B⁵ + 10 B³b + 15 B b².
        double b = greatest - least, B = Math.Max(greatest, 1);
        var fifth = Math.Pow(B, 5) + 10 * Math.Pow(B, 3) * b + 15 * B * b * b;
        var nearEnd = t < 2 * H || t > 1 - 2 * H;
        var rounding = (nearEnd ? 11 : 1.5) * 4 * Tolerances.Unit / H;
        var fError = rounding * (Math.Abs(known.LogAlpha(Math.Min(1, t + 4 * H))) + Tolerances.Unit) + 4 * Tolerances.Unit * B;
        var gError = Math.Pow(H, 4) * fifth / (nearEnd ? 5 : 30) + rounding + 2 * fError;
        Near.Absolute(level.Drift, own.Drift(t), new Tolerance(fError, "derived: rounding of five values"), "f");
        Near.Absolute(level.DiffusionSquared, own.DiffusionSquared(t), new Tolerance(gError, "derived: fifth derivative of σ²"), "g²");
    }, seed: 1101, cases: 500);

    [Fact]
    public void OwnProcess_WithNoiseAtTheStart_IsDifferentiatedInItsLogarithm() => Property.Check("σ_min(σ_max/σ_min)^t has a straight logarithm", draws =>
    {
        var known = new VarianceExploding(draws.LogUniform("sigmaMin", 1e-3, 0.1), draws.LogUniform("sigmaMax", 1, 100));
        var own = new ProcessTests.Relayed(known);
        var t = draws.Uniform("t", 0, 1);
        Assert.Equal(0, own.Drift(t));
        Near.Relative(known.DiffusionSquared(t), own.DiffusionSquared(t), new Tolerance(11 * 4 * 7 * Tolerances.Unit / H, "rounding of five values of up to 7, over h log(σ_max/σ_min) ≥ 2h"), "g²");
    }, seed: 1102);

    [Fact]
    public void OwnProcess_WithNoSignalAtTheEnd_HasItsDriftUpToThere() => Property.Check("cos ½πt, written plainly", draws =>
    {
        var own = new Plain();
        var left = draws.LogUniform("1 − t", 1e-7, 0.99);
        var t = 1 - left;
        // h shrinks with 1 − t, h⁴L⁽⁵⁾/30 = (24/30)(h/(1 − t))⁴ ≤ 1e-12 of 1/(1 − t); cos ½πt has 1e-16/(1 − t) of relative rounding, over h/(1 − t) ≥ 1/2048.
        var tolerance = new Tolerance(1e-11 + 2048 * 11 * 4 * Tolerances.Unit / left, "truncation, and rounding of cos near its zero");
        var f = -Math.PI / 2 / Math.Tan(Math.PI / 2 * (1 - t));
        Near.Scaled(f, own.Drift(t), 1 / left, tolerance, "f");
        Near.Scaled(-2 * f, own.DiffusionSquared(t), 2 / left, tolerance.Times(2), "g²"); // σ² = sin² ½πt: g² = −2f
    }, seed: 1103);

    [Fact]
    public void OwnProcess_AtEveryLevel_IsFullyFledged()
    {
        var own = new Plain();
        Assert.Equal(double.NegativeInfinity, own.At(1).Drift);
        Assert.Equal(0.25, own.TimeOfLambda(own.Lambda(0.25)), 1e-14);
        Near.Relative(1, own.Prior.Deviation, Tolerances.Rounding);
        Assert.Contains("plain", Assert.Throws<ArgumentOutOfRangeException>(() => own.At(2)).Message, StringComparison.Ordinal);
    }

    private sealed class Plain : ForwardSde
    {
        public override string Name => "plain";

        public override double LogAlpha(double t) => Math.Log(Math.Cos(0.5 * Math.PI * t));

        public override double LogSigma(double t) => Math.Log(Math.Sin(0.5 * Math.PI * t));
    }
}
