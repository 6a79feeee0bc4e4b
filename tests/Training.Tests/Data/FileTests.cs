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
    public void Npy_OfEachType_ReadsItsValues()
    {
        Assert.Equal([1, 2.5f], NpyFile.Read(Put("a.npy", [.. Npy.Header("<f8", [1, 2]), .. BitConverter.GetBytes(1.0), .. BitConverter.GetBytes(2.5)])).Values);
        var bytes = NpyFile.Read(Put("b.npy", [.. Npy.Header("|u1", [2]), 3, 255]));
        Assert.Equal([3, 255], bytes.Values);
        Assert.True(bytes.AreBytes);
        var path = Path.Combine(_folder, "c.npy");
        Npy.Write(path, [2, 1], [-1, 4]);
        Assert.Equal([2, 1], NpyFile.Read(path).Dimensions);
        Assert.Equal([-1, 4], NpyFile.Read(path).Values);
    }

    [Fact]
    public void Npy_ThatIsBroken_SaysHow()
    {
        (byte[] Bytes, string How)[] cases =
        [
            ([1, 2, 3], "no .npy file"),
            ([0x93, .. "NUMPY"u8, 9, 0, 0, 0, 0, 0], "version 9"),
            ([0x93, .. "NUMPY"u8, 1, 0, 200, 0, 0, 0], "within its header"),
            ([.. Npy.Header("<i4", [1]), 1, 2, 3, 4], "'<i4'"),
            ([.. Npy.Header("<f4", [1], "True"), 1, 2, 3, 4], "column-major"),
            ([.. Npy.Header("<f4", [2]), 1, 2, 3, 4], "4 bytes of values"),
            ([.. Npy.Header("<f4", [0])], "dimension '0'"),
        ];
        foreach (var (bytes, how) in cases)
            Assert.Contains(how, Assert.Throws<InvalidDataException>(() => NpyFile.Read(Put("x.npy", bytes))).Message, StringComparison.Ordinal);
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
