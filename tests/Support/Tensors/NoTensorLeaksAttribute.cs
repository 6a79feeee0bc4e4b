using System.Reflection;
using TorchSharp;
using Xunit.Sdk;

namespace ScoreSde.Tests.Support;

/// <summary>
/// Fails a test (or each of a class's) that leaves tensors alive: every tensor made on the test's thread must have been disposed, by itself or by
/// a scope, when the test ends. The counts are the thread's own, so tests that run beside it do not disturb them, and a tensor that only the
/// collector would free counts as a leak.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NoTensorLeaksAttribute : BeforeAfterTestAttribute
{
    private long before;
    private int thread;

    public override void Before(MethodInfo methodUnderTest)
    {
        thread = Environment.CurrentManagedThreadId;
        before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
    }

    public override void After(MethodInfo methodUnderTest)
    {
        if (thread != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("The test changed its thread: tensors cannot be counted across an await.");
        long left = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount - before;
        if (left != 0)
        {
            throw new InvalidOperationException(
                $"{methodUnderTest.Name} left {left} tensors alive. {DisposeScopeManager.Statistics.TensorStatistics}");
        }
    }
}
