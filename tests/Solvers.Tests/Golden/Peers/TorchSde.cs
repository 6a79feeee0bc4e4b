using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;

namespace ScoreSde.Solvers.Tests.Golden.Peers;

/// <summary>torchsde's Euler on the reverse VP process in s = 1 − t, with its own Brownian increments.</summary>
internal sealed class TorchSde : IPeer
{
    public bool Made(GoldenFile file) => file.Repository == "google-research/torchsde" && file.Where == "torchsde/_core/methods/euler";

    public void Repeat(GoldenFile file, Checks checks)
    {
        var settings = file.Settings.Empty("options").Beside("dt", "steps", "noise_fields", "W_total");
        settings.Choice("method", "euler");
        settings.Choice("sde_type", "ito");
        settings.Choice("noise_type", "diagonal");
        settings.Choice("sde", "reverse VP-SDE in s=1-t: dy=(b/2 y + b score(y,t)) ds + sqrt(b) dW, b=b(1-s)");
        settings.Done();
        var increments = file.Increments;
        double[] times = [.. increments.Select(i => 1 - i.From), 1 - increments[^1].To];
        new Repetition(new EulerMaruyama(), Walk.Straight(TimeGrid.OfTimes(Problems.LinearVp, times)), file.Start)
        {
            Noise = [.. increments.Select(i => 1 / Math.Sqrt(i.To - i.From) * i.Increment)],
            Eta = 1,
        }.Compare(file, checks);
    }
}
