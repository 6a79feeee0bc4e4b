using ScoreSde.Kernels;
using ScoreSde.Models.States;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScoreSde.Models.Networks;

/// <summary>
/// A U-Net as one native call: the layers of <see cref="UNet"/>'s plain path over channels in blocks of sixteen, with normalisation and SiLU in
/// one pass, time, class and residual added inside the convolutions, and nothing concatenated.
/// </summary>
/// <remarks>
/// Float32 on the CPU; weights may be bfloat16 for sampling, which are widened where they are packed, so that images, layers' values and sums stay float32. An image's bits
/// depend on the image, its time, its label and the weights alone.
/// </remarks>
public sealed class UNetProgram : IDisposable
{
    private readonly ImageNetwork _network;
    private readonly string[] _names;

    private UNetProgram(UNetConfig config, IReadOnlyDictionary<string, long> sizes, int height, int width, bool brain, string? kernels, int group)
    {
        var description = new UNetDescription(config, sizes, height, width);
        _names = [.. description.Names];
        _network = new ImageNetwork(description.Builder, kernels, group, brain);
        Products = description.Builder.Products;
    }

    /// <summary>Products that the layers make for one image: twice as many floating-point operations.</summary>
    public long Products { get; }

    /// <summary>The program of a network for images of a size; null where it has none for them.</summary>
    /// <param name="network">The network, in float32 or bfloat16; asked for its weights at every call.</param>
    /// <param name="height">Rows of the images.</param>
    /// <param name="width">Their columns.</param>
    /// <param name="kernels">Which kernels, as in <see cref="ImageNetwork"/>; null for the widest.</param>
    /// <param name="group">Images that go through a layer together on a thread; no bit of an answer depends on it.</param>
    public static UNetProgram? For(UNet network, int height, int width, string? kernels = null, int group = 8)
    {
        try
        {
            var sizes = network.named_parameters().ToDictionary(p => p.name, p => p.parameter.numel());
            return new UNetProgram((UNetConfig)network.Config, sizes, height, width, network.Type == ScalarType.BFloat16, kernels, group);
        }
        catch (ArgumentException)
        {
            return null; // attention over more positions than the kernels take
        }
    }

    /// <summary>The answer [B, C, H, W], the caller's.</summary>
    public Tensor Forward(UNet network, Tensor x, Tensor times, Tensor? labels)
    {
        using var scope = NewDisposeScope();
        var (input, time, label) = (x.contiguous(), times.contiguous(), labels?.contiguous());
        var output = empty(x.shape, dtype: ScalarType.Float32);
        _network.Forward(Addresses(Parameters(network)), TensorMemory.Address(input), TensorMemory.Address(time), label is null ? 0 : TensorMemory.Address(label),
            TensorMemory.Address(output), x.shape[0], get_num_threads());
        return output.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The loss Σ_i w_i mean((answer_i − target_i)²)/B; its gradients become the parameters' <c>grad</c>, what was there before is overwritten.
    /// </summary>
    public double Train(UNet network, Tensor x, Tensor times, Tensor? labels, Tensor target, Tensor rowWeights)
    {
        using var scope = NewDisposeScope();
        var parameters = Parameters(network);
        foreach (var parameter in parameters)
            if (parameter.grad is not { } gradient || !gradient.is_contiguous()) parameter.grad = zeros_like(parameter);
        var gradients = Array.ConvertAll(parameters, p => p.grad!);
        Tensor[] given = [x.contiguous(), times.contiguous(), target.contiguous(), rowWeights.contiguous()];
        var label = labels?.contiguous();
        return _network.Train(Addresses(parameters), TensorMemory.Address(given[0]), TensorMemory.Address(given[1]), label is null ? 0 : TensorMemory.Address(label),
            TensorMemory.Address(given[2]), TensorMemory.Address(given[3]), 0, x.shape[0], get_num_threads(), Addresses(gradients));
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private Parameter[] Parameters(UNet network)
    {
        var byName = network.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        return Array.ConvertAll(_names, name => byName[name]);
    }

    private static nint[] Addresses(Tensor[] tensors) => Array.ConvertAll(tensors, TensorMemory.Address);
}
