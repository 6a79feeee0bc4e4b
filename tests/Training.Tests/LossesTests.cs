using ScoreSde.Sde;

namespace ScoreSde.Training.Tests;

public sealed class LossesTests
{
    private static readonly ForwardSde Process = ProcessCatalogue.Parse("vp-linear");

    [Fact]
    public void Target_OfEachParametrisation_IsWhatItsDefinitionSays()
    {
        var level = Process.At(0.37);
        var (x0, e) = (0.7, -1.3);
        double Value(Parametrisation output)
        {
            var (b, c) = Losses.Target(output, level);
            return b * x0 + c * e;
        }
        Assert.Equal(e, Value(Parametrisation.Epsilon));
        Assert.Equal(x0, Value(Parametrisation.Denoised));
        Assert.Equal(level.Alpha * e - level.Sigma * x0, Value(Parametrisation.Velocity), 1e-15);
        Assert.Equal(-e / level.Sigma, Value(Parametrisation.Score), 1e-14);
    }

    [Fact]
    public void Weight_TimesSquaredErrorOfTheOutput_IsTheWeightedErrorOfTheNoise()
    {
        // Two networks that answer differently about the same x: their ε differ by what α, σ say, whatever they return.
        foreach (var name in ProcessCatalogue.Names())
        {
            var process = ProcessCatalogue.Parse(name);
            foreach (var t in new[] { 0.01, 0.3, 0.8 })
            {
                var level = process.At(t);
                var (a, s) = (level.Alpha, level.Sigma);
                double epsilon = 0.4, other = 0.9, x = 1.7;
                double Output(Parametrisation output, double e)
                {
                    var x0 = (x - s * e) / a;
                    var (b, c) = Losses.Target(output, level);
                    return b * x0 + c * e;
                }
                foreach (var output in Enum.GetValues<Parametrisation>())
                {
                    var squared = Math.Pow(Output(output, epsilon) - Output(output, other), 2);
                    Close(squared, Losses.Weight(LossWeighting.Output, output, level) * squared);
                    Close(0.25, Losses.Weight(LossWeighting.Simple, output, level) * squared);
                    Close(0.25 * level.DiffusionSquared / (s * s), Losses.Weight(LossWeighting.Likelihood, output, level) * squared);
                }
            }
        }
    }

    [Fact]
    public void Weight_OfLikelihoodOnTheScore_IsTheSquaredDiffusion()
    {
        var level = Process.At(0.5);
        Close(level.DiffusionSquared, Losses.Weight(LossWeighting.Likelihood, Parametrisation.Score, level));
        // β(0.5) of the linear schedule from 0.1 to 20.
        Close(10.05, level.DiffusionSquared);
    }

    [Fact]
    public void Target_OfTheScoreWithoutNoise_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Losses.Target(Parametrisation.Score, Process.At(0)));

    // A dozen roundings; the differences above lose up to two digits at small σ or α.
    private static void Close(double expected, double actual) => Assert.InRange(actual, expected - 1e-12 * Math.Abs(expected), expected + 1e-12 * Math.Abs(expected));
}
