using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>
/// One dispose scope a run; at the end of each step everything in it but the survivors is freed. Inside a run a settled form waits until some value
/// is wanted, and is made in the same pass: a step's next state and what the solver keeps of it are one kernel.
/// </summary>
internal sealed class TensorRunScope : IRunScope<TensorState>
{
    [ThreadStatic]
    private static TensorRunScope? _current;

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly List<TensorForm> _waiting = [], _together = [];
    private readonly TensorRunScope? _outer;

    public TensorRunScope() => (_outer, _current) = (_current, this);

    /// <summary>The innermost run of this thread.</summary>
    public static TensorRunScope? Current => _current;

    /// <summary>The form's value will be wanted: make it with the next.</summary>
    public void Wait(TensorForm form)
    {
        if (!_waiting.Contains(form)) _waiting.Add(form);
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
            if (other.Fits(form)) _together.Add(other);
            else _waiting[kept++] = other;
        }
        _waiting.RemoveRange(kept, _waiting.Count - kept);
        return CollectionsMarshal.AsSpan(_together);
    }

    /// <summary>Makes a value the run's, also one that was made in a scope inside the step.</summary>
    public void Own(Tensor value) => _scope.Attach(value);

    public void EndStep(ReadOnlySpan<TensorState> survivors)
    {
        _waiting.Clear();
        foreach (var survivor in survivors) TensorState.Settle(survivor);
        var kept = new Tensor[survivors.Length];
        for (var i = 0; i < survivors.Length; i++) kept[i] = survivors[i].Value;
        _scope.DisposeEverythingBut(kept);
    }

    public void Release(TensorState state)
    {
        if (_scope.Contains(state.Value)) _scope.MoveToOuter(state.Value);
    }

    public void Dispose()
    {
        _current = _outer;
        _scope.Dispose();
    }
}
