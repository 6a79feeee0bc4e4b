using ScoreSde.Models.Replay;
using ScoreSde.Models.States;
using ScoreSde.Sde;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.Networks;

/// <summary>
/// A network that predicts noise, data, velocity or score: (x [B, …], time [B], labels [B] or null) → output [B, …] in
/// <see cref="Output"/>. Labels are int64 of 0 … classes − 1; the value <see cref="NullClass"/>, or no tensor at all, means "no condition".
/// </summary>
/// <remarks>
/// It is told the time itself, 0 to 1 and unrounded, never a step number; scores follow by s = −ε/σ outside of it. What it is given is the caller's: a run
/// writes the next state and the next time over them, unless a view or a graph holds them.
/// The caller owns the result; everything else made on the way is freed, except what a later backward pass needs.
/// </remarks>
public abstract class ScoreNetwork : nn.Module<Tensor, Tensor, Tensor?, Tensor>
{
    /// <summary>Names the module and keeps the configuration.</summary>
    protected ScoreNetwork(string name, NetworkConfig config) : base(name)
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config;
        Calls = new CallReplay(this);
    }

    /// <summary>What it was built from.</summary>
    public NetworkConfig Config { get; }

    /// <summary>What it returns.</summary>
    public Parametrisation Output => Config.Output;

    /// <summary>The type of its weights.</summary>
    public ScalarType Type => (_first is { IsInvalid: false } ? _first : _first = parameters().First()).dtype;

    private Tensor? _first;

    /// <summary>The type in which it is to be given samples: that of its weights, or a wider one where a kernel takes it.</summary>
    /// <param name="x">[B, …event] in the state's type.</param>
    public virtual ScalarType InputType(Tensor x) => Type;

    /// <summary>The type that times are told in to a network of a type: at least float32, since 1000 t enters a sine.</summary>
    public static ScalarType TimeType(ScalarType type) => type is ScalarType.BFloat16 or ScalarType.Float16 ? ScalarType.Float32 : type;

    /// <summary>
    /// Whether calls that record no gradients go through the fused kernels where those apply: float32 on the CPU (a U-Net's weights also in bfloat16), no dropout. Otherwise, and where they do
    /// not apply, plain operations of libtorch do the same up to rounding.
    /// </summary>
    public bool Fused { get; set; } = true;

    /// <summary>
    /// Whether scores of this network on a GPU have its calls recorded and replayed, the launches of one put there at once: from a shape's third call on, where
    /// <see cref="IsRecordable"/> says so and the network is in evaluation mode.
    /// </summary>
    public bool Replayed { get; set; } = true;

    /// <summary>
    /// Whether a call without gradients may be recorded on a GPU: it depends on its three arguments and on parameters and buffers alone, does the same operations
    /// whatever they hold, and neither waits for the device nor gives it memory of the program's. Whoever writes a network of his own and overrides this promises it.
    /// </summary>
    public virtual bool IsRecordable => false;

    /// <summary>Its recordings.</summary>
    internal CallReplay Calls { get; }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Calls.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The label that stands for "no condition": one above the last class.</summary>
    public int NullClass => Config.Classes;

    /// <summary>The output where all samples are at one time, as in a run over a grid: what <c>forward</c> gives, by a fused kernel where there is one.</summary>
    /// <param name="x">[B, …event], in the network's type and on its device.</param>
    /// <param name="time">The time of all samples.</param>
    /// <param name="labels">Class of each sample, [B] int64; null for no condition.</param>
    public Tensor AtOneTime(Tensor x, double time, Tensor? labels)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (Fused && FusesAtOneTime && (labels is null || Config.Classes > 0) && HasEventShape(x) && FusedPerceptron.ClassOfAll(labels, NullClass) is >= 0 and var one && FusedAtOneTime(x, time, one) is { } output)
            return output;
        var (count, own, place) = TensorFacts.Read(x, out var facts) && facts.Shape.Length > 0 ? (facts.Shape[0], facts.Type, facts.Place) : (x.shape[0], x.dtype, x.device_type);
        var type = TimeType(own);
        if (place == DeviceType.CPU && TensorRunScope.Current?.Times(count, time, type) is { } kept) return call(x, kept, labels);
        using var times = full([count], time, dtype: type, device: x.device);
        return call(x, times, labels);
    }

    /// <summary>Whether there is a fused kernel for samples at one time.</summary>
    private protected virtual bool FusesAtOneTime => false;

    /// <summary>The output by a fused kernel; null where there is none for such samples.</summary>
    /// <param name="x">[B, …event].</param>
    /// <param name="time">The time of all samples.</param>
    /// <param name="classOfAll">The class of all samples.</param>
    private protected virtual Tensor? FusedAtOneTime(Tensor x, double time, long classOfAll) => null;

    /// <summary>Adds a row of a matrix of float32 on the CPU.</summary>
    private protected static void AddRow(Tensor matrix, long row, Span<float> sum)
    {
        var from = TensorMemory.Elements<float>(matrix).Slice((int)row * sum.Length, sum.Length);
        for (var i = 0; i < sum.Length; i++) sum[i] += from[i];
    }

    private bool HasEventShape(Tensor x) => x.dim() == Config.EventShape.Length + 1 && x.shape.AsSpan(1).SequenceEqual(Config.EventShape);

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
