using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>
/// A batch of samples as a tensor [B, …event], on CPU or CUDA: a lazy linear form with its cached value. Arithmetic only collects terms;
/// <see cref="Settle"/> makes the value in one fused pass.
/// </summary>
/// <remarks>
/// Inside a run the integrator frees everything but the survivors of each step. A recorded state (gradients on) uses plain torch operations,
/// so that a solver can be differentiated through.
/// </remarks>
public readonly struct TensorState : IState<TensorState>
{
    private readonly TensorForm _form;

    private TensorState(TensorForm form) => _form = form;

    /// <summary>A state with a value. The tensor stays the caller's.</summary>
    public TensorState(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _form = new TensorForm(value);
    }

    /// <summary>The value, [B, …event]; computed at the first call.</summary>
    public Tensor Value => _form.Value;

    /// <summary>Whether the value exists already.</summary>
    public bool IsSettled => _form.IsSettled;

    /// <inheritdoc/>
    public static TensorState operator +(TensorState a, TensorState b) => new(a._form.Plus(b._form, 1));

    /// <inheritdoc/>
    public static TensorState operator -(TensorState a, TensorState b) => new(a._form.Plus(b._form, -1));

    /// <inheritdoc/>
    public static TensorState operator *(double c, TensorState a) => new(a._form.Scaled(c));

    /// <inheritdoc/>
    public static TensorState Settle(TensorState x)
    {
        _ = x._form.Value;
        return x;
    }

    /// <inheritdoc/>
    public static IRunScope<TensorState> OpenRun() => new TensorRunScope();

    /// <inheritdoc/>
    public static long FirstNonFinite(TensorState x)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var finite = x.Value.isfinite();
        if (finite.all().item<bool>()) return -1;
        var samples = finite.reshape(finite.shape[0], -1).all(1).cpu();
        for (var i = 0L; i < samples.shape[0]; i++)
            if (!samples[i].item<bool>()) return i;
        return -1;
    }
}
