using System.Diagnostics;
using System.Globalization;
using ScoreSde.Cli.Terminal;

namespace ScoreSde.Benchmarks.Running;

/// <summary>The library and its rivals in turn, medians over rounds.</summary>
internal static class ContestRunner
{
    /// <summary>A rival this many times slower than the fastest is not asked again after the first round: its median could not matter.</summary>
    private const double Hopeless = 2.5;

    /// <summary>Our runs before the first round: as many as fit into this long, by when what is called often has been compiled again, and one at least.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>All contests there are, in the page's order.</summary>
    public static IReadOnlyList<IContest> All { get; } = [.. Find().OrderBy(c => c.Place).ThenBy(c => c.Name, StringComparer.Ordinal)];

    /// <summary>Runs one contest.</summary>
    /// <param name="contest">What is done.</param>
    /// <param name="rounds">How often each side has its turn.</param>
    /// <param name="work">Told the share of the rounds that are done.</param>
    /// <param name="stop">Ends the run; nothing comes out.</param>
    /// <exception cref="IOException">The rivals' program failed.</exception>
    public static ContestResult Run(IContest contest, int rounds, IWork work, CancellationToken stop)
    {
        work.Report(0, "preparing");
        Devices.UseEveryCore(); // as the command line does; rivals have the faster of one and two threads
        using var prepared = contest as IDisposable;
        contest.Prepare();
        var warming = Stopwatch.StartNew();
        for (var i = 0; i == 0 || warming.Elapsed < WarmUp; i++) contest.Ours(); // compiled, and memory in place
        using var peer = new PeerProcess(contest.Peer, stop);
        var asked = peer.Rivals().ToList();
        var ours = new List<Times>();
        var limits = new List<double>();
        var theirs = asked.ToDictionary(r => r, _ => new List<PeerAnswer>());
        for (var round = 0; round < rounds; round++)
        {
            stop.ThrowIfCancellationRequested();
            work.Report(round / (double)rounds, "ours");
            var before = contest.Limit?.Measure();
            ours.Add(contest.Measure());
            if (before is { } first) limits.Add((first + contest.Limit!.Measure()) / 2);
            foreach (var (rival, i) in asked.Select((r, i) => (r, i)).ToList())
            {
                work.Report((round + (i + 1.0) / (asked.Count + 1)) / rounds, rival);
                theirs[rival].Add(peer.Run(rival, contest.Repeats, contest.Units));
            }
            asked.RemoveAll(r => theirs[r][^1].Times is null);
            if (asked.Count == 0) throw new IOException($"{contest.Name}: no rival could run: {string.Join("; ", theirs.Select(t => $"{t.Key}: {t.Value[^1].Choice}"))}");
            if (round == 0) asked = [.. Contenders(asked, rival => theirs[rival][0].Times!.Value.Wall)];
        }
        return new ContestResult
        {
            Name = contest.Name, Title = contest.Title, Place = contest.Place, Bar = contest.Bar, Unit = contest.Unit,
            Ours = Times.Median(ours), Walls = [.. ours.Select(t => t.Wall)],
            Rivals = [.. theirs.Select(t => Result(t.Key, t.Value)).OrderBy(r => r.Times?.Wall ?? double.PositiveInfinity)],
            LimitName = contest.Limit?.Name, Limits = limits,
            Check = contest.Check, Rounds = rounds, Load = Machine.Load, When = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Those of some rivals that are asked again after a round.</summary>
    public static IEnumerable<string> Contenders(IReadOnlyCollection<string> rivals, Func<string, double> wall)
    {
        var fastest = rivals.Min(wall);
        return rivals.Where(rival => wall(rival) <= Hopeless * fastest);
    }

    private static RivalResult Result(string name, List<PeerAnswer> answers)
    {
        var times = answers.Where(a => a.Times is not null).Select(a => a.Times!.Value).ToList();
        return new RivalResult(name, times.Count > 0 ? Times.Median(times) : null, times.Count, [.. times.Select(t => t.Wall)], answers[^1].Choice, answers[^1].Check);
    }

    private static IEnumerable<IContest> Find()
    {
        foreach (var type in typeof(IContest).Assembly.GetTypes())
        {
            if (!type.IsClass || type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is null) continue;
            if (type.IsAssignableTo(typeof(IContest))) yield return (IContest)Activator.CreateInstance(type)!;
            if (!type.IsAssignableTo(typeof(IContestFamily))) continue;
            foreach (var contest in ((IContestFamily)Activator.CreateInstance(type)!).Contests) yield return contest;
        }
    }
}
