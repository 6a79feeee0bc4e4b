using System.Diagnostics;
using System.Globalization;
using ScoreSde.Kernels.Cuda;
using ScoreSde.Models.Networks;
using ScoreSde.Models.Sampling;
using ScoreSde.Models.Scores;
using ScoreSde.Models.States;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Noise;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Cli.Conformance;

/// <summary>What a step costs on a GPU: bytes a second of its kernel beside those of a copy, and the share of a sampling run that is not the network.</summary>
internal static class DeviceSpeed
{
    private const int Rounds = 9;

    /// <summary>Lines of figures: medians of some rounds, the things compared taking turns.</summary>
    /// <param name="device">The GPU.</param>
    /// <param name="kernels">Its kernels.</param>
    /// <param name="elements">Numbers in an array, far more than its caches hold; a multiple of 64.</param>
    /// <param name="repeats">Passes between two looks at the clock.</param>
    public static IEnumerable<string> Bandwidth(Device device, DeviceKernels kernels, long elements, int repeats)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var x = empty([elements / 64, 64], dtype: ScalarType.Float32, device: device).fill_(1);
        var (y, z) = (x.clone(), x.clone());
        (string Name, long Bytes, Action Pass)[] passes =
        [
            ("copy", 8 * elements, () => kernels.Copy(DeviceMemory.Address(x), DeviceMemory.Address(z), 4 * elements)),
            ("step of two terms", 12 * elements, () => (0.3 * new TensorState(x) + 0.7 * new TensorState(y)).Value.Dispose()),
            ("step of two terms and noise", 12 * elements, () =>
            {
                using var inner = NewDisposeScope();
                var noise = new TensorDraws(1, NoiseStream.Step, 0, [elements / 64, 64], ScalarType.Float32, device).Normal(0);
                _ = (0.3 * new TensorState(x) + 0.7 * new TensorState(y) + 0.1 * noise).Value;
            }),
        ];
        var rates = passes.Select(_ => new double[Rounds]).ToArray();
        for (var round = -1; round < Rounds; round++) // the first warms up
            for (var i = 0; i < passes.Length; i++)
            {
                var seconds = Time(device, passes[i].Pass, repeats);
                if (round >= 0) rates[i][round] = passes[i].Bytes / seconds;
            }
        var copy = Median(rates[0]);
        for (var i = 0; i < passes.Length; i++)
        {
            var rate = Median(rates[i]);
            yield return string.Create(CultureInfo.InvariantCulture, $"{passes[i].Name}: {rate / 1e9:0} GB/s{(i == 0 ? "" : $", {100 * rate / copy:0} % of a copy's")}");
        }
    }

    /// <summary>A sampling run beside the network's calls alone, with those calls launched operation by operation and replayed, and what replaying gains.</summary>
    /// <param name="device">The GPU.</param>
    /// <param name="side">Height and width of the images.</param>
    /// <param name="steps">Steps of the run.</param>
    public static IEnumerable<string> Overhead(Device device, int side, int steps)
    {
        using var network = NetworkChecks.Build(new UNetConfig { ImageChannels = 3, Height = side, Width = side, Channels = [64, 128, 128], AttentionLevels = [2] });
        network.to(device);
        network.eval();
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var grid = TimeGrid.Create(ConformanceSuite.Process, new UniformTime(), steps, 1, 1e-3);
        var request = new SampleRequest { Solver = SolverCatalogue.Parse("ddim"), Grid = grid, Event = [3, side, side], Place = device };
        var x = ConformanceSuite.Normals([1, 3, side, side], 0, ScalarType.Float32, device);
        var score = new NetworkScore(network);
        var seconds = new[] { false, true }.ToDictionary(way => way, _ => (Run: new double[Rounds], Calls: new double[Rounds]));
        for (var round = -1; round < Rounds; round++)
            foreach (var (replayed, taken) in seconds)
            {
                network.Replayed = replayed;
                var whole = Time(device, () => TensorSampler.Run(request, (_, _) => score).Dispose(), 1);
                var alone = Time(device, () =>
                {
                    for (var i = 0; i < steps; i++)
                    {
                        using var inner = NewDisposeScope();
                        _ = score.Evaluate(new TensorState(x), grid.Levels[i]).Value;
                    }
                }, 1);
                if (round >= 0) (taken.Run[round], taken.Calls[round]) = (whole, alone);
            }
        foreach (var (replayed, taken) in seconds)
        {
            if (replayed && score.Replays.Replayed == 0) continue;
            var (a, b) = (Median(taken.Run), Median(taken.Calls));
            yield return string.Create(CultureInfo.InvariantCulture,
                $"U-Net of {side} x {side}, one sample, {steps} steps, calls {(replayed ? "replayed" : "launched")}: {1e3 * a / steps:0.000} ms a step, {1e3 * b / steps:0.000} ms of it the network: the solver adds {100 * (a - b) / b:0.0} %");
        }
        yield return score.Replays.Replayed == 0
            ? score.Replays.ToString()
            : string.Create(CultureInfo.InvariantCulture, $"a run of replayed calls is {Median(seconds[false].Run) / Median(seconds[true].Run):0.00} times as fast as one of launched ones");
    }

    /// <summary>Seconds a pass, from the device being idle until it is idle again.</summary>
    private static double Time(Device device, Action pass, int repeats)
    {
        Wait(device);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < repeats; i++) pass();
        Wait(device);
        return watch.Elapsed.TotalSeconds / repeats;
    }

    private static void Wait(Device device)
    {
        if (device.type == DeviceType.CUDA) cuda.synchronize(device);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
