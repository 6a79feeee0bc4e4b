using ScoreSde.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>
/// A batch of samples as a tensor [B, …event], on CPU or CUDA: a lazy linear form with its cached value. Arithmetic only collects terms;
/// <see cref="Settle"/> makes the value in one fused pass.
/// </summary>
/// <remarks>
/// Inside a run the integrator frees everything but the survivors of each step, and the memory of values that passes have made serves later ones: a value
/// that is wanted longer is saved by the run, moved out of its scope, or copied. A recorded state (gradients on) uses plain torch operations, so that a solver
/// can be differentiated through.
/// </remarks>
public readonly struct TensorState : IState<TensorState, TensorReal>, IElementwise<TensorState>, INormed<TensorState>
{
    private readonly TensorForm _form;
    private readonly double _factor; // of a settled form: a multiple of it is no new one until it is added to something or its value is wanted

    internal TensorState(TensorForm form, double factor = 1) => (_form, _factor) = (form, factor);

    /// <summary>A state with a value. The tensor stays the caller's.</summary>
    public TensorState(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        (_form, _factor) = (new TensorForm(value), 1);
    }

    /// <summary>The value, [B, …event]; computed at the first call, of a multiple of another state at each unless it is settled.</summary>
    public Tensor Value => Form.Value;

    /// <summary>The value with what is known of it.</summary>
    internal TensorTerm Made => Form.Made;

    /// <summary>Whether the value exists already.</summary>
    public bool IsSettled => _factor == 1 && _form.IsSettled;

    /// <summary>What the state holds, whatever multiple of it: what has to live as long as the state.</summary>
    internal TensorForm Held => _form;

    private TensorForm Form => _factor == 1 ? _form : _form.Scaled(_factor);

    /// <inheritdoc/>
    public static TensorState operator +(TensorState a, TensorState b) => new(TensorForm.Sum(a._form, a._factor, b._form, b._factor, 1));

    /// <inheritdoc/>
    public static TensorState operator -(TensorState a, TensorState b) => new(TensorForm.Sum(a._form, a._factor, b._form, b._factor, -1));

    /// <inheritdoc cref="IState{T}.op_Multiply(double, T)"/>
    public static TensorState operator *(double c, TensorState a) => a.IsSettled ? new(a._form, c) : new(a.Form.Scaled(c));

    /// <inheritdoc cref="IState{T, R}.op_Multiply(R, T)"/>
    public static TensorState operator *(TensorReal c, TensorState a)
    {
        var value = a.Value;
        using var scope = NewDisposeScope();
        return new TensorState((c.On(value) * value).MoveToOuterDisposeScope());
    }

    /// <inheritdoc cref="IElementwise{T}.op_Multiply(T, T)"/>
    public static TensorState operator *(TensorState a, TensorState b) => new(a.Value * b.Value);

    /// <inheritdoc/>
    public static TensorReal Dot(TensorState a, TensorState b) => TensorReal.OfRows(a.Value * b.Value);

    /// <inheritdoc/>
    public static int Dimension(TensorState a) => checked((int)(a.Value.numel() / a.Value.shape[0]));

    /// <inheritdoc/>
    public static TensorReal ScaledSquare(TensorState e, TensorState a, TensorState b, double atol, double rtol)
    {
        var (error, left, right) = (e.Value, a.Value, b.Value);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var r = error / (rtol * left.abs().maximum(right.abs()) + atol);
        return new TensorReal(TensorReal.OfRows(r * r).Numbers, (int)error.dim());
    }

    /// <inheritdoc/>
    public static TensorState Where(TensorReal condition, TensorState a, TensorState b)
    {
        var (x, y) = (a.Value, b.Value);
        using var scope = NewDisposeScope();
        return new TensorState(x.where(condition.On(x).gt(0), y).MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    /// <remarks>Coordinate by coordinate in double on the CPU, where gradients are not recorded: for walls and thresholds.</remarks>
    public static TensorState Map<F>(F map, TensorState a) where F : struct, IElementMap
    {
        using var scope = NewDisposeScope();
        var value = a.Value;
        var copy = value.detach().to(ScalarType.Float64).cpu().contiguous().clone();
        foreach (ref var x in TensorMemory.Elements<double>(copy)) x = map.Apply(x);
        return new TensorState(copy.to(value.dtype).to(value.device).MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    /// <remarks>Inside a run the value is made together with the next one that is needed, by the end of the step at the latest.</remarks>
    public static TensorState Settle(TensorState x)
    {
        if (x.IsSettled) return x;
        var form = x.Form;
        if (TensorRunScope.Current is { } run) run.Wait(form);
        else _ = form.Value;
        return new TensorState(form);
    }

    /// <inheritdoc/>
    /// <remarks>Norms are summed in double on the CPU, sample by sample and in order, so that a sample's do not depend on the batch or the device.</remarks>
    public static TensorState Rescale(TensorState x, TensorState a, TensorState b)
    {
        var (over, under) = (Norms(a.Value), Norms(b.Value));
        for (var i = 0; i < over.Length; i++) over[i] /= under[i];
        var value = x.Value;
        var shape = new long[value.dim()];
        Array.Fill(shape, 1);
        shape[0] = over.Length;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var ratio = tensor(over).to(value.dtype, value.device).reshape(shape);
        return new TensorState((value * ratio).MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public static double MeanNorm(TensorState a) => Norms(a.Value).Average();

    private static double[] Norms(Tensor value)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var numbers = TensorMemory.Elements<double>(value.detach().to(ScalarType.Float64).cpu().contiguous());
        var norms = new double[value.shape[0]];
        var length = numbers.Length / norms.Length;
        for (var i = 0; i < norms.Length; i++)
        {
            var sum = 0.0;
            foreach (var v in numbers.Slice(i * length, length)) sum += v * v;
            norms[i] = Math.Sqrt(sum);
        }
        return norms;
    }

    /// <inheritdoc/>
    public static IRunScope<TensorState> OpenRun() => new TensorRunScope();

    /// <inheritdoc/>
    /// <remarks>On a GPU a look waits for all that was put on its stream, so that there it is taken after every 64 moves and after the last.</remarks>
    public static int MovesBetweenLooks(TensorState x) => x._form.IsOnDevice ? 64 : 1;

    /// <inheritdoc/>
    public static long FirstNonFinite(TensorState x)
    {
        var value = x.Value;
        if (x._factor == 1 && x._form.WasSeenFinite()) return -1;
        var floats = value.dtype == ScalarType.Float32;
        if ((floats || value.dtype == ScalarType.Float64) && TensorMemory.IsReachable(value))
        {
            var count = value.numel();
            var at = count == 0 ? -1 : FiniteKernel.First(floats, TensorMemory.Address(value), count);
            return at < 0 ? -1 : at / (count / value.shape[0]);
        }
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var finite = value.isfinite();
        if (finite.all().item<bool>()) return -1;
        var samples = finite.reshape(finite.shape[0], -1).all(1).cpu();
        for (var i = 0L; i < samples.shape[0]; i++)
            if (!samples[i].item<bool>()) return i;
        return -1;
    }
}
