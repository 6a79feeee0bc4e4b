using ScoreSde.Training.Data;

namespace ScoreSde.Training.Tests.Data;

public sealed class StoredDataTests : IDisposable
{
    private const int Count = 50;
    private readonly string _path = Path.GetTempFileName();

    public StoredDataTests() => Npy.Write(_path, [Count, 1], [.. Enumerable.Range(0, Count).Select(i => (float)i)]);

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Epoch_OfAnySet_PassesOverEverySampleOnce()
    {
        var data = StoredData.FromNpy(_path);
        for (var epoch = 0; epoch < 3; epoch++)
            Assert.Equal(Enumerable.Range(0, Count), Drawn(data, 1, epoch * Count, Count).Order());
    }

    [Fact]
    public void Order_OfOneSeed_IsTheSameWhateverWasReadBefore()
    {
        var fresh = StoredData.FromNpy(_path);
        var straight = Drawn(fresh, 7, 0, 3 * Count);
        Assert.Equal(straight, Drawn(fresh, 7, 0, 3 * Count));
        Assert.Equal(straight.Skip(70), Drawn(StoredData.FromNpy(_path), 7, 70, 3 * Count - 70));
        Assert.Equal(straight.Skip(20).Take(10), Drawn(fresh, 7, 20, 10));
    }

    [Fact]
    public void Order_OfAnotherSeedOrEpoch_IsAnother()
    {
        var data = StoredData.FromNpy(_path);
        var first = Drawn(data, 1, 0, Count);
        // 50! orders: two equal ones by chance have probability 3e-65.
        Assert.NotEqual(first, Drawn(data, 2, 0, Count));
        Assert.NotEqual(first, Drawn(data, 1, Count, Count));
        Assert.NotEqual(Enumerable.Range(0, Count), first);
    }

    [Fact]
    public void FashionMnist_WhereInstalled_IsSixtyThousandImagesInTenClasses()
    {
        if (FashionMnist.Folder() is null) return; // the set is a package of its own; without it there is nothing to read
        var data = FashionMnist.Train();
        Assert.Equal(60_000, data.Count);
        Assert.Equal([1, 28, 28], data.Shape);
        Assert.Equal(10, data.Classes);
        var x = new float[784];
        data.CopySample(0, x);
        // The first image of the file is an ankle boot on black ground.
        Assert.Equal("ankle-boot", data.Description.ClassNames[data.LabelOf(0)]);
        Assert.Equal(-1, x[0]);
        Assert.InRange(x.Max(), 0.9f, 1f);
        for (var label = 0; label < 10; label++) Assert.Equal(6000, Enumerable.Range(0, 60_000).Count(i => data.LabelOf(i) == label));
    }

    private static List<int> Drawn(StoredData data, ulong seed, int start, int count)
    {
        var randomness = new TrainingRandomness(seed);
        var x = new float[1];
        var drawn = new List<int>();
        for (var n = start; n < start + count; n++)
        {
            data.Read(randomness, n, x);
            drawn.Add((int)x[0]);
        }
        return drawn;
    }
}
