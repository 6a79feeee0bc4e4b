using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace ScoreSde.Models.Files;

/// <summary>
/// An array as NumPy's <c>.npy</c> files hold it (numpy.lib.format: version 1.0 is written; 1.0, 2.0 and 3.0 are read), in C order.
/// </summary>
/// <remarks>Read are little-endian float32 and float64, and uint8, int32 and int64; written are float32 and float64.</remarks>
public sealed partial class NumpyArray
{
    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];
    private readonly byte[] bytes;

    private NumpyArray(string type, int[] shape, byte[] bytes) => (Type, Shape, this.bytes) = (type, shape, bytes);

    /// <summary>An array of float32.</summary>
    /// <exception cref="ArgumentException">The shape does not hold as many numbers as given.</exception>
    public static NumpyArray Of(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) =>
        new("<f4", Checked(shape, values.Length), MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>An array of float64.</summary>
    /// <exception cref="ArgumentException">The shape does not hold as many numbers as given.</exception>
    public static NumpyArray Of(ReadOnlySpan<double> values, params ReadOnlySpan<int> shape) =>
        new("<f8", Checked(shape, values.Length), MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>NumPy's name of the element type, such as <c>&lt;f4</c>.</summary>
    public string Type { get; }

    /// <summary>The lengths of the axes, slowest first.</summary>
    public int[] Shape { get; }

    /// <summary>How many numbers there are.</summary>
    public int Length => bytes.Length / SizeOf(Type);

    /// <summary>The numbers as float32, converted where the file holds another type.</summary>
    public float[] ToSingles() => Type switch
    {
        "<f4" => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
        "<f8" => Array.ConvertAll(ToDoubles(), x => (float)x),
        "|u1" => Array.ConvertAll(bytes, x => (float)x),
        "<i4" => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(bytes).ToArray(), x => (float)x),
        _ => Array.ConvertAll(MemoryMarshal.Cast<byte, long>(bytes).ToArray(), x => (float)x),
    };

    /// <summary>The numbers as float64, converted where the file holds another type.</summary>
    public double[] ToDoubles() => Type switch
    {
        "<f8" => MemoryMarshal.Cast<byte, double>(bytes).ToArray(),
        "<i8" => Array.ConvertAll(MemoryMarshal.Cast<byte, long>(bytes).ToArray(), x => (double)x),
        "<i4" => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(bytes).ToArray(), x => (double)x),
        _ => Array.ConvertAll(ToSingles(), x => (double)x),
    };

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Save(string path) => WholeFile.Write(path, Write);

    /// <summary>Writes the format to a stream.</summary>
    public void Write(Stream stream)
    {
        WriteHeader(stream, Type, Array.ConvertAll(Shape, axis => (long)axis));
        stream.Write(bytes);
    }

    /// <summary>What stands before the data.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="type">NumPy's name of the element type.</param>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="longest">A shape whose header is as long as this is to be, so that it can take its place; by default its own.</param>
    internal static void WriteHeader(Stream stream, string type, ReadOnlySpan<long> shape, ReadOnlySpan<long> longest = default)
    {
        var length = Header(type, longest.IsEmpty ? shape : longest).Length;
        var padded = Header(type, shape).PadRight((10 + length + 1 + 63) / 64 * 64 - 11) + "\n"; // data begin at a multiple of 64 bytes
        stream.Write(Magic);
        stream.Write([1, 0, (byte)(padded.Length & 255), (byte)(padded.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(padded));
    }

    private static string Header(string type, ReadOnlySpan<long> shape)
    {
        var axes = string.Join(", ", shape.ToArray());
        return $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({axes}{(shape.Length == 1 ? "," : "")}), }}";
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">Not a .npy file, cut short, in Fortran order, or of a type that is not read; the message says which.</exception>
    public static NumpyArray Load(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads the format from a stream; the name stands in messages.</summary>
    /// <exception cref="InvalidDataException">As for <see cref="Load"/>.</exception>
    public static NumpyArray Read(Stream stream, string name)
    {
        Span<byte> start = stackalloc byte[12];
        if (stream.ReadAtLeast(start[..8], 8, false) < 8 || !start[..6].SequenceEqual(Magic)) throw new InvalidDataException($"{name} is not a .npy file");
        if (start[6] is < 1 or > 3) throw new InvalidDataException($"{name} has version {start[6]}.{start[7]} of the .npy format; read are 1.0, 2.0 and 3.0");
        var lengthBytes = start[6] == 1 ? 2 : 4;
        Fill(stream, start.Slice(8, lengthBytes), name);
        var headerLength = lengthBytes == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : BinaryPrimitives.ReadInt32LittleEndian(start[8..]);
        if (headerLength is < 0 or > 1 << 20) throw new InvalidDataException($"{name} has a header of {headerLength} bytes");
        var headerBytes = new byte[headerLength];
        Fill(stream, headerBytes, name);
        var header = Encoding.UTF8.GetString(headerBytes);
        var type = TypeField().Match(header).Groups[1].Value;
        if (SizeOf(type) == 0) throw new InvalidDataException($"{name} holds elements of type '{type}'; read are <f4, <f8, |u1, <i4 and <i8");
        if (!OrderField().IsMatch(header)) throw new InvalidDataException($"{name} is in Fortran order; read is C order (numpy.ascontiguousarray)");
        if (ShapeField().Match(header) is not { Success: true } axes) throw new InvalidDataException($"{name} has no shape in its header: {header.Trim()}");
        var shape = Array.ConvertAll(
            axes.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            text => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
        var count = shape.Aggregate((double)SizeOf(type), (product, axis) => product * axis);
        if (count > Array.MaxLength) throw new InvalidDataException(FormattableString.Invariant($"{name} holds {count:g4} bytes; read are up to {Array.MaxLength}"));
        var bytes = new byte[(int)count];
        Fill(stream, bytes, name);
        return new NumpyArray(type, Array.ConvertAll(shape, axis => (int)axis), bytes);
    }

    private static void Fill(Stream stream, Span<byte> bytes, string name)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, false) < bytes.Length) throw new InvalidDataException($"{name} ends before its data do");
    }

    private static int SizeOf(string type) => type switch { "|u1" => 1, "<f4" or "<i4" => 4, "<f8" or "<i8" => 8, _ => 0 };

    private static int[] Checked(ReadOnlySpan<int> shape, int length)
    {
        var product = 1L;
        foreach (var axis in shape) product *= axis;
        return product == length ? shape.ToArray()
            : throw new ArgumentException($"shape ({string.Join(", ", shape.ToArray())}) holds {product} numbers; given are {length}", nameof(shape));
    }

    [GeneratedRegex("'descr':\\s*'([^']*)'")]
    private static partial Regex TypeField();

    [GeneratedRegex("'fortran_order':\\s*False")]
    private static partial Regex OrderField();

    [GeneratedRegex("'shape':\\s*\\(([0-9, ]*)\\)")]
    private static partial Regex ShapeField();
}
