using System.Globalization;
using ScoreSde.Benchmarks.Running;
using ScoreSde.Models.Networks;
using ScoreSde.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Benchmarks.Contests;

/// <summary>Training steps of a U-Net whose architecture and weights both sides share: squared error of ε, gradient, Adam, averaged weights.</summary>
internal sealed class UNetTraining : IContestFamily
{
    public IEnumerable<IContest> Contests =>
    [
        new Contest("unet-training", "a U-Net of 32, 64 and 64 channels on 64 images of 28 × 28", UNetProblem.Full, 63),
        new Contest("unet-training-shipped", "a network like the shipped one, without classes, on 64 images", UNetProblem.Full with { PatchSize = 2, Channels = [48, 96] }, 64),
    ];

    private sealed class Contest(string name, string title, UNetConfig config, int place) : IContest
    {
        private UNetProblem? problem;
        private UNetProgram? program;
        private Action<long>? update;
        private Tensor? x, time, target, weights;
        private double first;
        private long step;

        public string Name => name;

        public string Title => $"A training step, float32: {title}";

        public double Bar => 1.5;

        public string Unit => "an image";

        public double Units => UNetProblem.Batch;

        public string Peer => $"unet.py training {UNetProblem.FolderOf(name)} {UNetProblem.Batch}";

        public int Repeats => 2;

        public int Place => place;

        public Limit? Limit => new(
            "three times the layers' products, convolutions counted as direct ones, as multiply-adds in registers; Winograd's take fewer", () => 3.0 * program!.Products * Limits.Product());

        public string? Check => string.Create(CultureInfo.InvariantCulture, $"loss {first:0.000} before the first step, {6e-9 * program!.Products:0.00} GFLOP an image");

        public void Prepare()
        {
            problem = UNetProblem.Of(config, name);
            manual_seed(11);
            long[] shape = [UNetProblem.Batch, .. config.EventShape];
            (x, time, target, weights) = (randn(shape), rand([UNetProblem.Batch]), randn(shape), ones([UNetProblem.Batch]));
            problem.Share("x", x);
            problem.Share("time", time);
            problem.Share("target", target);
            program = problem.Network.ProgramFor(x)!;
            first = program.Train(problem.Network, x, time, null, target, weights);
            using (NewDisposeScope()) problem.Share("gradient", cat([.. problem.Network.named_parameters().OrderBy(p => p.name, StringComparer.Ordinal).Select(p => p.parameter.grad!.flatten())]));
            var optimizer = new AdamOptimizer(problem.Network);
            var average = new ExponentialMovingAverage(problem.Network, 0.999);
            update = n => optimizer.Step(n, 1e-4, 0, average);
        }

        public void Ours()
        {
            program!.Train(problem!.Network, x!, time!, null, target!, weights!);
            update!(step++);
        }
    }
}
