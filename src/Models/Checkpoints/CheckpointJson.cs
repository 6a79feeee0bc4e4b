using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScoreSde.Models.Checkpoints;

/// <summary>How configurations are written as JSON: camel case, enumerations by name, unknown members refused.</summary>
public static class CheckpointJson
{
    /// <summary>The options, the same for reading and writing.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowOutOfOrderMetadataProperties = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
