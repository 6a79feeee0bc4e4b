using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScoreSde.Training;

/// <summary>
/// Adam (Kingma and Ba, 1412.6980, algorithm 1) whose moments are plain named tensors, so that a checkpoint holds all of it and a resumed
/// run continues with the same bits.
/// </summary>
public sealed class AdamOptimizer : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    private readonly List<(string Name, Parameter Parameter, Tensor First, Tensor Second)> _entries = [];

    /// <summary>An optimiser of all parameters of a network, its moments zero. Create it outside dispose scopes.</summary>
    public AdamOptimizer(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var untracked = no_grad();
        foreach (var (name, parameter) in network.named_parameters())
            _entries.Add((name, parameter, zeros_like(parameter), zeros_like(parameter)));
    }

    /// <summary>The moments by name: <c>first.…</c> and <c>second.…</c>. The live tensors.</summary>
    public IReadOnlyDictionary<string, Tensor> Moments =>
        _entries.SelectMany(e => new[] { ("first." + e.Name, e.First), ("second." + e.Name, e.Second) }).ToDictionary(e => e.Item1, e => e.Item2);

    /// <summary>
    /// One step from the gradients that are there, first scaled down to the norm <paramref name="clip"/> if they are above it (0: never).
    /// Returns the norm before scaling.
    /// </summary>
    /// <param name="step">Steps before this one.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="clip">Largest norm of all gradients together.</param>
    /// <exception cref="InvalidOperationException">A parameter has no gradient.</exception>
    public double Step(long step, double learningRate, double clip)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var gradients = _entries.ConvertAll(e => e.Parameter.grad ?? throw new InvalidOperationException($"parameter {e.Name} has no gradient"));
        var norm = Math.Sqrt(stack(gradients.ConvertAll(g => g.square().sum(ScalarType.Float64))).sum().item<double>());
        var scale = clip > 0 && norm > clip ? clip / norm : 1;

        var correction1 = 1 - Math.Pow(Beta1, step + 1);
        var correction2 = 1 - Math.Pow(Beta2, step + 1);
        using Scalar beta1 = Beta1, beta2 = Beta2, gain1 = (1 - Beta1) * scale, gain2 = (1 - Beta2) * scale * scale, epsilon = Epsilon;
        using Scalar root = 1 / Math.Sqrt(correction2), rate = -learningRate / correction1;
        for (var i = 0; i < _entries.Count; i++)
        {
            var (_, parameter, m, v) = _entries[i];
            m.mul_(beta1).add_(gradients[i], gain1);
            v.mul_(beta2).addcmul_(gradients[i], gradients[i], gain2);
            parameter.addcdiv_(m, v.sqrt().mul_(root).add_(epsilon), rate);
        }
        return norm;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, _, first, second) in _entries)
        {
            first.Dispose();
            second.Dispose();
        }
        _entries.Clear();
    }
}
