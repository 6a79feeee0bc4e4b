using System.Diagnostics;
using System.Runtime.InteropServices;
using ScoreSde.Tests.Support;

namespace ScoreSde.Kernels.Tests;

/// <summary>The threads that share passes: each piece is made once, sleeping threads come when they are called, and nobody waits for ever.</summary>
public unsafe class WorkerTeamTests
{
    [Fact]
    public void Share_OfAnyPieces_MakesEachOnce() => Deadline.Within(Deadline.Usual, () =>
    {
        var random = new Random(7);
        for (var round = 0; round < 3000; round++)
        {
            var (threads, pieces, pause) = (random.Next(1, 20), random.Next(0, 60), random.Next(0, 40));
            var made = new int[pieces];
            fixed (int* to = made) WorkerTeam.Share(threads, pieces, &Count, to, random.Next(2) == 0);
            Assert.All(made, n => Assert.Equal(1, n));
            if (pause == 0) Thread.Sleep(1); // so that workers fall asleep now and then
        }
    });

    [Fact]
    public void Share_OfLongWork_CallsThreadsThatSleep()
    {
        if (Environment.ProcessorCount == 1) return; // nobody to call
        Deadline.Within(Deadline.Usual, () =>
        {
            // Pieces of a fifth of a millisecond, twelve milliseconds in all: hundreds of times as long as a call. On a busy machine a worker may still come late, so that passes are made
            // until some were shared: three, as a thread that is new is awake for the first.
            const int pieces = 64;
            var since = Stopwatch.GetTimestamp();
            for (var shared = 0; shared < 3;)
            {
                Thread.Sleep(20);
                var makers = new int[pieces];
                fixed (int* to = makers) WorkerTeam.Share(2, pieces, &Tarry, to, true);
                if (makers.Distinct().Count() == 2) shared++;
                Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(30), $"sleeping workers have come to {shared} of the passes of half a minute");
            }
        });
    }

    [Fact]
    public void Share_WithBadArguments_SaysWhatIsAllowed()
    {
        Assert.Throws<ArgumentNullException>(() => WorkerTeam.Share(2, 1, null, null, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkerTeam.Share(2, -1, &Count, null, false));
    }

    [UnmanagedCallersOnly]
    private static void Count(void* context, long piece) => Interlocked.Increment(ref ((int*)context)[piece]);

    [UnmanagedCallersOnly]
    private static void Tarry(void* context, long piece)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began).TotalMicroseconds < 200;) Thread.SpinWait(10);
        ((int*)context)[piece] = Environment.CurrentManagedThreadId;
    }
}
