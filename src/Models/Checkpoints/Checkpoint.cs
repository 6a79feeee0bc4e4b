using ScoreSde.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.Checkpoints;

/// <summary>
/// A trained network on disk: a directory with <c>config.json</c> and <c>model.safetensors</c> (the averaged weights, those to sample
/// with), and while training goes on <c>training.safetensors</c> beside them.
/// </summary>
public static class Checkpoint
{
    /// <summary>Name of the configuration.</summary>
    public const string ConfigFile = "config.json";

    /// <summary>Name of the file of weights.</summary>
    public const string ModelFile = "model.safetensors";

    /// <summary>Name of the file a training continues from.</summary>
    public const string TrainingFile = "training.safetensors";

    /// <summary>The configuration of a checkpoint, without its weights.</summary>
    /// <param name="path">A checkpoint, or the folder of a training run.</param>
    public static CheckpointConfig ReadConfig(string path)
    {
        var file = Path.Combine(CheckpointFolder.Resolve(path), ConfigFile);
        return CheckpointConfig.FromJson(File.ReadAllText(file));
    }

    /// <summary>Builds the network of a checkpoint with its weights, in evaluation mode. Call it outside dispose scopes.</summary>
    /// <param name="path">A checkpoint, or the folder of a training run, which stands for its latest checkpoint.</param>
    /// <param name="device">Where the weights go; the CPU if null.</param>
    /// <exception cref="FileNotFoundException">There is no checkpoint.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or configuration and weights do not belong together.</exception>
    public static (ScoreNetwork Network, CheckpointConfig Config) Load(string path, Device? device = null)
    {
        path = CheckpointFolder.Resolve(path);
        var config = ReadConfig(path);
        var network = config.Network.Build();
        try
        {
            ReadInto(Path.Combine(path, ModelFile), network.state_dict());
            network.eval();
            if (device is not null) network.to(device);
            return (network, config);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Writes configuration and weights into a directory that is there.</summary>
    public static void Write(string directory, CheckpointConfig config, IReadOnlyDictionary<string, Tensor> weights)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(weights);
        File.WriteAllText(Path.Combine(directory, ConfigFile), config.ToJson());
        SafeTensors.Write(Path.Combine(directory, ModelFile), weights, new Dictionary<string, string> { ["format"] = "pt" });
    }

    /// <summary>Writes what a training continues from beside the weights.</summary>
    public static void WriteTraining(string directory, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(metadata);
        SafeTensors.Write(Path.Combine(directory, TrainingFile), tensors, metadata);
    }

    /// <summary>Copies the tensors of a file into tensors that have exactly these names and shapes. Returns the file's metadata.</summary>
    /// <exception cref="InvalidDataException">Names or shapes differ; the message names the first that does.</exception>
    public static IReadOnlyDictionary<string, string> ReadInto(string file, IReadOnlyDictionary<string, Tensor> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        using var content = SafeTensors.Read(file);
        foreach (var name in content.Tensors.Keys)
            if (!targets.ContainsKey(name)) throw new InvalidDataException($"{file} has the tensor '{name}', which the network has not");
        using var untracked = no_grad();
        foreach (var (name, target) in targets)
        {
            if (!content.Tensors.TryGetValue(name, out var source)) throw new InvalidDataException($"{file} lacks the tensor '{name}'");
            if (!source.shape.AsSpan().SequenceEqual(target.shape))
                throw new InvalidDataException($"{file}: '{name}' is [{string.Join(", ", source.shape)}]; the network has [{string.Join(", ", target.shape)}]");
            target.copy_(source);
        }
        return content.Metadata;
    }
}
