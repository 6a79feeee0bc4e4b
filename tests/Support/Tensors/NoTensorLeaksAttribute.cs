using System.Reflection;
using TorchSharp;
using Xunit.Sdk;

namespace ScoreSde.Tests.Support;

/// <summary>Fails a test that leaves tensors alive: everything it made must have been disposed, without the finaliser's help.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class NoTensorLeaksAttribute : BeforeAfterTestAttribute
{
    private long _alive;

    public override void Before(MethodInfo methodUnderTest)
    {
        Settle();
        _alive = torch.Tensor.TotalCount;
    }

    public override void After(MethodInfo methodUnderTest)
    {
        var left = torch.Tensor.TotalCount - _alive;
        if (left > 0) throw new XunitException($"{methodUnderTest?.Name} leaves {left} tensors alive");
    }

    /// <summary>Lets finalisers of earlier tests run, so that they are not counted as this one's.</summary>
    private static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
