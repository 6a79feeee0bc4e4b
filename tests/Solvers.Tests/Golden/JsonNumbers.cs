using System.Text.Json;

namespace ScoreSde.Solvers.Tests.Golden;

/// <summary>Numbers out of JSON arrays; null stands for a value that is not finite and is read as NaN.</summary>
internal static class JsonNumbers
{
    public static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble();

    /// <summary>All numbers of an array of any depth, in order.</summary>
    public static double[] Flat(JsonElement array)
    {
        var numbers = new List<double>();
        Collect(array, numbers);
        return [.. numbers];
    }

    /// <summary>The first index stays, all others are flattened.</summary>
    public static double[][] Rows(JsonElement array) => [.. array.EnumerateArray().Select(Flat)];

    private static void Collect(JsonElement value, List<double> numbers)
    {
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray()) Collect(item, numbers);
        else numbers.Add(Number(value));
    }
}
