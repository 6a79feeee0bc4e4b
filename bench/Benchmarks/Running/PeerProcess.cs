using System.Diagnostics;
using System.Text.Json;

namespace ScoreSde.Benchmarks.Running;

/// <summary>
/// A program of bench/peers, with torch at its best: the distribution's fast BLAS and a heap that keeps its pages. It answers lines on its input with lines of JSON
/// (bench/peers/contest.py).
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process process;
    private readonly string program;
    private readonly Queue<string> complaints = [];
    private readonly CancellationTokenRegistration stopping;
    private readonly CancellationToken stop;

    /// <param name="program">A file of bench/peers and its arguments behind blanks.</param>
    /// <param name="stop">Ends the program.</param>
    public PeerProcess(string program, CancellationToken stop)
    {
        (this.program, this.stop) = (program, stop);
        var parts = program.Split(' ');
        var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardOutput = true, RedirectStandardInput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Checkout.Root, "bench", "peers", parts[0]));
        foreach (var argument in parts[1..]) start.ArgumentList.Add(argument);
        Tune(start.Environment);
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is null) return;
            lock (complaints)
            {
                complaints.Enqueue(e.Data);
                if (complaints.Count > 12) complaints.Dequeue();
            }
        };
        process.BeginErrorReadLine();
        stopping = stop.Register(Kill);
    }

    /// <summary>The environment in which Debian's torch is fastest.</summary>
    public static void Tune(IDictionary<string, string?> environment)
    {
        environment["LD_LIBRARY_PATH"] = "/usr/lib/x86_64-linux-gnu/openblas-openmp";
        environment["MALLOC_MMAP_THRESHOLD_"] = "1073741824";
        environment["MALLOC_TRIM_THRESHOLD_"] = "4294967296";
        environment["PYTHONDONTWRITEBYTECODE"] = "1";
        environment.Remove("GOMP_SPINCOUNT"); // torch as it comes waits longer than our script lets its own threads
    }

    /// <summary>Who takes part: our own loops, and libraries that are there.</summary>
    public IReadOnlyList<string> Rivals()
    {
        using var answer = Ask("rivals");
        return [.. answer.RootElement.EnumerateArray().Select(e => e.GetString()!)];
    }

    /// <summary>Lets a rival run.</summary>
    /// <param name="rival">One of <see cref="Rivals"/>.</param>
    /// <param name="repeats">How often; the answer is a mean.</param>
    /// <param name="units">Units in one run.</param>
    public PeerAnswer Run(string rival, int repeats, double units)
    {
        using var answer = Ask(FormattableString.Invariant($"run {rival} {repeats}"));
        var json = answer.RootElement;
        if (json.TryGetProperty("error", out var error)) return new PeerAnswer(null, error.GetString()!, "");
        var more = json.EnumerateObject().Where(p => p.Name is not ("wall" or "processor" or "choice"))
            .Select(p => $"{p.Name} {p.Value}");
        return new PeerAnswer(
            new Times(json.GetProperty("wall").GetDouble() * 1e9 / units, json.GetProperty("processor").GetDouble() * 1e9 / units),
            json.TryGetProperty("choice", out var choice) ? choice.GetString()! : "", string.Join(", ", more));
    }

    public void Dispose()
    {
        stopping.Dispose();
        process.StandardInput.Close();
        if (!process.WaitForExit(2000)) Kill();
        process.Dispose();
    }

    private JsonDocument Ask(string line)
    {
        stop.ThrowIfCancellationRequested();
        string? answer = null;
        try
        {
            process.StandardInput.WriteLine(line);
            process.StandardInput.Flush();
            answer = process.StandardOutput.ReadLine();
        }
        catch (IOException)
        {
            // It has ended; below is said why.
        }
        stop.ThrowIfCancellationRequested();
        if (answer is not null) return JsonDocument.Parse(answer);
        process.WaitForExit();
        lock (complaints) throw new IOException($"bench/peers/{program} ended with {process.ExitCode}: {string.Join(" | ", complaints)}");
    }

    private void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // Ended by itself.
        }
    }
}

/// <summary>What a rival's runs took in nanoseconds a unit, or none and why.</summary>
/// <param name="Times">None where it failed.</param>
/// <param name="Choice">Threads and whatever else it found best, or what went wrong.</param>
/// <param name="Check">What its runs ended on.</param>
internal readonly record struct PeerAnswer(Times? Times, string Choice, string Check);
