using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.Checkpoints;

/// <summary>Named float32 tensors and text in the safetensors format: header length (8 bytes, little-endian), JSON header, values.</summary>
internal static class WeightFile
{
    private const string MetadataKey = "__metadata__";

    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var header = new JsonObject { [MetadataKey] = new JsonObject(metadata.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value))) };
        long offset = 0;
        foreach (var (name, tensor) in tensors)
        {
            if (tensor.dtype != ScalarType.Float32) throw new ArgumentException($"'{name}' is {tensor.dtype}; checkpoints hold float32");
            var end = offset + sizeof(float) * tensor.numel();
            var shape = new JsonArray([.. tensor.shape.Select(size => (JsonNode)size)]);
            header[name] = new JsonObject { ["dtype"] = "F32", ["shape"] = shape, ["data_offsets"] = new JsonArray(offset, end) };
            offset = end;
        }
        var text = Encoding.UTF8.GetBytes(header.ToJsonString());
        var padded = (text.Length + 7) / 8 * 8;
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, padded);
        using var file = File.Create(path);
        file.Write(length);
        file.Write(text);
        for (var i = text.Length; i < padded; i++) file.WriteByte((byte)' ');
        foreach (var tensor in tensors.Values)
        {
            using var detached = tensor.detach();
            using var onCpu = detached.cpu();
            using var inOrder = onCpu.contiguous();
            file.Write(inOrder.bytes);
        }
    }

    /// <summary>The tensors, which the caller disposes, and the text.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or holds another type; the message says how.</exception>
    public static (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata) Read(string path)
    {
        var all = File.ReadAllBytes(path);
        var headerLength = all.Length < 8 ? -1 : BinaryPrimitives.ReadInt64LittleEndian(all);
        if (headerLength < 2 || headerLength > all.Length - 8) throw new InvalidDataException($"{path} is no safetensors file: its header does not fit");
        var values = all.AsSpan(8 + (int)headerLength);
        var (tensors, metadata) = (new Dictionary<string, Tensor>(), new Dictionary<string, string>());
        try
        {
            var header = JsonNode.Parse(all.AsSpan(8, (int)headerLength))!.AsObject();
            foreach (var (name, node) in header)
            {
                if (name == MetadataKey)
                {
                    foreach (var (key, value) in node!.AsObject()) metadata[key] = (string)value!;
                    continue;
                }
                var entry = node!.AsObject();
                if ((string?)entry["dtype"] != "F32") throw new InvalidDataException($"{path}: '{name}' is {entry["dtype"]}; F32 is read");
                var shape = entry["shape"]!.AsArray().Select(size => (long)size!).ToArray();
                var (begin, end) = ((long)entry["data_offsets"]![0]!, (long)entry["data_offsets"]![1]!);
                if (begin < 0 || end > values.Length || end - begin != sizeof(float) * shape.Aggregate(1L, (a, b) => checked(a * b)))
                    throw new InvalidDataException($"{path}: the values of '{name}' are not all there");
                var floats = new float[(end - begin) / sizeof(float)];
                values[(int)begin..(int)end].CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(floats.AsSpan()));
                tensors[name] = tensor(floats, shape);
            }
            return (tensors, metadata);
        }
        catch (Exception e)
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
            throw e is InvalidDataException ? e : new InvalidDataException($"{path} has a header that cannot be read: {e.Message}", e);
        }
    }
}
