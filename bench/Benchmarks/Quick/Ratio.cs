using System.Diagnostics;

namespace ScoreSde.Benchmarks.Quick;

/// <summary>A part of the library beside a plain way to the same end, in one process on one thread: how many times the plain way takes as long.</summary>
/// <param name="Name">In the record and in what is printed.</param>
/// <param name="What">Both sides, a few words.</param>
/// <param name="Anywhere">Both sides have the same arithmetic, so that the ratio says as much on another processor; others are only compared on their own.</param>
/// <param name="Ours">A run of a few milliseconds.</param>
/// <param name="Plain">The plain way's run.</param>
internal sealed record Ratio(string Name, string What, bool Anywhere, Action Ours, Action Plain)
{
    private const int Turns = 24;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(250);

    /// <summary>The least of many turns of either side, in turn: other work on the machine only ever adds.</summary>
    public double Measure()
    {
        Warm(Ours);
        Warm(Plain);
        var (ours, plain) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var turn = 0; turn < Turns; turn++)
        {
            ours = Math.Min(ours, Time(Ours));
            plain = Math.Min(plain, Time(Plain));
        }
        return plain / ours;
    }

    private static double Time(Action run)
    {
        var began = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(began).TotalNanoseconds;
    }

    /// <summary>Until the runtime has compiled the last time.</summary>
    private static void Warm(Action run)
    {
        var began = Stopwatch.GetTimestamp();
        do run();
        while (Stopwatch.GetElapsedTime(began) < WarmUp);
    }
}
