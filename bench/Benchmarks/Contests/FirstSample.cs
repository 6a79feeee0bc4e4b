using System.Diagnostics;
using System.Runtime.InteropServices;
using ScoreSde.Benchmarks.Running;

namespace ScoreSde.Benchmarks.Contests;

/// <summary>From a process's start to the line in which it says that sixteen images are there: the command line, and a program in Python that does the same with torch.</summary>
internal sealed partial class FirstSample : IContest
{
    private static readonly string Model = Path.Combine(Checkout.Root, "models", "fashion-mnist");
    private static readonly string Library = typeof(Cli.CommandLine).Assembly.Location;

    public string Name => "first-sample";

    public string Title => "from process start to sixteen images of the shipped network by DDIM in 20 steps, written to a file";

    public double Bar => 1.5;

    public string Unit => "a start";

    public double Units => 1;

    public string Peer => $"first_sample.py {Model}";

    public int Repeats => 2;

    public int Place => 110;

    public Limit? Limit => new("a process that loads libtorch and ends", () =>
        Enumerable.Range(0, 2).Average(_ => Start(Path.Combine(AppContext.BaseDirectory, "load_libtorch"), [], "loaded")));

    public void Ours() => Once();

    public Times Measure()
    {
        var before = ChildrensProcessorTime();
        var wall = Enumerable.Range(0, Repeats).Average(_ => Once());
        return new Times(wall, (ChildrensProcessorTime() - before) / Repeats);
    }

    private static double Once()
    {
        var folder = Directory.CreateTempSubdirectory("scoresde-first-sample");
        try
        {
            return Start(
                Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
                [Library, "sample", "--model", Model, "--solver", "ddim", "--steps", "20", "--n", "16", "--format", "npy", "--out", folder.FullName], "16 samples");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Nanoseconds from a process's start to its first line.</summary>
    private static double Start(string program, string[] arguments, string expected)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var line = process.StandardOutput.ReadLine();
        var elapsed = Stopwatch.GetElapsedTime(began).TotalNanoseconds;
        var complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 || line?.StartsWith(expected, StringComparison.Ordinal) != true)
            throw new IOException($"{Path.GetFileName(program)} ended with {process.ExitCode}: {line} {complaint.Trim()}");
        return elapsed;
    }

    /// <summary>Nanoseconds of ended children, from getrusage: its first four numbers are seconds and microseconds in user and in system mode.</summary>
    private static double ChildrensProcessorTime()
    {
        Span<long> usage = stackalloc long[18];
        const int children = -1;
        if (getrusage(children, ref MemoryMarshal.GetReference(usage)) != 0) return double.NaN;
        return 1e9 * (usage[0] + usage[2]) + 1e3 * (usage[1] + usage[3]);
    }

    [LibraryImport("libc")]
    private static partial int getrusage(int who, ref long usage);
}
