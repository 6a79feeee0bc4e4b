using System.Text.Json.Serialization;

namespace ScoreSde.Models.Networks;

/// <summary>A multilayer perceptron for points of a few dimensions.</summary>
public sealed record MlpConfig : NetworkConfig
{
    /// <summary>d, coordinates of a point.</summary>
    public int Dimension { get; init; } = 2;

    /// <summary>Width of the hidden layers.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Number of residual hidden layers.</summary>
    public int Depth { get; init; } = 3;

    /// <summary>Features of the sinusoidal time embedding; even.</summary>
    public int TimeFeatures { get; init; } = 64;

    /// <inheritdoc/>
    [JsonIgnore]
    public override long[] EventShape => [Dimension];

    /// <inheritdoc/>
    public override ScoreNetwork Build() => new ScoreMlp(this);
}
