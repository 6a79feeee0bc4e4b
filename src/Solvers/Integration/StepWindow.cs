using ScoreSde.Sde;
using ScoreSde.Solvers.Grids;

namespace ScoreSde.Solvers.Integration;

/// <summary>What a solver sees of the grid when it plans a step: the two ends, the levels its history was taken at, the process, and the policy for orders.</summary>
public readonly ref struct StepWindow
{
    private readonly ITimeline _timeline;
    private readonly ref readonly Level _from;
    private readonly ref readonly Level _to;

    /// <summary>The window of a step; the levels stay where they are.</summary>
    public StepWindow(ITimeline timeline, ReadOnlySpan<Level> past, in Level from, in Level to, int remaining, OrderPolicy orders, int steps)
    {
        _timeline = timeline;
        Past = past;
        _from = ref from;
        _to = ref to;
        Remaining = remaining;
        Orders = orders;
        Steps = steps;
    }

    /// <summary>Levels of the earlier steps since the last restart, oldest first; ends before <see cref="From"/>.</summary>
    public ReadOnlySpan<Level> Past { get; }

    /// <summary>Where the step begins.</summary>
    public ref readonly Level From => ref _from;

    /// <summary>Where it ends.</summary>
    public ref readonly Level To => ref _to;

    /// <summary>How many steps follow this one.</summary>
    public int Remaining { get; }

    /// <summary>How many steps of the solver the whole walk has, whatever was restarted.</summary>
    public int Steps { get; }

    /// <summary>The process's noisiest level, beyond which there is none.</summary>
    public Level Noisiest => _timeline.At(_timeline.End);

    /// <summary>How orders go at the beginning and at the end.</summary>
    public OrderPolicy Orders { get; }

    /// <summary>t_to − t_from, negative when sampling.</summary>
    public double TimeStep => To.Time - From.Time;

    /// <summary>λ_to − λ_from, positive when sampling.</summary>
    public double LambdaStep => To.Lambda - From.Lambda;

    /// <summary>The level at a stage time inside the step.</summary>
    public Level At(double time) => _timeline.At(time);

    /// <summary>The forward process of the walk.</summary>
    public ForwardSde Process => (ForwardSde)_timeline;

    /// <summary>The level at a stage λ inside the step; at its end but for rounding it is that level, beyond which the process may have none.</summary>
    public Level AtLambda(double lambda) =>
        Math.Abs(lambda - To.Lambda) <= 1e-14 * Math.Max(1, Math.Abs(lambda)) ? To : Process.AtLambda(lambda);

    /// <summary>The level a number of steps before <see cref="From"/>; 0 is <see cref="From"/> itself.</summary>
    public ref readonly Level Back(int steps) => ref steps == 0 ? ref _from : ref Past[^steps];

    /// <summary>The step before this one as it was planned, for a corrector of it; there is one where <see cref="Past"/> is not empty.</summary>
    public StepWindow Previous => new(_timeline, Past[..^1], in Past[^1], in _from, Remaining + 1, Orders, Steps);

    /// <summary>How many earlier outputs an exponential method can use: those in the history up to the first at λ = −∞ (α = 0).</summary>
    public int Usable
    {
        get
        {
            var count = 0;
            if (From.Alpha > 0)
                while (count < Past.Length && count < History<double>.Capacity && Past[^(count + 1)].Alpha > 0) count++;
            return count;
        }
    }

    /// <summary>
    /// The order of a step of a multistep method of order <paramref name="most"/> that needs order − 1 earlier outputs: no more than the history allows,
    /// than the policy allows near the end, and 1 into σ = 0 or out of α = 0, where Δλ is infinite, or where it is 0.
    /// </summary>
    public int Order(int most)
    {
        if (To.Sigma == 0 || From.Alpha == 0 || From.Sigma == 0 || To.Alpha == 0 || To.Lambda == From.Lambda) return 1;
        var order = Math.Min(most, Usable + 1);
        return Orders.LowerAtEnd ? Math.Min(order, Remaining + 1) : order;
    }

    /// <summary>
    /// The order of a step of a method whose variable is finite at σ = 0 (σ/α, an angle), so that a step into it keeps its order; out of α = 0 and
    /// into it only where the variable is finite there too.
    /// </summary>
    /// <param name="most">The method's order.</param>
    /// <param name="atPureNoise">Whether the variable is finite at α = 0.</param>
    public int OrderWhereFinite(int most, bool atPureNoise = false)
    {
        if (!atPureNoise && (From.Alpha == 0 || To.Alpha == 0)) return 1;
        var order = Math.Min(most, (atPureNoise ? Math.Min(Past.Length, History<double>.Capacity) : Usable) + 1);
        return Orders.LowerAtEnd ? Math.Min(order, Remaining + 1) : order;
    }
}
