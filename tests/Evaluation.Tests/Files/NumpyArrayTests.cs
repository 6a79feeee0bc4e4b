using System.Text;
using ScoreSde.Models.Files;

namespace ScoreSde.Evaluation.Tests.Files;

public class NumpyArrayTests
{
    [Fact]
    public void Write_OfAnyShape_ReadsBackTheSame()
    {
        foreach (int[] shape in new[] { [6], [2, 3], [1, 2, 3, 1], Array.Empty<int>() })
        {
            float[] values = shape.Length == 0 ? [2.5f] : [0, -1, float.NaN, float.PositiveInfinity, 1e-45f, 3.14f];
            var read = RoundTrip(NumpyArray.Of(values, shape));
            Assert.Equal(("<f4", values.Length), (read.Type, read.Length));
            Assert.Equal(shape, read.Shape);
            Assert.Equal(values, read.ToSingles());
            Assert.Equal(Array.ConvertAll(values, v => (double)v), read.ToDoubles());
        }
        double[] wide = [Math.PI, -0.0, double.Epsilon];
        Assert.Equal(wide, RoundTrip(NumpyArray.Of(wide, 3)).ToDoubles());
    }

    [Fact]
    public void Write_OfAMatrix_HasTheHeaderThatNumpyWrites()
    {
        using var stream = new MemoryStream();
        NumpyArray.Of([1f, 2, 3, 4, 5, 6], 2, 3).Write(stream);
        var bytes = stream.ToArray();
        // What numpy 1.24 writes for np.arange(6, dtype='f4').reshape(2, 3) + 1: 128 bytes of header, then the data.
        Assert.Equal(128 + 24, bytes.Length);
        Assert.Equal("\x93NUMPY\x01\0v\0{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", Encoding.Latin1.GetString(bytes, 0, 69));
        Assert.Equal((byte)'\n', bytes[127]);
    }

    [Fact]
    public void Rows_WrittenPieceByPiece_AreTheArrayWrittenAtOnce()
    {
        using MemoryStream pieces = new(), whole = new();
        pieces.Write([7, 7, 7]); // not at the beginning of a stream
        var rows = new NumpyRows(pieces, 2);
        rows.Append([1, 2, 3, 4]);
        rows.Append([]);
        rows.Append([5, 6]);
        Assert.Throws<ArgumentException>(() => rows.Append([7]));
        rows.End();
        NumpyArray.Of([1f, 2, 3, 4, 5, 6], 3, 2).Write(whole);
        Assert.Equal([7, 7, 7, .. whole.ToArray()], pieces.ToArray());
        Assert.Equal(pieces.Length, pieces.Position);
    }

    [Fact]
    public void Read_OfMoreThanFitsIntoMemory_SaysHowMuch() =>
        Assert.Contains("2.4E+12 bytes", Message(File("{'descr': '<f4', 'fortran_order': False, 'shape': (300000000000, 2), }", 4)), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Read_OfABadFile_SaysWhatIsWrong()
    {
        Assert.Contains("not a .npy file", Message("hello, world"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("Fortran order", Message(File("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }", 4)), StringComparison.Ordinal);
        Assert.Contains("'<c8'", Message(File("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", 8)), StringComparison.Ordinal);
        Assert.Contains("ends before", Message(File("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", 8)), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NumpyArray.Of([1f, 2f], 3));
    }

    [Fact]
    public void WholeFile_WhereWritingFails_LeavesWhatWasThere()
    {
        var folder = Directory.CreateTempSubdirectory("whole file ").FullName;
        var path = Path.Combine(folder, "kept.txt");
        WholeFile.Write(path, "before");
        Assert.Throws<InvalidOperationException>(() => WholeFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException("interrupted");
        }));
        Assert.Equal("before", System.IO.File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder));
        Directory.Delete(folder, true);
    }

    private static byte[] File(string header, int data) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[data]];

    private static string Message(byte[] bytes) =>
        Assert.Throws<InvalidDataException>(() => NumpyArray.Read(new MemoryStream(bytes), "x.npy")).Message;

    private static NumpyArray RoundTrip(NumpyArray array)
    {
        using var stream = new MemoryStream();
        array.Write(stream);
        stream.Position = 0;
        return NumpyArray.Read(stream, "array");
    }
}
