using System.Diagnostics;
using ScoreSde.Models.Checkpoints;
using ScoreSde.Models.Networks;
using ScoreSde.Tests.Support;

namespace ScoreSde.Training.Tests;

/// <summary>A training run as a process of its own, killed without warning at random moments.</summary>
[NoTensorLeaks]
public sealed class KillTests : IDisposable
{
    private const int Kills = 10;

    private static readonly TrainerOptions Options = new()
    {
        Data = "ring", Network = new MlpConfig { Width = 16, Depth = 1, TimeFeatures = 8 }, Steps = 1500, BatchSize = 8, LogSteps = 7, Threads = 1,
        CheckpointInterval = TimeSpan.Zero,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("scoresde-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_KilledTenTimes_LosesNoCheckpointAndEndsWithTheSameBits()
    {
        var random = new Random(20260101); // the moments, in milliseconds after the first checkpoint of the process
        long reached = 0;
        var killedMidway = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var delay = random.Next(0, 60);
            if (RunUntilKilled(delay)) killedMidway++;
            var latest = new CheckpointFolder(_folder).Latest;
            Assert.NotNull(latest);
            var (network, config) = Checkpoint.Load(latest);
            network.Dispose();
            Assert.True(config.Step >= reached, $"kill {kill}: the checkpoint went back from step {reached} to {config.Step}");
            reached = config.Step;
        }
        Assert.True(killedMidway >= Kills / 2, $"only {killedMidway} of {Kills} processes were still at work when they were killed");

        using var resumed = Trainer.Run(Options with { Directory = _folder });
        using var straight = Trainer.Run(Options);
        Runs.AssertSameBits(straight.Network, resumed.Network);
        var steps = File.ReadAllLines(Path.Combine(_folder, LossLog.FileName)).Skip(1).Select(line => long.Parse(line.Split(',')[0], null)).ToArray();
        Assert.Equal(Enumerable.Range(1, (int)Options.Steps / Options.LogSteps).Select(i => (long)i * Options.LogSteps), steps);
    }

    internal static void RunAsProcess(string folder)
    {
        using var result = Trainer.Run(Options with { Directory = folder, CheckpointSteps = 1 }, new Now(p =>
        {
            if (p.Checkpoint is null) return;
            Console.WriteLine(p.Step);
            Console.Out.Flush();
        }));
    }

    private bool RunUntilKilled(int delay)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList = { typeof(KillTests).Assembly.Location, _folder }, RedirectStandardOutput = true,
        })!;
        var line = process.StandardOutput.ReadLine();
        Assert.NotNull(line);
        Thread.Sleep(delay);
        process.Kill(); // SIGKILL
        process.WaitForExit();
        return process.ExitCode != 0;
    }
}
