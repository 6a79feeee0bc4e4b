using ScoreSde.Models.Replay;
using ScoreSde.Tests.Support;

namespace ScoreSde.Cli.Tests;

/// <summary>What the command line says of replayed calls: how many there were, or why there were none. A stand-in records calls on the CPU.</summary>
[Collection("torch")]
public class GraphsTests
{
    [Fact]
    public void Sample_SaysHowManyCallsWereReplayedOrWhyNone() => Shell.InFolder(folder =>
    {
        string[] Sample(params string[] more) =>
            Shell.Run(["sample", "--n", "1", "--steps", "5", "--format", "npy", "--out", folder, .. more]).Output.TrimEnd('\n').Split('\n');

        Assert.Single(Sample()); // on a CPU there is nothing to say
        var plain = File.ReadAllBytes(Path.Combine(folder, "samples.npy"));
        DeviceRecorder.InProgramMemory = new HostRecorder();
        try
        {
            Assert.Equal("3 of 5 network calls were replayed, the last of the others not because a shape's first 2 calls are not recorded", Sample()[^1]);
            Assert.Equal(plain, File.ReadAllBytes(Path.Combine(folder, "samples.npy")));
            Assert.Equal("network calls were not replayed: replay is switched off", Sample("--no-graphs")[^1]);
            DeviceRecorder.InProgramMemory = new HostRecorder { Missing = "this libtorch has no CUDAGraph::CUDAGraph of the kind that is known" };
            Assert.Equal("network calls were not replayed: this libtorch has no CUDAGraph::CUDAGraph of the kind that is known", Sample()[^1]);
        }
        finally
        {
            DeviceRecorder.InProgramMemory = null;
        }
    });
}
