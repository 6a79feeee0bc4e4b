using ScoreSde.Sde;

namespace ScoreSde.Solvers.Grids;

/// <summary>
/// The levels a run goes through, in its direction, computed once. Strictly monotone: every step has a length. A solver gets its levels from
/// here and from nowhere else.
/// </summary>
public sealed class TimeGrid
{
    private readonly Level[] _levels;

    private TimeGrid(ITimeline timeline, Level[] levels, string name)
    {
        Timeline = timeline;
        _levels = levels;
        Name = name;
    }

    /// <summary>The process the levels are of.</summary>
    public ITimeline Timeline { get; }

    /// <summary>The rule's name.</summary>
    public string Name { get; }

    /// <summary>All levels, first to last.</summary>
    public ReadOnlySpan<Level> Levels => _levels;

    /// <summary>The same as they lie, for a walk to keep and nobody to write.</summary>
    internal Level[] Array => _levels;

    /// <summary>Number of steps, one less than of levels.</summary>
    public int Steps => _levels.Length - 1;

    /// <summary>Where the run begins.</summary>
    public Level First => _levels[0];

    /// <summary>Where it ends.</summary>
    public Level Last => _levels[^1];

    /// <summary>Whether time falls (sampling) or rises (simulation, encoding).</summary>
    public bool Falls => Last.Time < First.Time;

    /// <summary>A grid by a rule, from one time to another.</summary>
    /// <exception cref="ArgumentException">No steps, equal ends, or a rule that does not fit the process.</exception>
    public static TimeGrid Create(ITimeline timeline, IGridRule rule, int steps, double from, double to)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        ArgumentNullException.ThrowIfNull(rule);
        if (steps < 1) throw new ArgumentException($"steps is {steps}; a grid has at least 1");
        return OfTimes(timeline, rule.Times(timeline, steps, from, to), rule.Name);
    }

    /// <summary>A grid by a rule over the whole of a process, from its end to its beginning, or that of a rule that is a list.</summary>
    /// <param name="timeline">The process.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="steps">Number of steps; may be left out for a list, which has its own.</param>
    /// <exception cref="ArgumentException">No number of steps, or a rule that does not fit the process.</exception>
    public static TimeGrid Create(ITimeline timeline, IGridRule rule, int? steps = null)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        ArgumentNullException.ThrowIfNull(rule);
        var count = steps ?? rule.OwnSteps ?? throw new ArgumentException($"the grid {rule.Name} needs a number of steps");
        return Create(timeline, rule, count, timeline.End, timeline.Start);
    }

    /// <summary>A grid of given times.</summary>
    /// <exception cref="ArgumentException">Fewer than two times, or times that are not strictly monotone.</exception>
    public static TimeGrid OfTimes(ITimeline timeline, ReadOnlySpan<double> times, string name = "values")
    {
        ArgumentNullException.ThrowIfNull(timeline);
        var levels = GC.AllocateUninitializedArray<Level>(times.Length);
        for (var i = 0; i < times.Length; i++) levels[i] = timeline.At(times[i]);
        return Checked(timeline, levels, name);
    }

    /// <summary>A grid of given levels, for schedules that are tables rather than functions of time.</summary>
    /// <exception cref="ArgumentException">Fewer than two levels, or times that are not strictly monotone.</exception>
    public static TimeGrid OfLevels(ITimeline timeline, ReadOnlySpan<Level> levels, string name = "values") => Checked(timeline, levels.ToArray(), name);

    private static TimeGrid Checked(ITimeline timeline, Level[] levels, string name)
    {
        if (levels.Length < 2) throw new ArgumentException($"a grid has at least 2 levels; {levels.Length} given");
        var falls = levels[^1].Time < levels[0].Time;
        for (var i = 1; i < levels.Length; i++)
        {
            var (a, b) = (levels[i - 1].Time, levels[i].Time);
            if (!(falls ? b < a : b > a))
                throw new ArgumentException(FormattableString.Invariant(
                    $"times must be strictly {(falls ? "falling" : "rising")}; entry {i - 1} is {a:r}, entry {i} is {b:r}"));
        }
        return new TimeGrid(timeline, levels, name);
    }

    /// <summary>The same levels walked the other way.</summary>
    public TimeGrid Reversed()
    {
        var levels = _levels.ToArray();
        System.Array.Reverse(levels);
        return new TimeGrid(Timeline, levels, Name);
    }
}
