using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ScoreSde.Evaluation.Pictures;

namespace ScoreSde.Evaluation.Tests.Pictures;

public class PngFileTests
{
    [Fact]
    public void Crc_OfTheCheckString_IsThePublishedValue() =>
        Assert.Equal(0xCBF43926u, PngFile.Crc("1234"u8, "56789"u8)); // the check value of CRC-32/ISO-HDLC

    [Fact]
    public void Encode_OfAnyPicture_DecodesToTheSamePixels()
    {
        foreach (var (channels, colourType) in new[] { (1, 0), (3, 2), (4, 6) })
        {
            var picture = Pattern(channels, 37, 23, 11);
            var chunks = Chunks(PngFile.Encode(picture));
            Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(c => c.Type));
            Assert.Equal(colourType, chunks[0].Data[9]);
            Assert.Equal(picture.Bytes, Decode(chunks[0].Data, chunks[1].Data));
        }
    }

    [Fact]
    public void EncodeAnimation_OfFrames_DecodesToEachOfThem()
    {
        Raster[] frames = [Pattern(1, 12, 9, 1), Pattern(3, 12, 9, 2), Pattern(1, 12, 9, 3)];
        var chunks = Chunks(PngFile.EncodeAnimation(frames, [40, 60, 1500]));
        Assert.Equal(["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"], chunks.Select(c => c.Type));
        Assert.Equal(3u, Word(chunks[1].Data, 0));
        // Sequence numbers run through fcTL and fdAT together.
        Assert.Equal([0u, 1u, 2u, 3u, 4u], chunks.Where(c => c.Type is "fcTL" or "fdAT").Select(c => Word(c.Data, 0)));
        Assert.Equal([40, 60, 1500], chunks.Where(c => c.Type == "fcTL").Select(c => (int)BinaryPrimitives.ReadUInt16BigEndian(c.Data.AsSpan(20))));
        var data = chunks.Where(c => c.Type is "IDAT" or "fdAT").Select(c => c.Type == "IDAT" ? c.Data : c.Data[4..]).ToArray();
        for (var k = 0; k < frames.Length; k++) Assert.Equal(frames[k].Bytes, Decode(chunks[0].Data, data[k]));
    }

    [Fact]
    public void EncodeAnimation_OfUnlikeFrames_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => PngFile.EncodeAnimation([], []));
        Assert.Throws<ArgumentException>(() => PngFile.EncodeAnimation([Pattern(1, 4, 4, 1), Pattern(1, 5, 4, 1)], [1, 1]));
        Assert.Throws<ArgumentException>(() => PngFile.EncodeAnimation([Pattern(1, 4, 4, 1)], [1, 1]));
    }

    private static Raster Pattern(int channels, int width, int height, int seed)
    {
        var random = new Random(seed);
        var picture = new Raster(width, height, Colour.White);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                // Half flat or graded, half noise, so that every filter is taken.
                var (r, g, b) = y < height / 3 ? (x * 3, y * 5, 9) : y < height / 2 ? (7, x, y) : (random.Next(256), random.Next(256), random.Next(256));
                picture[x, y] = channels == 1 ? new Colour((byte)r, (byte)r, (byte)r)
                    : new Colour((byte)r, (byte)g, (byte)b, channels == 4 ? (byte)random.Next(256) : (byte)255);
            }
        return picture;
    }

    private static uint Word(byte[] data, int at) => BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(at));

    private static List<(string Type, byte[] Data)> Chunks(byte[] file)
    {
        Assert.Equal([137, 80, 78, 71, 13, 10, 26, 10], file[..8]);
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < file.Length;)
        {
            var length = (int)Word(file, at);
            var type = Encoding.ASCII.GetString(file, at + 4, 4);
            var data = file[(at + 8)..(at + 8 + length)];
            Assert.Equal(BitwiseCrc(file.AsSpan(at + 4, 4 + length)), Word(file, at + 8 + length));
            chunks.Add((type, data));
            at += 12 + length;
        }
        return chunks;
    }

    /// <summary>CRC-32 without a table, bit by bit.</summary>
    private static uint BitwiseCrc(ReadOnlySpan<byte> bytes)
    {
        var crc = ~0u;
        foreach (var b in bytes)
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((((crc ^ ((uint)b >> bit)) & 1) != 0) ? 0xEDB88320u : 0);
        return ~crc;
    }

    /// <summary>A decoder by the specification: all five filters, to four channels.</summary>
    private static byte[] Decode(byte[] header, byte[] data)
    {
        int width = (int)Word(header, 0), height = (int)Word(header, 4), channels = header[9] switch { 0 => 1, 2 => 3, _ => 4 };
        using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        zlib.CopyTo(unpacked);
        var raw = unpacked.ToArray();
        var stride = width * channels;
        Assert.Equal(height * (stride + 1), raw.Length);
        var rows = new byte[height * stride];
        var result = new byte[4 * width * height];
        for (var y = 0; y < height; y++)
            for (var k = 0; k < stride; k++)
            {
                int left = k >= channels ? rows[y * stride + k - channels] : 0, up = y > 0 ? rows[(y - 1) * stride + k] : 0;
                rows[y * stride + k] = (byte)(raw[y * (stride + 1) + 1 + k] + raw[y * (stride + 1)] switch
                {
                    0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, var other => throw new InvalidDataException($"filter {other}"),
                });
            }
        for (var p = 0; p < width * height; p++)
            for (var c = 0; c < 4; c++)
                result[4 * p + c] = channels == 1 ? c < 3 ? rows[p] : (byte)255 : c < channels ? rows[p * channels + c] : (byte)255;
        return result;
    }
}
