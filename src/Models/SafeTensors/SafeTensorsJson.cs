using System.Text.Json;

namespace ScoreSde.Models;

/// <summary>The text of a header. Anything beyond what the format allows is refused, not skipped.</summary>
internal static class SafeTensorsJson
{
    internal static byte[] Text(SafeTensorsHeader header)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (header.Metadata.Count > 0)
            {
                json.WriteStartObject(SafeTensorsHeader.MetadataKey);
                foreach (var (key, value) in header.Metadata.OrderBy(static pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
                json.WriteEndObject();
            }

            foreach (var entry in header.Entries)
            {
                json.WriteStartObject(entry.Name);
                json.WriteString("dtype", entry.Type.Name);
                json.WriteStartArray("shape");
                foreach (long size in entry.Shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(entry.Begin);
                json.WriteNumberValue(entry.End);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    internal static (List<SafeTensorsEntry> Entries, Dictionary<string, string> Metadata) Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length == 0 || text[0] != '{') throw new FormatException("its header does not start with '{'");
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 4 });
        var entries = new List<SafeTensorsEntry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        Expect(ref reader, JsonTokenType.StartObject, "the header");
        while (Next(ref reader, "the header") != JsonTokenType.EndObject)
        {
            string name = Name(ref reader);
            if (!names.Add(name)) throw new FormatException($"'{name}' appears twice in its header");
            Expect(ref reader, JsonTokenType.StartObject, name);
            if (name == SafeTensorsHeader.MetadataKey) Metadata(ref reader, metadata);
            else entries.Add(Entry(ref reader, name));
        }

        reader.Read(); // throws where something other than blanks follows
        return (entries, metadata);
    }

    private static void Metadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        while (Next(ref reader, SafeTensorsHeader.MetadataKey) != JsonTokenType.EndObject)
        {
            string key = Name(ref reader);
            Expect(ref reader, JsonTokenType.String, $"metadata '{key}'");
            if (!metadata.TryAdd(key, Text(ref reader))) throw new FormatException($"metadata '{key}' appears twice in its header");
        }
    }

    private static SafeTensorsEntry Entry(ref Utf8JsonReader reader, string name)
    {
        SafeTensorsType? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (Next(ref reader, name) != JsonTokenType.EndObject)
        {
            string key = Name(ref reader);
            switch (key)
            {
                case "dtype" when type is null:
                    Expect(ref reader, JsonTokenType.String, name);
                    string word = Text(ref reader);
                    type = SafeTensorsType.Named(word) ?? throw new FormatException($"'{name}' has the unknown element type '{word}'");
                    break;
                case "shape" when shape is null:
                    shape = Numbers(ref reader, name);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = Numbers(ref reader, name);
                    break;
                default:
                    throw new FormatException($"'{name}' has the key '{key}' twice, or it is unknown");
            }
        }

        if (type is null || shape is null || offsets is null) throw new FormatException($"'{name}' lacks dtype, shape or data_offsets");
        if (offsets.Length != 2 || offsets[1] < offsets[0]) throw new FormatException($"'{name}' has offsets [{string.Join(", ", offsets)}]");
        return new SafeTensorsEntry(name, type, shape, offsets[0], offsets[1]);
    }

    private static long[] Numbers(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, JsonTokenType.StartArray, name);
        var numbers = new List<long>();
        while (Next(ref reader, name) != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
                throw new FormatException($"'{name}' has something other than whole numbers from 0 on in its shape or offsets");
            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader, string where) =>
        reader.Read() ? reader.TokenType : throw new FormatException($"its header ends inside {where}");

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token, string where)
    {
        var found = Next(ref reader, where);
        if (found != token) throw new FormatException($"{where} has {found} where {token} belongs");
    }

    private static string Name(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.PropertyName ? Text(ref reader) : throw new FormatException($"{reader.TokenType} stands where a name belongs");

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException("its header has text that is not valid UTF-8", exception);
        }
    }
}
