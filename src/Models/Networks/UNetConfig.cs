using System.Text.Json.Serialization;

namespace ScoreSde.Models.Networks;

/// <summary>A U-Net for images of any size.</summary>
public sealed record UNetConfig : NetworkConfig
{
    /// <summary>Channels of the image.</summary>
    public int ImageChannels { get; init; } = 1;

    /// <summary>Height of the images it is trained on, in pixels. The network itself takes any size.</summary>
    public int Height { get; init; } = 28;

    /// <summary>Width of the images it is trained on, in pixels.</summary>
    public int Width { get; init; } = 28;

    /// <summary>
    /// Side of the pixel squares that are folded into channels before the first convolution and unfolded after the last; 1 for none.
    /// 2 works on a quarter of the positions: several times the images per second for some loss of the finest detail.
    /// </summary>
    public int PatchSize { get; init; } = 1;

    /// <summary>Channels at each resolution, finest first; each level halves the resolution. Multiples of <see cref="Groups"/>.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [32, 64, 96];

    /// <summary>Residual blocks at each resolution, on the way down and again on the way up.</summary>
    public int BlocksPerLevel { get; init; } = 1;

    /// <summary>Levels (0 the finest) whose blocks end in self-attention. The middle of the network always has one.</summary>
    public IReadOnlyList<int> AttentionLevels { get; init; } = [2];

    /// <summary>Channels of one attention head; a level with fewer channels has one head.</summary>
    public int HeadChannels { get; init; } = 32;

    /// <summary>Groups of the group normalisations.</summary>
    public int Groups { get; init; } = 8;

    /// <summary>Features of the sinusoidal time embedding; even.</summary>
    public int TimeFeatures { get; init; } = 64;

    /// <summary>Width of the embedding of time and class that every block is given.</summary>
    public int EmbeddingWidth { get; init; } = 128;

    /// <summary>Probability with which a feature is dropped before the last convolution of a block, in training only.</summary>
    public double Dropout { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override long[] EventShape => [ImageChannels, Height, Width];

    /// <inheritdoc/>
    public override ScoreNetwork Build() => new UNet(this);

    /// <summary>Equal by value, lists included.</summary>
    public bool Equals(UNetConfig? other) =>
        other is not null && base.Equals(other) && ImageChannels == other.ImageChannels && Height == other.Height && Width == other.Width
        && PatchSize == other.PatchSize && Channels.SequenceEqual(other.Channels) && BlocksPerLevel == other.BlocksPerLevel
        && AttentionLevels.SequenceEqual(other.AttentionLevels) && HeadChannels == other.HeadChannels && Groups == other.Groups
        && TimeFeatures == other.TimeFeatures && EmbeddingWidth == other.EmbeddingWidth && Dropout.Equals(other.Dropout);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), ImageChannels, Height, Width, PatchSize, Channels.Count, EmbeddingWidth);

    internal void Check()
    {
        if (ImageChannels < 1 || Height < 1 || Width < 1) throw new ArgumentException($"image shape is [{ImageChannels}, {Height}, {Width}]; all must be positive");
        if (PatchSize < 1) throw new ArgumentException($"patch size is {PatchSize}; it is at least 1");
        if (Channels.Count == 0 || BlocksPerLevel < 1) throw new ArgumentException("a U-Net has at least one level and one block per level");
        foreach (var c in Channels)
            if (c < 1 || Groups < 1 || c % Groups != 0) throw new ArgumentException($"level of {c} channels: they must divide into {Groups} groups");
        foreach (var level in AttentionLevels)
            if (level < 0 || level >= Channels.Count) throw new ArgumentException($"attention at level {level}; levels are 0 to {Channels.Count - 1}");
        if (!(Dropout >= 0 && Dropout < 1)) throw new ArgumentException(FormattableString.Invariant($"dropout is {Dropout}; it is in [0, 1)"));
        if (Classes < 0) throw new ArgumentException($"number of classes is {Classes}; it is 0 or more");
    }
}
