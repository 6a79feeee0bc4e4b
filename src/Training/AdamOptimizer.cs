using ScoreSde.Kernels;
using ScoreSde.Models.States;
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
    /// Returns the norm before scaling. Float32 on the CPU goes through one native call for all parameters, anything else through plain operations.
    /// </summary>
    /// <param name="step">Steps before this one.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="clip">Largest norm of all gradients together.</param>
    /// <param name="average">An average of the same parameters that takes in the new weights.</param>
    /// <exception cref="InvalidOperationException">A parameter has no gradient.</exception>
    public double Step(long step, double learningRate, double clip, ExponentialMovingAverage? average = null)
    {
        using var untracked = no_grad();
        using var scope = NewDisposeScope();
        var gradients = _entries.ConvertAll(e => e.Parameter.grad ?? throw new InvalidOperationException($"parameter {e.Name} has no gradient"));
        var numbers = (step, learningRate, clip);
        return Fused && Reachable(gradients) ? Native(numbers, gradients, average) : Plain(numbers, gradients, average);
    }

    /// <summary>Whether the native call is taken where it can be.</summary>
    public bool Fused { get; set; } = true;

    private double Native((long Step, double Rate, double Clip) at, List<Tensor> gradients, ExponentialMovingAverage? average)
    {
        var counts = _entries.Select(e => e.Parameter.numel()).ToArray();
        var from = Addresses(gradients);
        var norm = Math.Sqrt(AdamKernel.SquareSum(counts, from));
        var c = Coefficients.At(at.Step, at.Rate, Scale(norm, at.Clip));
        var (keep, take) = average?.Shares(at.Step) ?? (1, 0);
        AdamKernel.Step(
            counts, Addresses(_entries.Select(e => (Tensor)e.Parameter)), from, Addresses(_entries.Select(e => e.First)), Addresses(_entries.Select(e => e.Second)),
            average is null ? [] : Addresses(average.InOrder), [Beta1, c.Gain1, Beta2, c.Gain2, c.Root, Epsilon, c.Rate, keep, take]);
        return norm;
    }

    private double Plain((long Step, double Rate, double Clip) at, List<Tensor> gradients, ExponentialMovingAverage? average)
    {
        var norm = Math.Sqrt(stack(gradients.ConvertAll(g => g.square().sum(ScalarType.Float64))).sum().item<double>());
        var c = Coefficients.At(at.Step, at.Rate, Scale(norm, at.Clip));
        using Scalar beta1 = Beta1, beta2 = Beta2, gain1 = c.Gain1, gain2 = c.Gain2, epsilon = Epsilon, root = c.Root, rate = c.Rate;
        for (var i = 0; i < _entries.Count; i++)
        {
            var (_, parameter, m, v) = _entries[i];
            m.mul_(beta1).add_(gradients[i], gain1);
            v.mul_(beta2).addcmul_(gradients[i], gradients[i], gain2);
            parameter.addcdiv_(m, v.sqrt().mul_(root).add_(epsilon), rate);
        }
        average?.Update(at.Step);
        return norm;
    }

    private static double Scale(double norm, double clip) => clip > 0 && norm > clip ? clip / norm : 1;

    private bool Reachable(List<Tensor> gradients)
    {
        for (var i = 0; i < _entries.Count; i++)
            if (!Plain32(gradients[i]) || !Plain32(_entries[i].Parameter) || !Plain32(_entries[i].First) || !Plain32(_entries[i].Second)) return false;
        return true;

        static bool Plain32(Tensor t) => t.dtype == ScalarType.Float32 && t.device_type == DeviceType.CPU && t.is_contiguous();
    }

    private static nint[] Addresses(IEnumerable<Tensor> tensors) => [.. tensors.Select(TensorMemory.Address)];

    /// <summary>m ← β₁ m + Gain1 g, v ← β₂ v + Gain2 g², w ← w + Rate m/(Root √v + ε).</summary>
    private readonly record struct Coefficients(double Gain1, double Gain2, double Root, double Rate)
    {
        public static Coefficients At(long step, double learningRate, double scale) => new(
            (1 - Beta1) * scale, (1 - Beta2) * scale * scale, 1 / Math.Sqrt(1 - Math.Pow(Beta2, step + 1)), -learningRate / (1 - Math.Pow(Beta1, step + 1)));
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
