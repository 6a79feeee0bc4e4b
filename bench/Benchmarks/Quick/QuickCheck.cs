using System.Text.Json;
using ScoreSde.Benchmarks.Running;
using ScoreSde.Models.Files;

namespace ScoreSde.Benchmarks.Quick;

/// <summary>The ratios as they are beside the ratios as they were: one that fell by a quarter is a fault.</summary>
internal static class QuickCheck
{
    /// <summary>What is left of a recorded ratio below which it has fallen.</summary>
    public const double Left = 0.75;

    private const int Attempts = 5;

    private static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Where ratios are recorded: by processor, by name.</summary>
    public static string Record => Path.Combine(Checkout.Results, "quick.json");

    /// <summary>What is recorded.</summary>
    public static Dictionary<string, Dictionary<string, double>> Read() =>
        File.Exists(Record) ? JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, double>>>(File.ReadAllText(Record), Layout)! : [];

    /// <summary>Writes ratios as those of this processor.</summary>
    public static void Write(IReadOnlyDictionary<string, double> ratios)
    {
        var all = Read();
        all[Machine.File] = ratios.ToDictionary(r => r.Key, r => Math.Round(r.Value, 3));
        WholeFile.Write(Record, JsonSerializer.Serialize(all, Layout) + "\n");
    }

    /// <summary>What a ratio is compared with: this processor's record, or for a ratio that holds anywhere the least of all records; none where nothing is known.</summary>
    public static double? Expected(Dictionary<string, Dictionary<string, double>> records, string processor, string name, bool anywhere)
    {
        if (records.TryGetValue(processor, out var own) && own.TryGetValue(name, out var ratio)) return ratio;
        var others = records.Values.Where(r => anywhere && r.ContainsKey(name)).Select(r => r[name]).ToList();
        return others.Count > 0 ? others.Min() : null;
    }

    /// <summary>Whether a ratio fell by a quarter.</summary>
    public static bool HasFallen(double ratio, double? expected) => ratio < Left * expected;

    /// <summary>Measures all, each at most five times, and says each as a line. A ratio has fallen if it has in each of five; what is recorded is the median of five.</summary>
    /// <param name="say">Takes a line.</param>
    /// <param name="record">Write them as this processor's instead of comparing.</param>
    /// <returns>The names of those that fell.</returns>
    public static IReadOnlyList<string> Run(Action<string> say, bool record)
    {
        var (records, fallen, measured) = (Read(), new List<string>(), new Dictionary<string, double>());
        foreach (var ratio in Ratios.All)
        {
            var before = Expected(records, Machine.File, ratio.Name, ratio.Anywhere);
            var now = measured[ratio.Name] = record ? MedianOfFive(ratio.Measure) : BestOfFive(ratio.Measure, before);
            var fell = !record && HasFallen(now, before);
            if (fell) fallen.Add(ratio.Name);
            say($"{ratio.Name} {Times.Digits(now)}× ({(before is { } b ? $"recorded {Times.Digits(b)}×" : "no record for this processor")}{(fell ? ", FELL BY A QUARTER" : "")}; {ratio.What})");
        }
        if (record) Write(measured);
        return fallen;
    }

    /// <summary>The best of measurements, which end with the first that has not fallen or with the fifth.</summary>
    public static double BestOfFive(Func<double> measure, double? expected)
    {
        var best = measure();
        for (var i = 1; i < Attempts && HasFallen(best, expected); i++) best = Math.Max(best, measure());
        return best;
    }

    private static double MedianOfFive(Func<double> measure) => Enumerable.Range(0, Attempts).Select(_ => measure()).Order().ElementAt(Attempts / 2);
}
