using System.Text.Json;
using ScoreSde.Tests.Support;

namespace ScoreSde.Sde.Tests;

/// <summary>
/// Log-densities, scores and ε computed once by an independent program in double from the analytic formulas: the ring of eight modes (P1) and a
/// correlated Gaussian in four dimensions (P2), under the linear schedule of 0.1 to 20.
/// </summary>
public class GoldenTests
{
    // The reference is itself a double computation of the same formulas: a few dozen roundings of numbers of the size of the largest term.
    private static readonly Tolerance Rounding = new(1e-12, "rounding of two double computations, measured below 2e-13");

    [Fact]
    public void Ring_ReferenceProblem_DensityScoreAndEpsilonAgree() => Check("problem_P1.json", GaussianMixture.Ring());

    [Fact]
    public void Gaussian_ReferenceProblem_DensityScoreAndEpsilonAgree()
    {
        var settings = Read("problem_P2.json").GetProperty("settings");
        var rows = Matrix(settings.GetProperty("cov"));
        var covariance = new double[rows.Length, rows.Length];
        for (var i = 0; i < rows.Length; i++)
            for (var j = 0; j < rows.Length; j++) covariance[i, j] = rows[i][j];
        Check("problem_P2.json", new Gaussian(Numbers(settings.GetProperty("mean")), covariance));
    }

    private static void Check(string file, IDataLaw law)
    {
        var result = Read(file).GetProperty("result");
        var points = Matrix(result.GetProperty("points"));
        var process = new VariancePreserving(new LinearSchedule());
        var seen = 0;
        foreach (var entry in result.GetProperty("by_time").EnumerateArray())
        {
            var level = process.At(entry.GetProperty("t").GetDouble());
            Near.Relative(entry.GetProperty("alpha").GetDouble(), level.Alpha, Rounding, "α");
            Near.Relative(entry.GetProperty("sigma").GetDouble(), level.Sigma, Rounding, "σ");
            var logp = Numbers(entry.GetProperty("logp"));
            var scores = level.Sigma > 0 ? Matrix(entry.GetProperty("score")) : null; // the file has none at σ = 0
            var noises = Matrix(entry.GetProperty("eps"));
            for (var i = 0; i < points.Length; i++)
            {
                var score = new double[law.Dimension];
                law.Score(points[i], level, score);
                Near.Relative(logp[i], law.LogDensity(points[i], level), Rounding, $"log p at {level}");
                if (scores is not null) Near.Vector(scores[i], score, Rounding, $"score at {level}");
                Near.Vector(noises[i], Array.ConvertAll(score, s => -level.Sigma * s), Rounding, $"ε at {level}");
                seen++;
            }
        }
        Assert.True(seen >= 50, $"the file has {seen} points");
    }

    private static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", file))).RootElement;

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];

    private static double[][] Matrix(JsonElement array) => [.. array.EnumerateArray().Select(Numbers)];
}
