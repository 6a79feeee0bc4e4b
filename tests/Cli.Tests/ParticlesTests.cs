using System.Globalization;
using System.Text.RegularExpressions;
using ScoreSde.Models.Files;

namespace ScoreSde.Cli.Tests;

/// <summary><c>scoresde particles</c>.</summary>
public partial class ParticlesTests
{
    [Fact]
    public void Particles_OfAnExactEnoughRun_HaveTheExactLaw() => Shell.InFolder(folder =>
    {
        var run = Shell.Run("particles", "--n", "4e5", "--solver", "dpmpp-2m", "--steps", "100", "--grid", "uniform-lambda", "--from", "0.995", "--out", folder, "--format", "npy,png");
        Assert.Equal(0, run.Code);
        var samples = NumpyArray.Load(Path.Combine(folder, "particles.npy"));
        Assert.Equal([400000, 2], samples.Shape);
        var x = samples.ToDoubles();
        var (mean, exact) = (Values(run.Output, "x0: mean"), Values(run.Output, "x0: mean", "exact at sigma = 0.01049: mean"));
        var average = Enumerable.Range(0, 400000).Average(i => x[2 * i]);
        Assert.Equal(average, mean[0], 5e-4 * mean[1] + 1e-6); // printed with four digits
        Assert.Equal(Math.Sqrt(Enumerable.Range(0, 400000).Average(i => (x[2 * i] - average) * (x[2 * i] - average))), Values(run.Output, "x0: mean", "deviation")[0], 1e-3);
        Assert.InRange(mean[0] / mean[1], -5, 5); // 6e-7
        Assert.Equal(0, exact[0]);
        var (distance, floor) = (Values(run.Output, "cells:")[0], Values(run.Output, "the law itself has")[0]);
        Assert.InRange(distance, 0.9 * floor, 1.3 * floor); // what 100 steps leave cannot be seen with so few
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(Path.Combine(folder, "particles.png"))[..4]);
    });

    [Fact]
    public void Particles_OfTooFewSteps_AreSeenToBeOff() => Shell.InFolder(folder =>
    {
        var run = Shell.Run("particles", "--n", "4e5", "--solver", "ddim", "--steps", "8", "--out", folder);
        var (distance, floor) = (Values(run.Output, "cells:"), Values(run.Output, "the law itself has")[0]);
        Assert.True(distance[0] - 5 * distance[1] > 2 * floor, run.Output);
        Assert.False(File.Exists(Path.Combine(folder, "particles.npy"))); // it was not asked for
    });

    [Fact]
    public void Particles_InTwoRuns_AreThoseOfOne() => Shell.InFolder(folder =>
    {
        float[] Run(params string[] more)
        {
            Assert.Equal(0, Shell.Run(["particles", "--solver", "euler-maruyama", "--steps", "10", "--out", folder, "--format", "npy", .. more]).Code);
            return NumpyArray.Load(Path.Combine(folder, "particles.npy")).ToSingles();
        }
        var whole = Run("--n", "300000"); // more than a piece
        float[] parts = [.. Run("--n", "100000", "--threads", "1"), .. Run("--n", "200000", "--first", "1e5")];
        Assert.Equal(whole, parts);
    });

    [Fact]
    public void Particles_OfALawOnTheLine_AreShownToo() => Shell.InFolder(folder =>
    {
        var law = Path.Combine(folder, "law.json");
        File.WriteAllText(law, """{ "weights": [0.3, 0.7], "means": [[-1], [2]], "covariances": [[[0.04]], [[0.25]]] }""");
        var run = Shell.Run("particles", "--law", law, "--n", "2e5", "--solver", "dpmpp-2m", "--steps", "60", "--finish", "consistent", "--out", folder);
        Assert.Equal(0, run.Code);
        // mean −0.3 + 1.4, variance 0.3 (0.04 + 1) + 0.7 (0.25 + 4) − 1.1²
        Assert.Contains("exact at sigma = 0: mean 1.1, deviation 1.441", run.Output, StringComparison.Ordinal);
        Assert.InRange(Values(run.Output, "x0: mean")[0], 1.1 - 0.03, 1.1 + 0.03); // 9 standard errors of 2e5, 0.0032 each
        Assert.True(File.Exists(Path.Combine(folder, "particles.png")));
    });

    [Fact]
    public void Particles_ThatAreInterrupted_KeepThePiecesThatAreDone() => Shell.InFolder(folder =>
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        var run = Shell.Run(stop.Token, "particles", "--n", "1e11", "--solver", "ddim", "--steps", "2", "--out", folder, "--format", "npy");
        Assert.Equal(CommandLine.Interrupted, run.Code);
        var done = int.Parse(Stopped().Match(run.Error).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.True(done > 0 && done % 16 == 0, run.Error);
        Assert.Contains($"--first {done} goes on", run.Error, StringComparison.Ordinal);
        using var file = File.OpenRead(Path.Combine(folder, "particles.npy"));
        Assert.Equal(128 + 8L * done, file.Length);
        Assert.Single(Directory.GetFiles(folder)); // and no part of a file
    });

    [Theory]
    [InlineData("1.5", "--n is '1.5'; allowed: a whole number from 1 to 1099511627776, such as 100000 or 1e5")]
    [InlineData("0", "--n is '0'; allowed")]
    [InlineData("many", "--n is 'many'; allowed")]
    public void Particles_OfAnImpossibleNumber_AreRefusedInOneLine(string count, string says) =>
        Assert.Contains(says, Shell.Run("particles", "--n", count).ErrorLine, StringComparison.Ordinal);

    [Fact]
    public void Particles_FromTheMiddleOfABlock_AreRefusedInOneLine()
    {
        var run = Shell.Run("particles", "--n", "16", "--first", "5", "--format", "png");
        Assert.Equal(CommandLine.BadInput, run.Code);
        Assert.Contains("multiple of 16; given 5", run.ErrorLine, StringComparison.Ordinal);
    }

    /// <summary>The numbers after some words, the last of which is looked for behind the first.</summary>
    private static double[] Values(string text, params string[] words)
    {
        var at = 0;
        foreach (var word in words) at = text.IndexOf(word, at, StringComparison.Ordinal) + word.Length;
        return [.. Number().Matches(text[at..]).Take(2).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];
    }

    [GeneratedRegex(@"stopped after (\d+) of")]
    private static partial Regex Stopped();

    [GeneratedRegex(@"-?\d+(\.\d+)?(e-?\d+)?", RegexOptions.IgnoreCase)]
    private static partial Regex Number();
}
