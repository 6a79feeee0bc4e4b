using ScoreSde.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Torch.Tests;

[NoTensorLeaks]
public class DisposeScopeTests
{
    [Fact]
    public void Scope_Disposed_DisposesWhatWasMadeInIt()
    {
        Tensor inside;
        using (NewDisposeScope()) inside = ones(2) + 1;
        Assert.True(inside.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void MoveToOuter_NestedScopes_SurvivesTheInnerOnly()
    {
        using var outer = NewDisposeScope();
        Tensor moved;
        using (var inner = NewDisposeScope())
        {
            Assert.Same(inner, CurrentDisposeScope);
            moved = ones(1).MoveToOuterDisposeScope();
            var (a, b) = inner.MoveToOuter(ones(1), ones(1));
            Assert.Equal(0, inner.DisposablesCount);
            Assert.True(outer.Contains(a) && outer.Contains(b));
        }

        Assert.False(moved.IsInvalid);
        Assert.Equal(3, outer.DisposablesCount);
        outer.Dispose();
        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void MoveToOuter_NoOuterScope_Detaches()
    {
        Tensor moved;
        using (NewDisposeScope()) moved = ones(1).MoveToOuterDisposeScope();
        Assert.False(moved.IsInvalid);
        moved.Dispose();
        moved.Dispose();
        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void DisposeEverythingBut_Kept_StaysInTheScope()
    {
        using var scope = NewDisposeScope();
        var kept = ones(1);
        var gone = ones(1);
        scope.DisposeEverythingBut(kept);
        Assert.True(gone.IsInvalid);
        Assert.Equal([kept], scope.DisposablesView);
    }

    [Fact]
    public void DisposeOfAMember_AnyOrder_LeavesTheOthers()
    {
        using var scope = NewDisposeScope();
        Tensor[] all = [.. Enumerable.Range(0, 5).Select(_ => ones(1))];
        all[1].Dispose();
        all[4].Dispose();
        all[0].Dispose();
        Assert.Equal(2, scope.DisposablesCount);
        Assert.True(scope.Contains(all[2]) && scope.Contains(all[3]) && !scope.Contains(all[1]));
    }

    [Fact]
    public void OuterScope_DisposedFirst_LeavesTheInnerWorking()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        var tensor = ones(1);
        outer.Dispose();
        Assert.False(tensor.IsInvalid);
        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.True(tensor.IsInvalid);
        Assert.Null(CurrentDisposeScope);
        Assert.Throws<ObjectDisposedException>(() => inner.Attach(tensor));
    }

    [Fact]
    public void Attach_TensorFromOutside_BelongsToTheScope()
    {
        var tensor = ones(1);
        using (var scope = NewDisposeScope()) scope.Attach(tensor);
        Assert.True(tensor.IsInvalid);
    }

    [Fact]
    public void Statistics_EachWayOfEnding_IsCounted()
    {
        // a thread of its own starts from zero
        LifetimeStatistics counts = null!;
        var thread = new Thread(() =>
        {
            using (ones(1))
            {
            }

            Tensor detached;
            using (var scope = NewDisposeScope())
            {
                detached = ones(1).DetachFromDisposeScope();
                _ = ones(1);
                using var early = ones(1);
                scope.Attach(detached);
                scope.Detach(detached);
            }

            counts = DisposeScopeManager.Statistics.TensorStatistics;
            Assert.Equal(1, counts.ThreadTotalLiveCount);
            detached.Dispose();
        });
        thread.Start();
        thread.Join();
        Assert.Equal(1, counts.CreatedOutsideScopeCount);
        Assert.Equal(3, counts.CreatedInScopeCount);
        Assert.Equal(2, counts.DisposedInScopeCount);
        Assert.Equal(2, counts.DisposedOutsideScopeCount);
        Assert.Equal(1, counts.AttachedToScopeCount);
        Assert.Equal(2, counts.DetachedFromScopeCount);
        Assert.Equal(0, counts.ThreadTotalLiveCount);
    }

    [Fact]
    public void Scopes_OnManyThreadsAtOnce_DoNotMeet()
    {
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(number => new Thread(() =>
        {
            try
            {
                for (int round = 0; round < 50; round++)
                {
                    using var scope = NewDisposeScope();
                    var sum = zeros(4);
                    for (int i = 0; i < 20; i++) sum = sum + number;
                    Assert.Equal(21, scope.DisposablesCount);
                    Assert.Equal(20f * number, sum.data<float>()[3]);
                }

                Assert.Equal(0, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            }
            catch (Exception exception)
            {
                failures.Enqueue(exception);
            }
        }))];
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.Empty(failures);
    }

    [Fact]
    public void LeakedTensors_Collected_FreeTheirNativePart()
    {
        const int count = 200;
        long before = Tensor.TotalCount;
        Leak(count);
        for (int i = 0; i < 20 && Tensor.TotalCount - before > count / 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        // tests beside this one may make and free tensors meanwhile, never a hundred
        Assert.True(Tensor.TotalCount - before < count / 2, $"{Tensor.TotalCount - before} tensors left of {count}");
    }

    private static void Leak(int count)
    {
        var thread = new Thread(() =>
        {
            for (int i = 0; i < count; i++) _ = ones(10);
        });
        thread.Start();
        thread.Join();
    }
}
