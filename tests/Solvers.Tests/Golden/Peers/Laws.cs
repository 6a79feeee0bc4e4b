using ScoreSde.Sde;

namespace ScoreSde.Solvers.Tests.Golden.Peers;

/// <summary>No run: log-density, score and ε of the problems themselves at fixed points.</summary>
internal sealed class Laws : IPeer
{
    public bool Made(GoldenFile file) => file.Source == "analytic formula";

    public void Repeat(GoldenFile file, Checks checks)
    {
        var law = Problems.Law(file);
        file.Settings.Only(0.1, "beta_min").Only(20, "beta_max").Only(1, "T").Beside("eps");
        if (law is GaussianMixture ring)
        {
            file.Settings.Choice("weights", "1/8 each");
            file.Settings.Only(0.25, "std");
            checks.Numbers("means", file.Settings.Matrix("means").SelectMany(m => m).ToArray(), ring.Means.ToArray().SelectMany(m => m).ToArray());
        }
        else
        {
            checks.Numbers("mean", file.Settings.Vector("mean"), Problems.CorrelatedMean);
            checks.Numbers("covariance", file.Settings.Matrix("cov").SelectMany(r => r).ToArray(), Problems.CorrelatedCovariance().Cast<double>().ToArray());
        }
        file.Settings.Done();

        var points = JsonNumbers.Rows(file.Result.GetProperty("points"));
        foreach (var entry in file.Result.GetProperty("by_time").EnumerateArray())
        {
            var level = Problems.LinearVp.At(entry.GetProperty("t").GetDouble());
            checks.Numbers($"α, σ at {level}", [entry.GetProperty("alpha").GetDouble(), entry.GetProperty("sigma").GetDouble()], [level.Alpha, level.Sigma]);
            var scores = Array.ConvertAll(points, p =>
            {
                var score = new double[law.Dimension];
                law.Score(p, level, score);
                return score;
            }).SelectMany(s => s).ToArray();
            checks.Numbers($"log p at {level}", JsonNumbers.Flat(entry.GetProperty("logp")), Array.ConvertAll(points, p => law.LogDensity(p, level)));
            checks.Numbers($"ε at {level}", JsonNumbers.Flat(entry.GetProperty("eps")), Array.ConvertAll(scores, s => -level.Sigma * s));
            if (level.Sigma > 0) checks.Numbers($"score at {level}", JsonNumbers.Flat(entry.GetProperty("score")), scores); // the files have none at σ = 0
        }
    }
}
