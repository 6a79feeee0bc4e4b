using TorchSharp;

namespace ScoreSde.Models;

/// <summary>What a safetensors file holds. Disposal disposes the tensors.</summary>
public sealed class SafeTensorsContent : IDisposable
{
    private readonly Dictionary<string, torch.Tensor> tensors = new(StringComparer.Ordinal);

    internal SafeTensorsContent(IReadOnlyDictionary<string, string> metadata) => Metadata = metadata;

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, torch.Tensor> Tensors => tensors;

    /// <summary>The text beside the tensors; empty when there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in tensors.Values) tensor.Dispose();
    }

    internal void Add(string name, torch.Tensor tensor) => tensors.Add(name, tensor);
}
