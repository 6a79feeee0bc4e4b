namespace TorchSharp;

/// <summary>The scopes and the tensor counts of one thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? ofThread;

    private NativeTensor.Store owners;

    public static ThreadDisposeScopeStatistics Statistics => OfThread.Counts;

    internal static DisposeScopeManager OfThread => ofThread ??= new DisposeScopeManager();

    internal ThreadDisposeScopeStatistics Counts { get; } = new();

    internal DisposeScope? Current { get; set; }

    internal DisposeScope? Register(torch.Tensor tensor)
    {
        var scope = Current;
        if (scope is null)
        {
            Counts.TensorStatistics.CreatedOutsideScopeCount++;
            return null;
        }

        Counts.TensorStatistics.CreatedInScopeCount++;
        scope.Include(tensor);
        return scope;
    }

    internal NativeTensor Own(nint native)
    {
        var owner = owners.Take();
        owner.Own(native);
        return owner;
    }

    internal void Release(NativeTensor owner)
    {
        owner.Free();
        owners.Give(owner);
    }

    /// <summary>Takes a closed scope out of the chain, wherever in it the scope stands.</summary>
    internal void Close(DisposeScope closed)
    {
        if (ReferenceEquals(Current, closed))
        {
            Current = closed.Outer;
            return;
        }

        for (var scope = Current; scope is not null; scope = scope.Outer)
        {
            if (ReferenceEquals(scope.Outer, closed)) scope.Outer = closed.Outer;
        }
    }
}
