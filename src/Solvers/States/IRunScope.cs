namespace ScoreSde.Solvers.States;

/// <summary>Owns what states allocate during a run (tensors). Values on the stack need none.</summary>
public interface IRunScope<T> : IDisposable
{
    /// <summary>Ends a step: of everything made in the run so far, only the survivors and what was released live on.</summary>
    void EndStep(ReadOnlySpan<T> survivors);

    /// <summary>Hands a state to the caller: it outlives the run.</summary>
    void Release(T state);
}
