using ScoreSde.Kernels.Cuda;
using ScoreSde.Tests.Support;

namespace ScoreSde.Kernels.Tests.Cuda;

/// <summary>
/// The layer's own source for recordings (native/graphs.cpp) beside a class that stands in for libtorch's and has its functions' names: what is asked of it in which
/// order, and that the stream and the exceptions come back whatever fails.
/// </summary>
public class TorchGraphsTests
{
    [Fact]
    public void Recording_IsMadeAsideAndReplayedOnTheStreamOfTheCaller()
    {
        HostDevice.GraphsBegin("");
        var graphs = TorchGraphs.Load(HostDevice.Library);
        var inside = "";
        var recording = graphs.Record(0, () => inside = HostDevice.GraphsTold);
        Assert.Equal("aside 0, make, begin 00 this thread", inside);
        graphs.Replay(recording);
        graphs.Replay(recording);
        graphs.Free(recording);
        Assert.Equal("aside 0, make, begin 00 this thread, end, back, replay, replay, destroy", HostDevice.GraphsTold);
    }

    [Fact]
    public void Recording_OfAnActionThatFails_LeavesTheStreamAndSaysWhy()
    {
        HostDevice.GraphsBegin("");
        var graphs = TorchGraphs.Load(HostDevice.Library);
        var thrown = Assert.Throws<DeviceException>(() => graphs.Record(1, () => throw new InvalidOperationException("operation not permitted when stream is capturing\nat some place")));
        Assert.Equal("operation not permitted when stream is capturing", thrown.Message);
        Assert.Equal("aside 1, make, begin 00 this thread, end, destroy, back", HostDevice.GraphsTold);
        Assert.Equal("", graphs.Failed); // the recording ended well, others may be tried
    }

    [Fact]
    public void Recording_ThatLibtorchRefuses_LeavesTheStreamAndSaysWhy()
    {
        foreach (var (failing, message, told) in new[]
        {
            ("aside", "no side stream: no stream", ""),
            ("make", "the recording did not begin: CUDA error: make is not permitted", "aside 0, make, back"),
            ("begin", "the recording did not begin: CUDA error: begin 00 this thread is not permitted", "aside 0, make, begin 00 this thread, back"),
            ("end", "the recording did not end well: CUDA error: end is not permitted", "aside 0, make, begin 00 this thread, end, back"),
        })
        {
            HostDevice.GraphsBegin(failing);
            var refused = TorchGraphs.Load(HostDevice.Library);
            Assert.Equal(message, Assert.Throws<DeviceException>(() => refused.Record(0, () => { })).Message);
            Assert.Equal(told, HostDevice.GraphsTold); // what failed is not destroyed: libtorch's allocator may ask it on
            Assert.Equal(failing == "aside" ? "" : $"a recording failed before: {message}", refused.Failed);
        }
        HostDevice.GraphsBegin("end");
        var both = TorchGraphs.Load(HostDevice.Library);
        Assert.Equal("no waiting here", Assert.Throws<DeviceException>(() => both.Record(0, () => throw new InvalidOperationException("no waiting here"))).Message);
        Assert.Equal("a recording failed before: no waiting here", both.Failed);
        HostDevice.GraphsBegin("replay");
        var graphs = TorchGraphs.Load(HostDevice.Library);
        var recording = graphs.Record(0, () => { });
        Assert.Equal("a replay failed: CUDA error: replay is not permitted", Assert.Throws<DeviceException>(() => graphs.Replay(recording)).Message);
    }

    [Fact]
    public void Library_WithoutRecordings_IsNamed()
    {
        Assert.Contains("libm.so.6 has no function sst_graph_missing", Assert.Throws<DeviceException>(() => TorchGraphs.Load("libm.so.6")).Message, StringComparison.Ordinal);
        Assert.Contains("tried /nowhere/lib.so", Assert.Throws<DeviceException>(() => TorchGraphs.Load("/nowhere/lib.so")).Message, StringComparison.Ordinal);
    }
}
