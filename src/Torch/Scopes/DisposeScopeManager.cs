namespace TorchSharp;

/// <summary>The scopes and the tensor counts of one thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? ofThread;

    private const int MostLists = 8, LongestList = 1024;
    private readonly List<torch.Tensor>[] lists = new List<torch.Tensor>[MostLists]; // empty ones, for scopes to come
    private NativeTensor.Store owners;
    private int listCount;

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

    /// <summary>An empty list: a scope a model call is a list a call, and its memory another.</summary>
    internal List<torch.Tensor> TakeList() => listCount > 0 ? lists[--listCount] : [];

    /// <summary>Takes back a list that no scope uses any longer.</summary>
    internal void GiveBack(List<torch.Tensor> list)
    {
        list.Clear();
        if (listCount < MostLists && list.Capacity <= LongestList) lists[listCount++] = list;
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
