using ScoreSde.Models.Networks;
using ScoreSde.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Cli.Conformance;

/// <summary>Steps of training on the device: the losses and weights of the same steps on the CPU, in double.</summary>
internal static class TrainingChecks
{
    private const int Steps = 4;

    public static IEnumerable<Check> All =>
        NetworkChecks.Networks.Select(network => new Check($"training steps of {network.Name}", device => Look(device, network.Config)));

    private static Finding Look(Device device, NetworkConfig config)
    {
        var (expected, found) = (Train(config, CPU), Train(config, device));
        // In double: some 1e-15 of the loss a step. Adam divides by the size of the gradient, so that a gradient near 0 has a large relative error: 1e-7 of
        // four learning rates of 1e-3 covers gradients down to 1e-12.
        return Finding.Difference(expected, found, 1e-9);
    }

    /// <summary>Losses, and the sum and sum of squares of each weight after the last step.</summary>
    private static double[] Train(NetworkConfig config, Device device)
    {
        using var network = NetworkChecks.Build(config);
        network.to(device, ScalarType.Float64);
        network.train();
        using var optimiser = new AdamOptimizer(network);
        var numbers = new List<double>();
        using var scope = NewDisposeScope();
        for (var step = 0; step < Steps; step++)
        {
            using var inner = NewDisposeScope();
            var x = ConformanceSuite.Normals([4, .. config.EventShape], (uint)step, ScalarType.Float64, device);
            var target = ConformanceSuite.Normals([4, .. config.EventShape], (uint)step + 50, ScalarType.Float64, device);
            var times = tensor(new[] { 0.1, 0.4, 0.7, 0.9 }, dtype: ScalarType.Float64, device: device);
            foreach (var parameter in network.parameters()) parameter.grad?.zero_();
            var loss = (network.call(x, times, tensor(new long[] { 2, 0, 1, 1 }, device: device)) - target).square().mean();
            loss.backward();
            numbers.Add(loss.detach().cpu().item<double>());
            optimiser.Step(step, 1e-3, 1);
        }
        using var untracked = no_grad();
        foreach (var parameter in network.parameters())
        {
            numbers.Add(parameter.sum().cpu().item<double>() / parameter.numel());
            numbers.Add(parameter.square().sum().cpu().item<double>() / parameter.numel());
        }
        return [.. numbers];
    }
}
