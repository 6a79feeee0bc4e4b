using ScoreSde.Models.Checkpoints;
using ScoreSde.Models.Networks;
using ScoreSde.Models.Tests.Networks;
using TorchSharp;

namespace ScoreSde.Models.Tests.Checkpoints;

[NoTensorLeaks]
public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoresde-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Network_SavedAndLoaded_AnswersTheSameBits()
    {
        foreach (var config in Configs())
        {
            using var network = NetworkTests.Built(config.Network);
            var path = new CheckpointFolder(_folder).Add(config.Step, directory => Checkpoint.Write(directory, config, network.state_dict()));
            var (loaded, loadedConfig) = Checkpoint.Load(path);
            using var owned = loaded;
            using var scope = NewDisposeScope();
            using var untracked = no_grad();
            var (x, t) = (randn([3, .. config.Network.EventShape]), rand([3]));
            Assert.True(network.call(x, t, null).bytes.SequenceEqual(loaded.call(x, t, null).bytes));
            Assert.False(loaded.training);
            Assert.Equal(config, loadedConfig);
        }
    }

    [Fact]
    public void Config_ToJsonAndBack_IsTheSame()
    {
        foreach (var config in Configs()) Assert.Equal(config, CheckpointConfig.FromJson(config.ToJson()));
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("null", "null")]
    [InlineData("""{"format":1,"process":"vp-linear","data":{"name":"a"}}""", "network")]
    [InlineData("""{"format":9,"network":{"kind":"mlp"},"process":"vp-linear","data":{"name":"a"}}""", "format 9")]
    [InlineData("""{"format":1,"network":{"kind":"mlp"},"process":"vp-linear","data":{"name":"a"},"colour":1}""", "colour")]
    public void Config_ThatIsBroken_SaysWhy(string json, string why) =>
        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => CheckpointConfig.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Weights_OfAnotherNetwork_AreRefusedByName()
    {
        using var network = NetworkTests.Built(new MlpConfig());
        var config = Configs()[0] with { Network = new MlpConfig { Width = 64 } };
        Checkpoint.Write(_folder, config, network.state_dict());
        Assert.Contains("condition.first.weight", Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder)).Message, StringComparison.Ordinal);
        Checkpoint.Write(_folder, config with { Network = new MlpConfig { Classes = 2 } }, network.state_dict());
        Assert.Contains("lacks the tensor 'condition.classes'", Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder)).Message, StringComparison.Ordinal);
        Checkpoint.Write(_folder, config with { Network = new MlpConfig { Depth = 1 } }, network.state_dict());
        Assert.Contains("which the network has not", Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_AfterManyCheckpoints_KeepsTheTwoNewest()
    {
        var folder = new CheckpointFolder(_folder);
        Assert.Null(folder.Latest);
        foreach (var step in new[] { 5, 10, 10, 2_000_000 }) folder.Add(step, directory => File.WriteAllText(Path.Combine(directory, "a"), $"{step}"));
        Assert.Equal("checkpoint-2000000", Path.GetFileName(folder.Latest));
        Assert.Equal(["checkpoint-000010.1", "checkpoint-2000000", "latest"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName).Order());
        Assert.Equal("2000000", File.ReadAllText(Path.Combine(folder.Latest!, "a")));
    }

    [Fact]
    public void Folder_WhenWritingFails_KeepsTheLastCheckpoint()
    {
        var folder = new CheckpointFolder(_folder);
        var good = folder.Add(1, directory => File.WriteAllText(Path.Combine(directory, "a"), "good"));
        Assert.Throws<IOException>(() => folder.Add(2, directory =>
        {
            File.WriteAllText(Path.Combine(directory, "a"), "half");
            throw new IOException("disk full");
        }));
        Assert.Equal(good, folder.Latest);
        var next = folder.Add(3, directory => Assert.Empty(Directory.EnumerateFileSystemEntries(directory)));
        Assert.Equal(next, folder.Latest);
        Assert.Empty(Directory.EnumerateDirectories(_folder, ".writing-*"));
    }

    [Fact]
    public void Resolve_OfAnEmptyFolder_SaysWhatIsMissing() =>
        Assert.Contains("latest", Assert.Throws<FileNotFoundException>(() => CheckpointFolder.Resolve(_folder)).Message, StringComparison.Ordinal);

    private static CheckpointConfig[] Configs() =>
    [
        new()
        {
            Network = new MlpConfig { Output = Parametrisation.Velocity, Classes = 8 }, Process = "vp-linear", MinTime = 1e-3, Step = 7,
            Data = new DataDescription { Name = "ring" },
        },
        new()
        {
            Network = new UNetConfig { Channels = [8, 16], AttentionLevels = [], Classes = 2, Dropout = 0.1, PatchSize = 2 }, Process = "vp-cosine", Step = 123456789,
            Data = new DataDescription { Name = "set", Scale = 2.0 / 255, Offset = -1, Lowest = -1, Highest = 1, ClassNames = ["a", "ü"] },
        },
    ];
}
