using System.Runtime.ExceptionServices;

namespace ScoreSde.Tests.Support;

/// <summary>A limit of time for what waits for other threads: a fault there would hang the tests, not fail them.</summary>
public static class Deadline
{
    /// <summary>Long enough for a machine with other work: what has it takes seconds at most.</summary>
    public static TimeSpan Usual { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Runs on a thread of its own, which is left behind if it is not done in time.</summary>
    /// <exception cref="TimeoutException">It is not done in time.</exception>
    public static void Within(TimeSpan limit, Action body)
    {
        ExceptionDispatchInfo? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                body();
            }
            catch (Exception e)
            {
                thrown = ExceptionDispatchInfo.Capture(e);
            }
        }) { IsBackground = true };
        thread.Start();
        if (!thread.Join(limit)) throw new TimeoutException($"not done after {limit.TotalSeconds} s: a thread waits for another that never comes");
        thrown?.Throw();
    }
}
