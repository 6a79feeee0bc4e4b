namespace ScoreSde.Models.Tests.States;

/// <summary>One call of the native layer says of a tensor what TorchSharp's names say one by one.</summary>
public class TensorFactsTests
{
    [Fact]
    [NoTensorLeaks]
    public void Facts_OfAnyTensor_AreWhatItsNamesTell()
    {
        if (!TensorSharing.IsKnown) return; // the genuine package: no such call, and nothing depends on it
        Property.Check("type, place, shape, count, order and address", draws =>
        {
            using var scope = NewDisposeScope();
            var shape = Enumerable.Range(0, draws.Whole("dimensions", 0, 8)).Select(i => (long)draws.Whole($"length {i}", 0, 3)).ToArray();
            var type = new[] { ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Bool }[draws.Whole("type", 0, 4)];
            var x = zeros(shape, dtype: type);
            if (shape.Length > 1 && draws.Whole("turned", 0, 1) == 1) x = x.transpose(0, shape.Length - 1);
            if (shape.Length > 0 && x.shape[0] > 1 && draws.Whole("cut", 0, 1) == 1) x = x.narrow(0, 1, 1);
            Assert.True(TensorFacts.Read(x, out var facts));
            Assert.Equal(x.shape, facts.Shape.ToArray());
            Assert.Equal((x.dtype, x.device_type, x.device_index, x.numel(), x.is_contiguous()), (facts.Type, facts.Place, facts.Index, facts.Count, facts.IsContiguous));
            Assert.Equal(DeviceMemory.Address(x), facts.Address);
        }, 641, 200);
    }

    [Fact]
    [NoTensorLeaks]
    public void Facts_OfATensorThatHasNoneToTell_AreNotRead()
    {
        using var scope = NewDisposeScope();
        Assert.False(TensorFacts.Read(zeros([1, 1, 1, 1, 1, 1, 1, 1, 2]), out _)); // more dimensions than there is room for
        var gone = zeros(2);
        gone.Dispose();
        Assert.Throws<InvalidOperationException>(() => TensorFacts.Read(gone, out _));
    }
}
