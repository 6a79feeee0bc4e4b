using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace ScoreSde.Benchmarks.Running;

/// <summary>What results depend on.</summary>
internal static partial class Machine
{
    /// <summary>The processor's name as its maker gives it.</summary>
    public static string Processor { get; } = Name();

    /// <summary>The name of this machine's files: the processor in lower case, and how many it has.</summary>
    public static string File => $"{NotAName().Replace(Processor.ToLowerInvariant().Replace("(r)", "").Replace("(tm)", ""), "-").Trim('-')}-{Environment.ProcessorCount}";

    /// <summary>One line: processor, cores, runtime.</summary>
    public static string Line =>
        $"{Processor}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}";

    /// <summary>How many programs wanted to run in the last minute.</summary>
    public static double Load => double.Parse(System.IO.File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    private static string Name()
    {
        var line = System.IO.File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
        var name = line?[(line.IndexOf(':') + 1)..].Trim() ?? "";
        return name.Length > 0 ? name : RuntimeInformation.ProcessArchitecture.ToString();
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotAName();
}
