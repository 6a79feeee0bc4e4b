using ScoreSde.Models.Checkpoints;
using ScoreSde.Models.Networks;
using ScoreSde.Sde;
using ScoreSde.Training.Data;
using ScoreSde.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Training.Tests;

[NoTensorLeaks]
public sealed class TrainerTests : IDisposable
{
    private static readonly TrainerOptions Small = new()
    {
        Data = "ring", Network = new MlpConfig { Width = 32, Depth = 1, TimeFeatures = 16, Classes = 8 }, LabelDropout = 0.2, Steps = 40, BatchSize = 32,
        WarmUpSteps = 5, LogSteps = 6, CheckpointInterval = TimeSpan.Zero, Threads = 1,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("scoresde-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_StoppedAndResumed_GivesTheBitsOfAnUninterruptedRun()
    {
        TrainerOptions[] cases =
        [
            Small,
            Small with
            {
                Data = Images(), Flips = true, BatchSize = 5, LabelDropout = 0,
                Network = new UNetConfig { Height = 9, Width = 9, Channels = [8, 8], Groups = 4, AttentionLevels = [], Dropout = 0.3, Output = Parametrisation.Velocity },
            },
        ];
        foreach (var options in cases)
        {
            List<double> straightLosses = [], resumedLosses = [];
            using var straight = Trainer.Run(options, new Now(p => Note(p, straightLosses)));

            var folder = Path.Combine(_folder, Guid.NewGuid().ToString("n"));
            using var stop = new CancellationTokenSource();
            // Stopped at the third log row, step 18, and cut again at 20 by the last checkpoint before the stop at 24.
            var first = options with { Directory = folder, CheckpointSteps = 20 };
            using (var part = Trainer.Run(first, new Now(p => { if (p.Step == 24) stop.Cancel(); }), stop.Token))
            {
                Assert.True(part.Cancelled);
                Assert.Equal(24, part.Step);
            }
            // As if the process had been killed after step 20: the later checkpoint was never named.
            File.WriteAllText(Path.Combine(folder, "latest"), "checkpoint-000020\n");
            using var resumed = Trainer.Run(first, new Now(p => Note(p, resumedLosses)));

            Assert.False(resumed.Cancelled);
            Runs.AssertSameBits(straight.Network, resumed.Network);
            Assert.Equal(straightLosses.Skip(3), resumedLosses);
            var logged = File.ReadAllLines(Path.Combine(folder, LossLog.FileName)).Skip(1).Select(line => double.Parse(line.Split(',')[1], null));
            Assert.Equal(straightLosses, logged);
        }
    }

    [Fact]
    public void Run_OfAnotherSeed_GivesOtherWeights()
    {
        using var one = Trainer.Run(Small);
        using var other = Trainer.Run(Small with { Seed = 2 });
        Assert.Throws<Xunit.Sdk.TrueException>(() => Runs.AssertSameBits(one.Network, other.Network));
    }

    [Fact]
    public void Run_WithAnEndedRunInTheFolder_DoesNothingMore()
    {
        using var first = Trainer.Run(Small with { Directory = _folder });
        using var again = Trainer.Run(Small with { Directory = _folder });
        Assert.Equal(first.Checkpoint, again.Checkpoint);
        Runs.AssertSameBits(first.Network, again.Network);
    }

    [Fact]
    public void Run_ResumedWithOtherData_IsRefused()
    {
        using (Trainer.Run(Small with { Directory = _folder })) { }
        Assert.Throws<ArgumentException>(() => Trainer.Run(Small with { Directory = _folder, Seed = 2 }));
        Assert.Throws<ArgumentException>(() => Trainer.Run(Small with { Directory = _folder, BatchSize = 31 }));
        using var longer = Trainer.Run(Small with { Directory = _folder, Steps = 45 });
        Assert.Equal(45, longer.Step);
    }

    [Fact]
    public void Checkpoint_OfARun_LoadsAsTheNetworkTheRunReturned()
    {
        using var result = Trainer.Run(Small with { Directory = _folder });
        var (network, config) = Checkpoint.Load(_folder);
        using var owned = network;
        Runs.AssertSameBits(result.Network, network);
        Assert.Equal((40, "vp-linear:0.1,20", "ring"), (config.Step, config.Process, config.Data.Name));
        Assert.Equal(1e-3, config.MinTime);
    }

    [Fact]
    public void Run_OnOneSample_LearnsIt()
    {
        // One point, so x_0 is known to a network that answers it: the loss goes to zero, as nothing is left to chance.
        var file = Path.Combine(_folder, "one.npy");
        Npy.Write(file, [1, 2], [0.5f, -1.5f]);
        var losses = new List<double>();
        using var result = Trainer.Run(
            Small with { Data = file, Network = new MlpConfig { Width = 32, Depth = 1, Output = Parametrisation.Denoised }, LabelDropout = 0, Steps = 150, LearningRate = 1e-2, LogSteps = 10 },
            new Now(p => Note(p, losses)));
        Assert.InRange(losses[0], 0.2, 1.25); // the fresh network answers 0: (0.25 + 2.25)/2 = 1.25, less what ten steps learn
        Assert.True(losses[^1] < 1e-3, $"loss {losses[^1]}");
    }

    [Fact]
    public void Run_ThatDiverges_SaysWhereAndKeepsTheCheckpoint()
    {
        var file = Path.Combine(_folder, "far.npy");
        Npy.Write(file, [1, 2], [3e38f, 3e38f]);
        var options = Small with { Data = file, Network = new MlpConfig { Output = Parametrisation.Denoised }, LabelDropout = 0 };
        var failure = Assert.Throws<TrainingFailedException>(() => Trainer.Run(options));
        Assert.Equal(0, failure.Step);
    }

    [Fact]
    public void Options_ThatDoNotFit_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Trainer.Run(Small with { Steps = 0 }));
        Assert.Throws<ArgumentException>(() => Trainer.Run(Small with { Flips = true }));
        Assert.Throws<ArgumentException>(() => Trainer.Run(Small with { Network = new MlpConfig { Dimension = 3, Classes = 8 } }));
        Assert.Throws<ArgumentException>(() => Trainer.Run(Small with { Network = new MlpConfig { Classes = 4 } }));
        Assert.Throws<ArgumentException>(() => Trainer.Run(Small with { Network = new MlpConfig() })); // label dropout without classes
        Assert.False(new TrainerOptions().Flips);
    }

    private string Images()
    {
        var path = Path.Combine(_folder, "images.npy");
        if (!File.Exists(path)) Npy.Write(path, [7, 9, 9], [.. Enumerable.Range(0, 7 * 81).Select(i => MathF.Sin(i))]);
        return path;
    }

    private static void Note(in TrainingProgress p, List<double> losses)
    {
        if (p.Checkpoint is null) losses.Add(p.Loss);
    }
}
