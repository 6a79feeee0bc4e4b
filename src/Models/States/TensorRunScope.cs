using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>
/// One dispose scope a run; at the end of each step everything in it but the survivors is freed. Inside a run a settled form waits until some value
/// is wanted, and is made in the same pass: a step's next state and what the solver keeps of it are one kernel.
/// </summary>
/// <remarks>
/// What passes and draws write to on the CPU is not freed but used again by a later step, unless somebody has moved it out of the run or holds a view of it:
/// a tensor costs libtorch more than a step on a small one does.
/// </remarks>
internal sealed class TensorRunScope : IRunScope<TensorState>
{
    [ThreadStatic]
    private static TensorRunScope? _current;

    private readonly DisposeScope? _around = CurrentDisposeScope;
    private readonly DisposeScope _buffers = NewDisposeScope(), _scope = NewDisposeScope();
    private readonly List<TensorTerm> _lent = [], _free = [];
    private readonly List<TensorForm> _waiting = [], _together = [];
    private readonly List<Tensor> _survivors = [];
    private readonly TensorRunScope? _outer;
    private TensorTerm? _times;
    private long[]? _shape;

    public TensorRunScope() => (_outer, _current) = (_current, this);

    /// <summary>The innermost run of this thread.</summary>
    public static TensorRunScope? Current => _current;

    /// <summary>A tensor on the CPU with nothing in it yet, until the end of the step or longer if it survives it.</summary>
    public TensorTerm Buffer(long[] shape, ScalarType type)
    {
        _shape = shape;
        for (var i = _free.Count - 1; i >= 0; i--)
        {
            var term = _free[i];
            if (term.Type != type || !term.HasShape(shape)) continue;
            _free.RemoveAt(i);
            if (!IsOurs(term)) continue;
            if (TensorSharing.IsShared(term.Tensor)) // whoever holds it has it now
            {
                term.Tensor.Dispose();
                continue;
            }
            _lent.Add(term);
            return term;
        }
        var made = TensorTerm.New(shape, type);
        if (!TensorSharing.IsKnown)
        {
            _scope.Attach(made.Tensor);
            return made;
        }
        _buffers.Attach(made.Tensor);
        _lent.Add(made);
        return made;
    }

    /// <summary>The shape as an array: that of the run's buffers if it is the same, so that comparing two is one of references.</summary>
    public long[] ShapeOf(ReadOnlySpan<long> shape) => shape.SequenceEqual(_shape) && _shape is not null ? _shape : _shape = shape.ToArray();

    /// <summary>One time for all samples, [B] on the CPU, for one call of a model; null where a tensor cannot be used again.</summary>
    public Tensor? Times(long count, double time, ScalarType type)
    {
        if (!TensorSharing.IsKnown || type is not (ScalarType.Float32 or ScalarType.Float64)) return null;
        if (_times is null || !IsOurs(_times) || _times.Type != type || _times.Count != count || TensorSharing.IsShared(_times.Tensor))
        {
            if (_times is not null && IsOurs(_times)) _times.Tensor.Dispose();
            _times = TensorTerm.New([count], type);
            _buffers.Attach(_times.Tensor);
        }
        if (type == ScalarType.Float32) Span<float>(_times).Fill((float)time);
        else Span<double>(_times).Fill(time);
        return _times.Tensor;
    }

    /// <summary>The form's value will be wanted: make it with the next.</summary>
    public void Wait(TensorForm form)
    {
        foreach (var other in _waiting)
            if (ReferenceEquals(other, form)) return;
        _waiting.Add(form);
    }

    /// <summary>What can be made together with a form, the form first; until the next call. A value of this run outlives scopes inside the step.</summary>
    public ReadOnlySpan<TensorForm> Take(TensorForm form)
    {
        _together.Clear();
        _together.Add(form);
        var kept = 0;
        foreach (var other in _waiting)
        {
            if (other.IsSettled || other.IsGone || ReferenceEquals(other, form)) continue;
            if (other.FitsFused(form)) _together.Add(other);
            else _waiting[kept++] = other;
        }
        if (kept < _waiting.Count) _waiting.RemoveRange(kept, _waiting.Count - kept);
        return CollectionsMarshal.AsSpan(_together);
    }

    /// <summary>Makes a value the run's, also one that was made in a scope inside the step.</summary>
    public void Own(Tensor value) => _scope.Attach(value);

    public void EndStep(ReadOnlySpan<TensorState> survivors)
    {
        _waiting.Clear();
        foreach (var survivor in survivors)
            if (!survivor.Held.IsSettled) Wait(survivor.Held);
        _survivors.Clear();
        var others = false;
        foreach (var survivor in survivors)
        {
            var value = survivor.Held.Value;
            _survivors.Add(value);
            others |= _scope.Contains(value);
        }
        var lent = 0;
        for (var i = 0; i < _lent.Count; i++)
            if (IsSurvivor(_lent[i])) _lent[lent++] = _lent[i];
            else if (IsOurs(_lent[i])) _free.Add(_lent[i].Renewed());
        _lent.RemoveRange(lent, _lent.Count - lent);
        if (_scope.DisposablesCount > 0) _scope.DisposeEverythingBut(others ? [.. _survivors] : Array.Empty<Tensor>());
    }

    public void Release(TensorState state)
    {
        var value = state.Value;
        if (_scope.Contains(value)) _scope.MoveToOther(_around, value);
        else if (_buffers.Contains(value)) _buffers.MoveToOther(_around, value);
    }

    public void Dispose()
    {
        _current = _outer;
        _scope.Dispose();
        _buffers.Dispose();
    }

    private static unsafe Span<T> Span<T>(TensorTerm term) where T : unmanaged => new((void*)term.Address, (int)term.Count);

    /// <summary>Whether a buffer is still the run's: nobody has freed it or moved it out.</summary>
    private bool IsOurs(TensorTerm term) => !term.IsGone && _buffers.Contains(term.Tensor);

    private bool IsSurvivor(TensorTerm term)
    {
        foreach (var survivor in _survivors)
            if (term.Is(survivor)) return true;
        return false;
    }
}
