using System.Text.Json.Serialization;
using ScoreSde.Sde;

namespace ScoreSde.Models.Networks;

/// <summary>Everything that is needed to build a score network again; kept as JSON in a checkpoint.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MlpConfig), "mlp")]
[JsonDerivedType(typeof(PerceptronConfig), "perceptron")]
[JsonDerivedType(typeof(UNetConfig), "unet")]
public abstract record NetworkConfig
{
    /// <summary>What the network returns.</summary>
    public Parametrisation Output { get; init; } = Parametrisation.Epsilon;

    /// <summary>Number of classes it can be told; 0 for a network without a condition.</summary>
    public int Classes { get; init; }

    /// <summary>Shape of one sample, without the batch: [d] for points, [channels, height, width] for images.</summary>
    [JsonIgnore]
    public abstract long[] EventShape { get; }

    /// <summary>
    /// Builds the network with fresh weights from libtorch's default generator (seed it with <c>torch.manual_seed</c>). Call it outside
    /// dispose scopes: a scope would take some of the weights with it.
    /// </summary>
    /// <exception cref="ArgumentException">The configuration contradicts itself.</exception>
    public abstract ScoreNetwork Build();
}
