using System.Buffers.Binary;
using System.IO.Compression;

namespace ScoreSde.Training.Data;

/// <summary>
/// An IDX file of bytes, as MNIST and its successors come: two zero bytes, the type (8 for unsigned bytes), the number of dimensions, each
/// dimension as a big-endian 32-bit number, then the values. A name that ends in <c>.gz</c> is unpacked.
/// </summary>
public sealed class IdxFile
{
    private IdxFile(int[] dimensions, byte[] values) => (Dimensions, Values) = (dimensions, values);

    /// <summary>The dimensions, the number of samples first.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>The values, last dimension fastest.</summary>
    public byte[] Values { get; }

    /// <summary>Reads a file whole.</summary>
    /// <exception cref="InvalidDataException">It is not an IDX file of bytes, or is cut short, or goes on after its values.</exception>
    public static IdxFile Read(string path)
    {
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        try
        {
            return Read(stream, path);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"{path} ends before all its values");
        }
    }

    private static IdxFile Read(Stream stream, string path)
    {
        Span<byte> word = stackalloc byte[4];
        stream.ReadExactly(word);
        if (word[0] != 0 || word[1] != 0) throw new InvalidDataException($"{path} is no IDX file: it begins with {word[0]:x2} {word[1]:x2}, not 00 00");
        if (word[2] != 8) throw new InvalidDataException($"{path} holds values of type 0x{word[2]:x2}; only unsigned bytes (0x08) are read");
        if (word[3] is 0 or > 8) throw new InvalidDataException($"{path} says that it has {word[3]} dimensions");
        var dimensions = new int[word[3]];
        long size = 1;
        for (var i = 0; i < dimensions.Length; i++)
        {
            stream.ReadExactly(word);
            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(word);
            if (dimensions[i] <= 0) throw new InvalidDataException($"{path}: dimension {i} is {dimensions[i]}");
            size *= dimensions[i];
            if (size > Array.MaxLength) throw new InvalidDataException($"{path}: [{string.Join(", ", dimensions)}] is more than fits in memory");
        }
        var values = new byte[size];
        stream.ReadExactly(values);
        return stream.ReadByte() < 0
            ? new IdxFile(dimensions, values)
            : throw new InvalidDataException($"{path} goes on after the {size} values of [{string.Join(", ", dimensions)}]");
    }
}
