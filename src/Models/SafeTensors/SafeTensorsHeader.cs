using System.Buffers.Binary;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models;

/// <summary>One tensor of a header: bytes [Begin, End) of the data behind it.</summary>
internal sealed record SafeTensorsEntry(string Name, SafeTensorsType Type, long[] Shape, long Begin, long End);

/// <summary>The header of a safetensors file, checked: its entries fill the data without gap or overlap.</summary>
internal sealed class SafeTensorsHeader
{
    /// <summary>The format's own limit: what is longer is no header but a damaged or hostile length.</summary>
    internal const int MaxBytes = 100_000_000;

    internal const string MetadataKey = "__metadata__";

    private SafeTensorsHeader(IReadOnlyList<SafeTensorsEntry> entries, IReadOnlyDictionary<string, string> metadata) =>
        (Entries, Metadata) = (entries, metadata);

    /// <summary>In the order of their data.</summary>
    internal IReadOnlyList<SafeTensorsEntry> Entries { get; }

    internal IReadOnlyDictionary<string, string> Metadata { get; }

    internal static SafeTensorsHeader For(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var entries = new List<SafeTensorsEntry>();
        long end = 0;
        var typed = tensors.Select(named => (Name: named.Key, Tensor: named.Value, Type: TypeOf(named.Key, named.Value)));
        foreach (var (name, tensor, type) in typed.OrderByDescending(one => one.Type.Bytes).ThenBy(one => one.Name, StringComparer.Ordinal))
        {
            long begin = end;
            end = checked(end + tensor.numel() * type.Bytes);
            entries.Add(new SafeTensorsEntry(name, type, tensor.shape, begin, end));
        }

        return new SafeTensorsHeader(entries, metadata ?? new Dictionary<string, string>());
    }

    internal static SafeTensorsHeader Read(Stream stream, string path)
    {
        Exception Bad(string what) => new InvalidDataException($"{path} is no safetensors file that can be read: {what}.");
        Span<byte> prefix = stackalloc byte[8];
        int got = stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false);
        if (got < 8) throw Bad($"it ends after {got} bytes, before the header's length");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxBytes) throw Bad($"it claims a header of {length} bytes, more than the format's limit of {MaxBytes}");
        long left = stream.Length - 8 - (long)length;
        if (left < 0) throw Bad($"it claims a header of {length} bytes but has {stream.Length - 8} behind the length");
        byte[] text = new byte[length];
        stream.ReadExactly(text);
        try
        {
            var (entries, metadata) = SafeTensorsJson.Parse(text);
            CheckLayout(entries, left);
            return new SafeTensorsHeader(entries, metadata);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or OverflowException)
        {
            throw Bad(exception.Message.TrimEnd('.'));
        }
    }

    /// <summary>Length and text, padded with blanks so that the data start at a multiple of 8 bytes.</summary>
    internal void Write(Stream stream)
    {
        byte[] text = SafeTensorsJson.Text(this);
        int padded = (text.Length + 7) / 8 * 8;
        if (padded > MaxBytes) throw new ArgumentException($"The header would have {padded} bytes, more than the format's limit of {MaxBytes}.");
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)padded);
        stream.Write(prefix);
        stream.Write(text);
        for (int i = text.Length; i < padded; i++) stream.WriteByte((byte)' ');
    }

    private static SafeTensorsType TypeOf(string name, Tensor tensor)
    {
        if (name == MetadataKey) throw new ArgumentException($"'{MetadataKey}' is reserved and cannot name a tensor.");
        return SafeTensorsType.Of(tensor.dtype) ?? throw new ArgumentException($"'{name}' is of the type {tensor.dtype}, which the format lacks.");
    }

    private static void CheckLayout(List<SafeTensorsEntry> entries, long dataBytes)
    {
        entries.Sort(static (a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        long end = 0;
        foreach (var entry in entries)
        {
            if (entry.Begin != end)
            {
                throw new FormatException(entry.Begin < end
                    ? $"'{entry.Name}' starts at byte {entry.Begin} of the data, inside the tensor that ends at {end}"
                    : $"bytes {end} to {entry.Begin} of the data belong to no tensor");
            }

            long bytes = entry.Shape.Aggregate((long)entry.Type.Bytes, static (product, size) => checked(product * size));
            if (entry.End - entry.Begin != bytes)
            {
                throw new FormatException($"'{entry.Name}' has {entry.End - entry.Begin} bytes, but {entry.Type.Name} "
                    + $"[{string.Join(", ", entry.Shape)}] takes {bytes}");
            }

            end = entry.End;
        }

        if (end != dataBytes) throw new FormatException($"the header describes {end} bytes of data, the file has {dataBytes}");
    }
}
