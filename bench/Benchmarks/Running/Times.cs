using System.Diagnostics;
using System.Globalization;

namespace ScoreSde.Benchmarks.Running;

/// <summary>What a run took, in nanoseconds a unit.</summary>
internal readonly record struct Times(double Wall, double Processor)
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(0.2);

    /// <summary>The mean of runs: as many as asked for, and more where these take less than a fifth of a second.</summary>
    public static Times Of(Action run, double units, int repeats = 1)
    {
        var (wall, processor, runs) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, 0);
        TimeSpan elapsed;
        do
        {
            run();
            runs++;
            elapsed = Stopwatch.GetElapsedTime(wall);
        }
        while (runs < repeats || elapsed < Enough);
        return new Times(elapsed.TotalNanoseconds / (units * runs), (Environment.CpuUsage.TotalTime - processor).TotalNanoseconds / (units * runs));
    }

    public static Times Median(IReadOnlyCollection<Times> all) => new(Middle(all.Select(t => t.Wall)), Middle(all.Select(t => t.Processor)));

    /// <summary>Three digits and the unit that suits them: 29.9 ns, 27.8 µs, 1.24 s.</summary>
    public static string Show(double nanoseconds)
    {
        var (value, unit) = Math.Abs(nanoseconds) switch
        {
            < 1e3 => (nanoseconds, "ns"),
            < 1e6 => (nanoseconds / 1e3, "µs"),
            < 1e9 => (nanoseconds / 1e6, "ms"),
            _ => (nanoseconds / 1e9, "s"),
        };
        return $"{Digits(value)} {unit}";
    }

    /// <summary>Three digits.</summary>
    public static string Digits(double value) =>
        value.ToString(Math.Abs(value) switch { < 1 => "0.000", < 10 => "0.00", < 100 => "0.0", _ => "0" }, CultureInfo.InvariantCulture);

    /// <summary>The median.</summary>
    public static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
