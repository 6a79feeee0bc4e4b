using System.Globalization;
using System.Text.RegularExpressions;
using ScoreSde.Sde.General;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Processes;
using ScoreSde.Solvers.States;

namespace ScoreSde.Solvers.Tests.Golden.Peers;

/// <summary>torchsde's Euler with its own Brownian increments: on the reverse VP process in s = 1 − t, and on SDEs that are no diffusion model's.</summary>
internal sealed partial class TorchSde : IPeer
{
    private const string ReverseVp = "reverse VP-SDE in s=1-t: dy=(b/2 y + b score(y,t)) ds + sqrt(b) dW, b=b(1-s)";
    private const string Sinh = "dX=(X/2+sqrt(1+X^2))dt+sqrt(1+X^2)dW, X=sinh(t+W+asinh X0)";

    public bool Made(GoldenFile file) => file.Repository == "google-research/torchsde" && file.Where == "torchsde/_core/methods/euler";

    public void Repeat(GoldenFile file, Checks checks)
    {
        var settings = file.Settings.Empty("options").Beside("dt", "steps", "noise_fields", "W_total");
        settings.Choice("method", "euler");
        settings.Choice("sde_type", "ito");
        settings.Choice("noise_type", "diagonal");
        var sde = settings.Text("sde");
        settings.Done();
        var increments = file.Increments;
        Points[] noise = [.. increments.Select(i => 1 / Math.Sqrt(i.To - i.From) * i.Increment)];
        double[] times = [.. increments.Select(i => i.From), increments[^1].To];
        var range = new TimeRange(times[0], times[^1]);

        if (sde == ReverseVp)
        {
            var walk = Walk.Straight(TimeGrid.OfTimes(Problems.LinearVp, Array.ConvertAll(times, s => 1 - s)));
            new Repetition(new EulerMaruyama(), walk, file.Start) { Noise = noise, Eta = 1 }.Compare(file, checks);
        }
        else if (sde == Sinh) Compare(file, checks, new HyperbolicSine<Points>(range), times, noise);
        else if (Geometric().Match(sde) is { Success: true } match)
        {
            var (growth, volatility) = (Number(match.Groups[1]), Number(match.Groups[2]));
            Compare(file, checks, new GeometricBrownianMotion<Points>(growth, volatility, file.Start, range), times, noise);
            var law = new GeometricBrownianLaw(growth, volatility);
            var brownian = increments.Select(i => i.Increment).Aggregate((a, b) => a + b);
            var along = new double[brownian.Values.Length];
            for (var i = 0; i < along.Length; i++) along[i] = law.Along(file.Start.Values[i], range.Length, brownian.Values[i]);
            checks.Numbers("solution along the path", file.Numbers("exact_strong"), along);
        }
        else throw new NotCovered($"sde = {sde} is none of our processes");
    }

    private static void Compare<TSde>(GoldenFile file, Checks checks, TSde sde, double[] times, Points[] draws) where TSde : struct, IGeneralSde<Points, Points>
    {
        var noise = new RecordedNoise<Points>(draws);
        var run = Sampler.Run<Points, Points, TSde, RecordedNoise<Points>>(
            new EulerMaruyama(), Walk.Straight(TimeGrid.OfTimes(sde, times)), file.Start, sde, noise);
        checks.Points("result", JsonNumbers.Flat(file.Result), run.State);
        checks.Count("drift calls", file.Nfe, run.Evaluations);
        checks.Count("draws used", draws.Length, noise.Taken);
    }

    private static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^GBM dX=([0-9.]+) X dt\+([0-9.]+) X dW \(ito\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Geometric();
}
