using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ScoreSde.Models.Files;

namespace ScoreSde.Evaluation.Pictures;

/// <summary>
/// PNG files, still and animated (W3C PNG specification, third edition), eight bits a channel: grey, RGB or RGBA, whichever is the least
/// that holds the picture.
/// </summary>
public static class PngFile
{
    private static readonly byte[] Signature = [137, 80, 78, 71, 13, 10, 26, 10];
    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <summary>Writes a still picture, whole or not at all.</summary>
    public static void Save(string path, Raster picture) => WholeFile.Write(path, Encode(picture));

    /// <summary>Writes an animation, whole or not at all.</summary>
    /// <param name="path">The file, usually <c>.png</c>: programs that know no animation show the first frame.</param>
    /// <param name="frames">Pictures of one size, at least one.</param>
    /// <param name="delays">Milliseconds each frame stands, one for each.</param>
    public static void SaveAnimation(string path, IReadOnlyList<Raster> frames, IReadOnlyList<int> delays) =>
        WholeFile.Write(path, EncodeAnimation(frames, delays));

    /// <summary>A still picture as bytes of a file.</summary>
    public static byte[] Encode(Raster picture)
    {
        using var file = new MemoryStream();
        var channels = Channels([picture]);
        file.Write(Signature);
        Chunk(file, "IHDR", Header(picture, channels));
        Chunk(file, "IDAT", Compress(picture, channels));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>An endless animation as bytes of a file.</summary>
    /// <exception cref="ArgumentException">No frame, frames of unlike size, or not one delay for each.</exception>
    public static byte[] EncodeAnimation(IReadOnlyList<Raster> frames, IReadOnlyList<int> delays)
    {
        if (frames.Count == 0 || frames.Count != delays.Count)
            throw new ArgumentException($"an animation has at least one frame and a delay for each; given {frames.Count} frames, {delays.Count} delays");
        if (frames.Any(f => f.Width != frames[0].Width || f.Height != frames[0].Height))
            throw new ArgumentException("the frames of an animation have one size");
        if (delays.Any(d => d is < 0 or > ushort.MaxValue)) throw new ArgumentException($"a delay is 0 to {ushort.MaxValue} ms");
        using var file = new MemoryStream();
        var channels = Channels(frames);
        var sequence = 0u;
        file.Write(Signature);
        Chunk(file, "IHDR", Header(frames[0], channels));
        Chunk(file, "acTL", Words((uint)frames.Count, 0));
        for (var k = 0; k < frames.Count; k++)
        {
            // x and y offset, then delay as a fraction over 1000, dispose and blend: each frame replaces all.
            byte[] timing = [.. Words(0, 0), (byte)(delays[k] >> 8), (byte)delays[k], 1000 >> 8, 1000 & 255, 0, 0];
            Chunk(file, "fcTL", [.. Words(sequence++, (uint)frames[k].Width, (uint)frames[k].Height), .. timing]);
            var data = Compress(frames[k], channels);
            if (k == 0) Chunk(file, "IDAT", data); else Chunk(file, "fdAT", [.. Words(sequence++), .. data]);
        }
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>CRC-32 as PNG has it (ISO 3309).</summary>
    internal static uint Crc(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in type) crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        foreach (var b in data) crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    private static void Chunk(MemoryStream file, string type, ReadOnlySpan<byte> data)
    {
        var name = Encoding.ASCII.GetBytes(type);
        file.Write(Words((uint)data.Length));
        file.Write(name);
        file.Write(data);
        file.Write(Words(Crc(name, data)));
    }

    private static byte[] Header(Raster picture, int channels) =>
        [.. Words((uint)picture.Width, (uint)picture.Height), 8, channels switch { 1 => 0, 3 => 2, _ => 6 }, 0, 0, 0];

    /// <summary>1 where every pixel is an opaque grey, 3 where every pixel is opaque, otherwise 4.</summary>
    private static int Channels(IReadOnlyList<Raster> pictures)
    {
        var channels = 1;
        foreach (var picture in pictures)
            for (var at = 0; at < picture.Bytes.Length; at += 4)
            {
                var b = picture.Bytes;
                if (b[at + 3] != 255) return 4;
                if (b[at] != b[at + 1] || b[at] != b[at + 2]) channels = 3;
            }
        return channels;
    }

    private static byte[] Compress(Raster picture, int channels)
    {
        int width = picture.Width, stride = width * channels;
        byte[] row = new byte[stride], above = new byte[stride], best = new byte[stride], trial = new byte[stride];
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            for (var y = 0; y < picture.Height; y++)
            {
                for (var x = 0; x < width; x++) picture.Bytes.AsSpan(4 * (y * width + x), channels).CopyTo(row.AsSpan(x * channels));
                // The filter with the least sum of absolute differences: None, Sub and Up suffice for flat pictures and noise.
                var (filter, least) = (0, Cost(row));
                row.CopyTo(best, 0);
                for (var candidate = 1; candidate <= 2; candidate++)
                {
                    for (var k = 0; k < stride; k++)
                        trial[k] = (byte)(row[k] - (candidate == 2 ? above[k] : k >= channels ? row[k - channels] : 0));
                    var cost = Cost(trial);
                    if (cost >= least) continue;
                    (filter, least) = (candidate, cost);
                    trial.CopyTo(best, 0);
                }
                zlib.WriteByte((byte)filter);
                zlib.Write(best);
                (row, above) = (above, row);
            }
        return packed.ToArray();
    }

    private static long Cost(byte[] row)
    {
        var sum = 0L;
        foreach (var b in row) sum += Math.Abs((int)(sbyte)b);
        return sum;
    }

    private static byte[] Words(params ReadOnlySpan<uint> words)
    {
        var bytes = new byte[4 * words.Length];
        for (var k = 0; k < words.Length; k++) BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * k), words[k]);
        return bytes;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (var n = 0u; n < 256; n++)
        {
            var c = n;
            for (var k = 0; k < 8; k++) c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            table[n] = c;
        }
        return table;
    }
}
