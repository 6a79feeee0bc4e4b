using ScoreSde.Sde;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.Networks;

/// <summary>
/// A network that predicts noise, data, velocity or score: (x [B, …], time [B], labels [B] or null) → output [B, …] in
/// <see cref="Output"/>. Labels are int64 of 0 … classes − 1; the value <see cref="NullClass"/>, or no tensor at all, means "no condition".
/// </summary>
/// <remarks>
/// It is told the time itself, 0 to 1 and unrounded, never a step number; scores follow by s = −ε/σ outside of it.
/// The caller owns the result; everything else made on the way is freed, except what a later backward pass needs.
/// </remarks>
public abstract class ScoreNetwork : nn.Module<Tensor, Tensor, Tensor?, Tensor>
{
    /// <summary>Names the module and keeps the configuration.</summary>
    protected ScoreNetwork(string name, NetworkConfig config) : base(name)
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config;
    }

    /// <summary>What it was built from.</summary>
    public NetworkConfig Config { get; }

    /// <summary>What it returns.</summary>
    public Parametrisation Output => Config.Output;

    /// <summary>The label that stands for "no condition": one above the last class.</summary>
    public int NullClass => Config.Classes;

    /// <summary>Number of trainable numbers.</summary>
    public long ParameterCount()
    {
        long count = 0;
        foreach (var parameter in parameters()) count += parameter.numel();
        return count;
    }

    /// <summary>Labels as the network wants them: null classes where none are given. Null for a network without classes.</summary>
    /// <exception cref="ArgumentException">Labels for a network that has no classes.</exception>
    private protected Tensor? LabelsOrNullClass(Tensor? labels, Tensor x)
    {
        if (Config.Classes == 0)
            return labels is null ? null : throw new ArgumentException($"labels were given; the network {GetName()} has no classes");
        return labels ?? full([x.shape[0]], NullClass, dtype: ScalarType.Int64, device: x.device);
    }

    private protected void CheckInput(Tensor x, Tensor time)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(time);
        var expected = Config.EventShape;
        if (x.dim() != expected.Length + 1 || x.shape[1] != expected[0])
            throw new ArgumentException($"x is [{string.Join(", ", x.shape)}]; the network {GetName()} takes [B, {string.Join(", ", expected)}]");
        if (time.dim() != 1 || time.shape[0] != x.shape[0])
            throw new ArgumentException($"time is [{string.Join(", ", time.shape)}]; one time for each of the {x.shape[0]} samples is needed");
    }
}
