using ScoreSde.Models.Networks;
using ScoreSde.Models.Replay;
using ScoreSde.Models.Sampling;
using ScoreSde.Models.Scores;
using ScoreSde.Models.States;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Grids;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Cli.Conformance;

/// <summary>
/// Calls of a network that are replayed beside the same calls made plainly, on the device itself. Where it records nothing (a CPU; a libtorch without recordings)
/// that is said and nothing is compared; where it should and does not, the check fails.
/// </summary>
internal static class ReplayChecks
{
    private const int Calls = 7;

    public static IEnumerable<Check> All =>
        (from network in NetworkChecks.Networks
         from type in new[] { ScalarType.Float64, ScalarType.Float32, ScalarType.BFloat16 }
         select new Check($"{network.Name} in {type}, calls replayed beside plain ones", device => Look(device, type, network.Config)))
        .Concat(new[] { "ddpm", "edm-heun", "dpmpp-3m", "sde-dpm-3m" }.Select(name => new Check($"{name}, a run of replayed calls beside plain ones", device => Walked(device, name))));

    private static Finding Look(Device device, ScalarType type, NetworkConfig config)
    {
        using var network = NetworkChecks.Build(config);
        network.to(device, type);
        network.eval();
        network.Fused = false;
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var state = type == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var labels = tensor(new long[] { 0, 1, 2, 1, 0 }, device: device);
        var score = new NetworkScore(network, labels);
        double[] Answers(bool replayed)
        {
            network.Replayed = replayed;
            var kept = new List<Tensor>(); // read at the end: none may be overwritten by the calls that follow
            for (var i = 0; i < Calls; i++)
            {
                using var other = tensor(new long[] { i % 3, 1, 2, (i + 1) % 3, 0 });
                labels.copy_(other);
                var x = ConformanceSuite.Normals([5, .. config.EventShape], (uint)i, ScalarType.Float32, device).to(state);
                kept.Add(score.Evaluate(new TensorState(x), ConformanceSuite.Process.At(0.1 + 0.1 * i)).Value);
            }
            return [.. kept.SelectMany(ConformanceSuite.Numbers)];
        }
        var (plain, before) = (Answers(false), score.Replays);
        var replayed = Answers(true);
        return Judge(device, score.Replays.Since(before), Calls - CallReplay.PlainCalls) ?? NetworkChecks.Relative(plain, replayed, NetworkChecks.Allowed(device, type));
    }

    private static Finding Walked(Device device, string name)
    {
        using var network = NetworkChecks.Build(new MlpConfig { Width = 32, Depth = 2 });
        network.to(device, ScalarType.Float64);
        network.eval();
        network.Fused = false;
        var grid = TimeGrid.Create(ConformanceSuite.Process, new UniformLambda(), 12, 1, 1e-3);
        var request = new SampleRequest
        {
            Solver = SolverCatalogue.Parse(name), Grid = grid, Event = [2], Count = 6, Batch = 6, Seed = 7, Type = ScalarType.Float64, Place = device,
        };
        (double[] Samples, ReplayCounts? Replays) Run(bool replayed)
        {
            network.Replayed = replayed;
            using var batch = TensorSampler.Run(request, (_, _) => new NetworkScore(network));
            return (ConformanceSuite.Numbers(batch.Samples), batch.Replays);
        }
        var (plain, replayed) = (Run(false), Run(true));
        // One rounding of an answer is amplified by the steps behind it, as the solvers' own are (SolverChecks): 4000 of them.
        return Judge(device, replayed.Replays ?? default, 1) ?? NetworkChecks.Relative(plain.Samples, replayed.Samples, 4000 * ConformanceSuite.Rounding(ScalarType.Float64));
    }

    /// <summary>What there is to say instead of a comparison: nothing was to be replayed, or it was and was not.</summary>
    private static Finding? Judge(Device device, ReplayCounts counts, long least)
    {
        using var here = empty(1, device: device);
        if (DeviceRecorder.Of(here) is not { } recorder) return new Finding(0, 0, "calls differ: none is recorded on a CPU");
        if (counts.Replayed >= least) return null;
        return recorder.Missing is { Length: > 0 } reason && counts.Recordings == 0 && !reason.StartsWith("a recording failed", StringComparison.Ordinal)
            ? new Finding(0, 0, $"calls differ: none is recorded here: {reason}")
            : new Finding(least - counts.Replayed, 0, $"calls of {least} were not replayed: {counts.Reason}");
    }
}
