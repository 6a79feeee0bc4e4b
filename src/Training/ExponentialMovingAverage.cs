using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ScoreSde.Training;

/// <summary>Averaged weights: after step n (from 0) average ← d_n·average + (1 − d_n)·weight with d_n = min(d, (1 + n)/(10 + n)).</summary>
public sealed class ExponentialMovingAverage : IDisposable
{
    private readonly double _decay;
    private readonly List<(string Name, Parameter Parameter, Tensor Average)> _entries = [];

    /// <summary>An average that begins as a copy of the weights. Create it outside dispose scopes.</summary>
    public ExponentialMovingAverage(nn.Module network, double decay)
    {
        ArgumentNullException.ThrowIfNull(network);
        _decay = decay;
        using var untracked = no_grad();
        foreach (var (name, parameter) in network.named_parameters()) _entries.Add((name, parameter, parameter.clone()));
    }

    /// <summary>The averages by the names of their parameters. The live tensors.</summary>
    public IReadOnlyDictionary<string, Tensor> Averages => _entries.ToDictionary(e => e.Name, e => e.Average);

    /// <summary>d_n.</summary>
    public static double Decay(double decay, long n) => Math.Min(decay, (1.0 + n) / (10.0 + n));

    /// <summary>The averages in the order of the network's parameters.</summary>
    internal IEnumerable<Tensor> InOrder => _entries.Select(e => e.Average);

    /// <summary>d_n and 1 − d_n.</summary>
    internal (double Keep, double Take) Shares(long n) => (Decay(_decay, n), 1 - Decay(_decay, n));

    /// <summary>Takes in the weights after step n.</summary>
    public void Update(long n)
    {
        var (before, now) = Shares(n);
        using var untracked = no_grad();
        using Scalar keep = before, take = now;
        foreach (var (_, parameter, average) in _entries) average.mul_(keep).add_(parameter, take);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, _, average) in _entries) average.Dispose();
        _entries.Clear();
    }
}
