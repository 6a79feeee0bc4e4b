namespace ScoreSde.Torch.Tests.Signatures;

public class SignatureTests
{
    [Fact]
    public void PublicMembers_AreThoseOfTheListAndNoOthers()
    {
        string[] lines = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "torchsharp-signatures.txt")).Where(line => !line.StartsWith('#'))];
        string[] own = [.. AssemblySignatures.Of(typeof(TorchSharp.torch).Assembly)];
        Assert.True(lines.Length > 1500, "the list is not whole");
        Assert.Equal([], lines.Except(own));
        // the package itself, where it stands in for the layer, has more
        if (typeof(TorchSharp.torch).Assembly.GetName().Name != "TorchSharp") Assert.Equal([], own.Except(lines));
    }

    /// <summary>The reader of signatures sees types, statics, constructors, properties, parameters' names and defaults.</summary>
    [Fact]
    public void Signatures_OfKnownMembers_AreAsWritten()
    {
        string[] own = [.. AssemblySignatures.Of(typeof(TorchSharp.torch).Assembly)];
        Assert.Contains("type DisposeScopeManager : class", own);
        Assert.Contains("DisposeScopeManager.static get_Statistics() : ThreadDisposeScopeStatistics", own);
        Assert.Contains("torch.Device.new(DeviceType deviceType, int index = -1)", own);
        Assert.Contains("torch.Tensor.max(long dim, bool keepdim = false) : (torch.Tensor, torch.Tensor)", own);
    }
}
