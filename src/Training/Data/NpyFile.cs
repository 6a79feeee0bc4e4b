using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ScoreSde.Training.Data;

/// <summary>
/// An array in NumPy's <c>.npy</c> format (versions 1 to 3): row-major, of bytes, 32-bit or 64-bit floating-point numbers, little-endian.
/// </summary>
public sealed partial class NpyFile
{
    private NpyFile(int[] dimensions, float[] values, bool areBytes) => (Dimensions, Values, AreBytes) = (dimensions, values, areBytes);

    /// <summary>The dimensions, the number of samples first.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>The values, last dimension fastest.</summary>
    public float[] Values { get; }

    /// <summary>Whether the file holds bytes, 0 to 255.</summary>
    public bool AreBytes { get; }

    /// <summary>Reads a file whole.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or its length does not fit its header.</exception>
    public static NpyFile Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        ReadOnlySpan<byte> magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];
        if (bytes.Length < 12 || !bytes.AsSpan(0, 6).SequenceEqual(magic)) throw new InvalidDataException($"{path} is no .npy file: its first bytes are not \\x93NUMPY");
        if (bytes[6] is 0 or > 3) throw new InvalidDataException($"{path} is .npy version {bytes[6]}; versions 1 to 3 are read");
        var start = bytes[6] == 1 ? 10 : 12;
        long length = bytes[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8)) : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8));
        if (start + length > bytes.Length) throw new InvalidDataException($"{path} ends within its header");
        var header = Encoding.UTF8.GetString(bytes, start, (int)length);

        var match = Header().Match(header);
        if (!match.Success) throw new InvalidDataException($"{path} has a header that is not understood: {header.Trim()}");
        if (match.Groups["order"].Value == "True") throw new InvalidDataException($"{path} is in column-major order; only row-major arrays are read");
        var width = match.Groups["type"].Value switch
        {
            "|u1" or "<u1" => 1,
            "<f4" => 4,
            "<f8" => 8,
            var other => throw new InvalidDataException($"{path} holds '{other}'; |u1, <f4 and <f8 are read"),
        };
        var dimensions = new List<int>();
        long count = 1;
        foreach (var part in match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size == 0)
                throw new InvalidDataException($"{path}: dimension '{part}' is not a positive number");
            dimensions.Add(size);
            count = checked(count * size);
        }
        if (dimensions.Count == 0) throw new InvalidDataException($"{path} holds a single number; the first dimension must count samples");
        var data = bytes.AsSpan(start + (int)length);
        if (data.Length != count * width)
            throw new InvalidDataException($"{path} has {data.Length} bytes of values; [{string.Join(", ", dimensions)}] of {width} bytes each are {count * width}");
        return new NpyFile([.. dimensions], Convert(data, width, (int)count), width == 1);
    }

    private static float[] Convert(ReadOnlySpan<byte> data, int width, int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = width switch
            {
                1 => data[i],
                4 => BinaryPrimitives.ReadSingleLittleEndian(data[(4 * i)..]),
                _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(data[(8 * i)..]),
            };
        return values;
    }

    [GeneratedRegex(@"^\{\s*'descr':\s*'(?<type>[^']+)',\s*'fortran_order':\s*(?<order>True|False),\s*'shape':\s*\((?<shape>[\d,\s]*)\),?\s*\}\s*$")]
    private static partial Regex Header();
}
