using System.IO.Compression;
using ScoreSde.Training.Data;

namespace ScoreSde.Training.Tests.Data;

public sealed class FileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scoresde-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Idx_PlainOrPacked_ReadsTheSame()
    {
        byte[] bytes = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255];
        var plain = Put("a.idx", bytes);
        var packed = Path.Combine(_folder, "a.idx.gz");
        using (var zip = new GZipStream(File.Create(packed), CompressionLevel.Fastest)) zip.Write(bytes);
        foreach (var path in new[] { plain, packed })
        {
            var file = IdxFile.Read(path);
            Assert.Equal([2, 1, 3], file.Dimensions);
            Assert.Equal([1, 2, 3, 4, 5, 255], file.Values);
        }
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 8, 1, 0, 0, 0, 1, 7 }, "no IDX file")]
    [InlineData(new byte[] { 0, 0, 13, 1, 0, 0, 0, 1, 7 }, "type 0x0d")]
    [InlineData(new byte[] { 0, 0, 8, 0 }, "0 dimensions")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0xff, 0, 0, 1, 7 }, "dimension 0")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff }, "more than fits")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 2, 7 }, "ends before")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 7, 8 }, "goes on")]
    [InlineData(new byte[] { 0, 0 }, "ends before")]
    public void Idx_ThatIsBroken_SaysHow(byte[] bytes, string how) =>
        Assert.Contains(how, Assert.Throws<InvalidDataException>(() => IdxFile.Read(Put("b.idx", bytes))).Message, StringComparison.Ordinal);

    [Fact]
    public void Npy_OfBytesOrNumbers_BecomesModelValues()
    {
        var bytes = StoredData.FromNpy(Put("b.npy", [.. Npy.Header("|u1", [2, 1, 2]), 0, 255, 51, 102]));
        var x = new float[2];
        bytes.CopySample(0, x);
        Assert.Equal([-1, 1], x);
        bytes.CopySample(1, x);
        Assert.Equal(-0.6f, x[0], 1e-6);
        Assert.Equal((2.0 / 255, -1.0, 1.0), (bytes.Description.Scale, bytes.Description.Lowest, bytes.Description.Highest));
        Assert.Equal([1, 1, 2], bytes.Shape);

        var path = Path.Combine(_folder, "c.npy");
        Npy.Write(path, [1, 2], [-1, 400]);
        var numbers = StoredData.FromNpy(path);
        numbers.CopySample(0, x);
        Assert.Equal([-1, 400], x);
        Assert.Null(numbers.Description.Lowest);
    }

    [Fact]
    public void Npy_OfTheWrongShape_SaysWhichAreRead()
    {
        Assert.Contains("[3]; [n, d]", Assert.Throws<InvalidDataException>(() => StoredData.FromNpy(Put("s.npy", [.. Npy.Header("|u1", [3]), 1, 2, 3]))).Message, StringComparison.Ordinal);
        Assert.Contains("holds nothing", Assert.Throws<InvalidDataException>(() => StoredData.FromNpy(Put("e.npy", Npy.Header("|u1", [0, 2])))).Message, StringComparison.Ordinal);
        Assert.Contains("ends before", Assert.Throws<InvalidDataException>(() => StoredData.FromNpy(Put("t.npy", [.. Npy.Header("|u1", [2, 2]), 1]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Npy_WithANumberThatIsNone_IsRefused()
    {
        var path = Path.Combine(_folder, "nan.npy");
        Npy.Write(path, [1, 2], [1, float.NaN]);
        Assert.Contains("value 1", Assert.Throws<InvalidDataException>(() => StoredData.FromNpy(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_ThatDoNotFit_AreRefused()
    {
        var images = Put("i.idx", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2]);
        var three = Put("three.idx", [0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 1]);
        var beyond = Put("beyond.idx", [0, 0, 8, 1, 0, 0, 0, 2, 0, 2]);
        Assert.Contains("3 labels for 2", Assert.Throws<InvalidDataException>(() => StoredData.FromIdx(images, three)).Message, StringComparison.Ordinal);
        Assert.Contains("label 2", Assert.Throws<InvalidDataException>(() => StoredData.FromIdx(images, beyond, "a", ["x", "y"])).Message, StringComparison.Ordinal);
        Assert.Contains("labels are [n]", Assert.Throws<InvalidDataException>(() => StoredData.FromIdx(images, images)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalogue_OfAnUnknownName_ListsTheKnown() =>
        Assert.Contains("swiss-roll", Assert.Throws<ArgumentException>(() => DataCatalogue.Open("nothing")).Message, StringComparison.Ordinal);

    private string Put(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
