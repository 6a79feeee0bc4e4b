using System.Text.Json;
using System.Text.Json.Serialization;
using ScoreSde.Models.Networks;

namespace ScoreSde.Models.Checkpoints;

/// <summary>What stands in a checkpoint's <c>config.json</c>: all that is needed to sample from the network, and how it was trained.</summary>
public sealed record CheckpointConfig
{
    /// <summary>The layout this code reads and writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the layout.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The network.</summary>
    public required NetworkConfig Network { get; init; }

    /// <summary>The forward process by its catalogue name, such as <c>vp-linear</c>.</summary>
    public required string Process { get; init; }

    /// <summary>Smallest time the network was trained at; below it, it extrapolates.</summary>
    public double MinTime { get; init; }

    /// <summary>What it was trained on and how numbers of the data became numbers of the model.</summary>
    public required DataDescription Data { get; init; }

    /// <summary>Steps of training behind these weights.</summary>
    public long Step { get; init; }

    /// <summary>Options of the training, in the trainer's own terms; null for a network that came from elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Training { get; init; }

    /// <summary>As JSON text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, CheckpointJson.Options);

    /// <summary>From JSON text.</summary>
    /// <exception cref="InvalidDataException">The text is no such configuration; the message says why.</exception>
    public static CheckpointConfig FromJson(string json)
    {
        try
        {
            var config = JsonSerializer.Deserialize<CheckpointConfig>(json, CheckpointJson.Options) ?? throw new InvalidDataException("config.json holds null");
            return config.Format == CurrentFormat
                ? config
                : throw new InvalidDataException($"config.json has format {config.Format}; this version reads format {CurrentFormat}");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"config.json cannot be read: {e.Message}", e);
        }
    }
}

/// <summary>The data behind a network: model value = <see cref="Scale"/> · data value + <see cref="Offset"/>.</summary>
public sealed record DataDescription
{
    /// <summary>Name of the data set.</summary>
    public required string Name { get; init; }

    /// <summary>Factor from data values to model values; 2/255 for bytes that become [−1, 1].</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Summand from data values to model values; −1 for bytes that become [−1, 1].</summary>
    public double Offset { get; init; }

    /// <summary>Lowest model value that data can have; null where there is no such bound.</summary>
    public double? Lowest { get; init; }

    /// <summary>Highest model value that data can have; null where there is no such bound.</summary>
    public double? Highest { get; init; }

    /// <summary>Names of the classes in the order of their labels; empty where there are none or they have no names.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Equal by value, names included.</summary>
    public bool Equals(DataDescription? other) =>
        other is not null && Name == other.Name && Scale.Equals(other.Scale) && Offset.Equals(other.Offset) && Lowest.Equals(other.Lowest)
        && Highest.Equals(other.Highest) && ClassNames.SequenceEqual(other.ClassNames);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Scale, Offset, Lowest, Highest, ClassNames.Count);
}
