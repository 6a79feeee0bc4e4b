using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests;

public class OutputConversionTests
{
    private static readonly Parametrisation[] Kinds = Enum.GetValues<Parametrisation>();

    [Fact]
    public void Conversions_OfTrueOutputs_GiveTheOthers() => Property.Check("each of ε, x_0, v, s from each", draws =>
    {
        var level = draws.Process().At(draws.Time());
        double x0 = draws.Symmetric("x_0", 3), noise = draws.Symmetric("ε", 3), x = level.Alpha * x0 + level.Sigma * noise;
        var tolerance = Tolerances.Conversion.Times(Worst(level));
        foreach (var from in Kinds)
            foreach (var to in Kinds)
                Near.Scaled(Of(to, level, x0, noise), OutputConversion.Between(from, to, level).Apply(x, Of(from, level, x0, noise)),
                    Size(to, level) * (1 + Math.Abs(x0) + Math.Abs(noise) + Math.Abs(x)), tolerance, $"{to} from {from} at {level}");
    }, seed: 601, cases: 1000);

    [Fact]
    public void Conversions_ThereAndBack_AreTheIdentity() => Property.Check("from → to → from is the identity to 1e-12·max(1, 1/α, 1/σ)", draws =>
    {
        var level = draws.Process().At(draws.Time());
        double x = draws.Symmetric("x", 3), output = draws.Symmetric("output", 3);
        var tolerance = Tolerances.Conversion.Times(Worst(level));
        foreach (var from in Kinds)
        {
            foreach (var to in Kinds)
            {
                var there = OutputConversion.Between(from, to, level).Apply(x, output * Size(from, level));
                var back = OutputConversion.Between(to, from, level).Apply(x, there);
                Near.Scaled(output, back / Size(from, level), 1 + Math.Abs(x) + Math.Abs(output), tolerance, $"{from} → {to} → {from} at {level}");
            }
        }
    }, seed: 602, cases: 1000);

    [Fact]
    public void Conversions_WhereUndefined_ThrowWithTheLevel()
    {
        var process = new VariancePreserving(new CosineSchedule());
        var (data, noise) = (process.At(0), process.At(1));
        foreach (var from in Kinds)
        {
            foreach (var to in Kinds)
            {
                Expect(data, from, to, from != to && (from == Parametrisation.Denoised || to == Parametrisation.Score));
                Expect(noise, from, to, (from is Parametrisation.Epsilon or Parametrisation.Score)
                    && to is not (Parametrisation.Epsilon or Parametrisation.Score));
            }
        }

        static void Expect(Level level, Parametrisation from, Parametrisation to, bool undefined)
        {
            if (undefined)
            {
                var e = Assert.Throws<InvalidOperationException>(() => OutputConversion.Between(from, to, level));
                Assert.Contains(level.ToString(), e.Message, StringComparison.Ordinal);
                return;
            }
            var conversion = OutputConversion.Between(from, to, level);
            Assert.True(double.IsFinite(conversion.OfState + conversion.OfOutput), $"{from} → {to} at {level}");
        }
    }

    private static double Of(Parametrisation kind, in Level level, double x0, double noise) => kind switch
    {
        Parametrisation.Epsilon => noise,
        Parametrisation.Denoised => x0,
        Parametrisation.Velocity => level.Alpha * noise - level.Sigma * x0,
        _ => -noise / level.Sigma,
    };

    /// <summary>The natural size of an output: a score is 1/σ, a velocity √(α² + σ²).</summary>
    private static double Size(Parametrisation kind, in Level level) => kind switch
    {
        Parametrisation.Score => 1 / level.Sigma,
        Parametrisation.Velocity => Math.Max(1, level.Sigma),
        _ => 1,
    };

    private static double Worst(in Level level) => Math.Max(1, Math.Max(1 / level.Alpha, 1 / level.Sigma)) * Math.Max(1, level.Sigma);
}
