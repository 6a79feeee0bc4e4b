using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Disposes, when it is disposed, the tensors made on its thread while it was the innermost one, except those moved out. A tensor knows its
/// scope and its place in it, so that leaving costs the same however many there are.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private DisposeScopeManager? manager;
    private List<Tensor>? members; // from the thread's store, when the first tensor comes

    internal DisposeScope(DisposeScopeManager manager)
    {
        this.manager = manager;
        Outer = manager.Current;
        manager.Current = this;
    }

    public int DisposablesCount => members?.Count ?? 0;

    public IReadOnlyList<IDisposable> DisposablesView => members?.ToArray() ?? [];

    internal DisposeScope? Outer { get; set; }

    public bool Contains(IDisposable disposable) => disposable is Tensor tensor && ReferenceEquals(tensor.Scope, this);

    public T MoveToOuter<T>(T disposable)
        where T : IDisposable => MoveToOther(Outer, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => MoveToOther(Outer, first, second);

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => MoveToOther(Outer, first, second, third);

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(Outer, disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(Outer, disposables);

    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        Move(scope, disposable);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOther(scope, first), MoveToOther(scope, second));

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (MoveToOther(scope, first), MoveToOther(scope, second), MoveToOther(scope, third));

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables) Move(scope, disposable);
    }

    public T Detach<T>(T disposable)
        where T : IDisposable => MoveToOther(null, disposable);

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => MoveToOther(null, first, second);

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => MoveToOther(null, first, second, third);

    public void Detach(params IDisposable[] disposables) => MoveToOther(null, disposables);

    public void Detach(IEnumerable<IDisposable> disposables) => MoveToOther(null, disposables);

    public void Attach(IDisposable disposable)
    {
        var open = Open();
        var tensor = AsTensor(disposable);
        if (ReferenceEquals(tensor.Scope, this)) return;
        tensor.Scope?.Exclude(tensor);
        Include(tensor);
        tensor.Scope = this;
        open.Counts.TensorStatistics.AttachedToScopeCount++;
    }

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var all = disposables.ToArray();
        foreach (var disposable in all) Attach(disposable);
        return all;
    }

    public void DisposeEverything() => DisposeEverythingBut([]);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var open = Open();
        const int few = 16; // a look at each is quicker than a set of them
        var some = inKeep as IDisposable[] ?? [.. inKeep];
        var keep = some.Length > few ? new HashSet<IDisposable>(some, ReferenceEqualityComparer.Instance) : null;
        if (members is not { } old) return;
        members = null;
        foreach (var tensor in old)
        {
            if (keep is null ? IsIn(some, tensor) : keep.Contains(tensor)) Include(tensor);
            else tensor.DisposeAsMember(open);
        }
        DisposeScopeManager.OfThread.GiveBack(old);
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        Open();
        if (Contains(disposable)) Exclude((Tensor)disposable);
    }

    public void Dispose()
    {
        if (manager is not { } open) return;
        manager = null;
        open.Close(this);
        if (members is not { } old) return;
        members = null;
        foreach (var tensor in old) tensor.DisposeAsMember(open);
        DisposeScopeManager.OfThread.GiveBack(old);
    }

    internal void Include(Tensor tensor)
    {
        var all = members ??= DisposeScopeManager.OfThread.TakeList();
        tensor.Slot = all.Count;
        all.Add(tensor);
    }

    internal void Exclude(Tensor tensor)
    {
        int slot = tensor.Slot;
        tensor.Scope = null;
        if (members is not { } all || slot >= all.Count || !ReferenceEquals(all[slot], tensor)) return;
        var last = all[^1];
        all[slot] = last;
        last.Slot = slot;
        all.RemoveAt(all.Count - 1);
    }

    /// <summary>Puts one tensor in the place of another that gives up its native part.</summary>
    internal void Replace(Tensor original, Tensor replacement)
    {
        Exclude(original);
        Include(replacement);
        replacement.Scope = this;
    }

    private static bool IsIn(IDisposable[] some, Tensor tensor)
    {
        foreach (var one in some)
            if (ReferenceEquals(one, tensor)) return true;
        return false;
    }

    private static Tensor AsTensor(IDisposable disposable) =>
        disposable as Tensor ?? throw new InvalidOperationException("A DisposeScope can only manage tensors.");

    private void Move(DisposeScope? scope, IDisposable disposable)
    {
        var open = Open();
        var tensor = AsTensor(disposable);
        if (!ReferenceEquals(tensor.Scope, this) || ReferenceEquals(scope, this)) return;
        Exclude(tensor);
        if (scope is null)
        {
            open.Counts.TensorStatistics.DetachedFromScopeCount++;
        }
        else
        {
            scope.Include(tensor);
            tensor.Scope = scope;
        }
    }

    private DisposeScopeManager Open() => manager ?? throw new ObjectDisposedException(nameof(DisposeScope));
}
