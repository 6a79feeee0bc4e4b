using System.Text.Json.Serialization;

namespace ScoreSde.Models.Networks;

/// <summary>A plain perceptron for points of a few dimensions that takes the features of time beside the coordinates.</summary>
public sealed record PerceptronConfig : NetworkConfig
{
    /// <summary>d, coordinates of a point.</summary>
    public int Dimension { get; init; } = 2;

    /// <summary>Widths of the hidden layers.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [128, 128, 128];

    /// <summary>Features of the sinusoidal time embedding; even.</summary>
    public int TimeFeatures { get; init; } = 64;

    /// <inheritdoc/>
    [JsonIgnore]
    public override long[] EventShape => [Dimension];

    /// <inheritdoc/>
    public override ScoreNetwork Build() => new ScorePerceptron(this);

    /// <summary>Equal by value, widths included.</summary>
    public bool Equals(PerceptronConfig? other) =>
        other is not null && base.Equals(other) && Dimension == other.Dimension && Widths.SequenceEqual(other.Widths) && TimeFeatures == other.TimeFeatures;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Dimension, Widths.Count, TimeFeatures);
}
