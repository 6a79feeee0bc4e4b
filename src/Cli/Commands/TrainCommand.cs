using System.CommandLine;
using System.Globalization;
using ScoreSde.Cli.Networks;
using ScoreSde.Cli.Terminal;
using ScoreSde.Models.Networks;
using ScoreSde.Training;
using ScoreSde.Training.Data;

namespace ScoreSde.Cli.Commands;

/// <summary>Training by denoising score matching.</summary>
internal static class TrainCommand
{
    private static readonly string[] Models = ["mlp", "unet"];

    public static Command Create(Display display, CancellationToken stop)
    {
        var data = new Option<string>("--data") { Description = "a data set by name or file (see: list data)", DefaultValueFactory = _ => "ring" };
        var model = new Option<string?>("--model") { Description = $"{string.Join(" or ", Models)}; by default what suits the data" };
        var folder = new Option<string?>("--out") { Description = "folder of the run; an interrupted run there is continued (default: out/train/DATA)" };
        var steps = new Option<int?>("--steps") { Description = "steps in all, those of an earlier part of the run included" };
        var batch = new Option<int?>("--batch") { Description = "samples in a step" };
        var rate = Numbers.Real("--rate", "highest learning rate", 1e-8, 10);
        var process = new Option<string>("--process") { Description = "the forward process (see: list processes)", DefaultValueFactory = _ => "vp-linear" };
        var seed = Numbers.Seed();
        var device = Devices.Option();
        var threads = Numbers.Whole("--threads", "threads of libtorch; 0 takes what suits the network", 0, 0, 1024);
        var command = new Command("train", "Trains a score network: noise goes in, and the network learns to say what was noise.") { data, model, folder, steps, batch, rate, process, seed, device, threads };
        command.SetAction(parsed => Run(display, parsed.GetValue(data)!, parsed.GetValue(model), parsed.GetValue(folder), options => options with
        {
            Steps = parsed.GetValue(steps) ?? options.Steps,
            BatchSize = parsed.GetValue(batch) ?? options.BatchSize,
            LearningRate = parsed.GetValue(rate) ?? options.LearningRate,
            Process = parsed.GetValue(process)!,
            Seed = parsed.GetValue(seed),
            Device = parsed.GetValue(device)!,
            Threads = parsed.GetValue(threads) is var given and > 0 ? given : options.Threads,
        }, stop));
        return command.Teach(
            """
            Examples:
              ./scoresde train --data ring --steps 2000                   eight Gaussians on a circle: under a minute
              ./scoresde train --data fashion-mnist --model unet          garments: a few hours on two cores, minutes on a GPU
              ./scoresde train --data points.npy --out out/mine           an array [n, d] or [n, height, width] of your own

            Ctrl-C saves a checkpoint and stops; the same command goes on from there and ends with the same weights, bit for bit on a
            CPU, as a run that was never stopped. Afterwards: ./scoresde sample --model FOLDER
            """);
    }

    private static int Run(Display display, string data, string? model, string? folder, Func<TrainerOptions, TrainerOptions> change, CancellationToken stop)
    {
        var opened = DataCatalogue.Open(data);
        var isImage = opened.Shape.Count == 3;
        if (model is not null && !Models.Contains(model)) throw new BadInputException($"--model is '{model}'; allowed: {string.Join(", ", Models)}");
        if (model == "unet" && !isImage) throw new BadInputException($"--model is unet, which is for images; {data} has samples of shape [{string.Join(", ", opened.Shape)}], take mlp");
        if (model == "mlp" && opened.Shape.Count != 1) throw new BadInputException($"--model is mlp, which is for points; {data} has samples of shape [{string.Join(", ", opened.Shape)}], take unet");
        var options = change(Suited(data, opened)) with { Directory = folder ?? Path.Combine("out", "train", Path.GetFileNameWithoutExtension(data)) };
        if (options.Threads == 0) Devices.UseEveryCore();
        using var result = display.Work($"training on {data}", work => Trainer.Run(options, new Rows(work), stop));
        display.Say(result.Cancelled
            ? $"stopped after step {result.Step} of {options.Steps}; the same command goes on from {result.Checkpoint}"
            : $"trained {result.Step} steps; wrote {result.Checkpoint}");
        if (result.Cancelled) return CommandLine.Interrupted;
        if (opened is PlaneSet)
        {
            var (trained, untrained, fresh) = display.Work("measuring samples", work => PlaneQuality.Measure(result.Checkpoint!, opened, work, stop));
            display.Say(PlaneQuality.Describe(trained, untrained, fresh));
        }
        display.Say($"next: ./scoresde sample --model {options.Directory}");
        return CommandLine.Success;
    }

    /// <summary>Options that suit the data: those of the shipped network for Fashion-MNIST, a U-Net for other images, a perceptron for points.</summary>
    private static TrainerOptions Suited(string data, ITrainingData opened)
    {
        if (data == "fashion-mnist") return TrainerOptions.FashionMnist;
        if (opened.Shape is [var channels, var height, var width])
        {
            var images = TrainerOptions.FashionMnist;
            var network = (UNetConfig)images.Network with { ImageChannels = (int)channels, Height = (int)height, Width = (int)width, Classes = opened.Classes };
            return images with { Data = data, Network = network, LabelDropout = opened.Classes > 0 ? images.LabelDropout : 0 };
        }
        var points = TrainerOptions.Plane("ring");
        return points with { Data = data, Network = (MlpConfig)points.Network with { Dimension = (int)opened.Shape[0] } };
    }

    private sealed class Rows(IWork work) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => work.Report(
            (double)value.Step / value.Steps, string.Create(CultureInfo.InvariantCulture, $"step {value.Step}/{value.Steps}  loss {value.Loss:0.0000}  {value.ImagesPerSecond:0} samples/s"));
    }
}
