using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Grids;

namespace ScoreSde.Solvers.Integration;

/// <summary>Plans one step of a solver.</summary>
public delegate TPlan Planner<TPlan>(in StepWindow window);

/// <summary>A walk with the solver's coefficients for each move, computed once and shared by everything that runs over it.</summary>
public sealed class PlannedWalk<TPlan> where TPlan : struct
{
    private readonly Walk _walk;
    private readonly Planner<TPlan> _plan;
    private readonly TPlan[] _plans;
    private readonly RefinedStart?[] _starts = []; // of the moves that are one, where there are any
    private readonly int _steps;

    /// <summary>Plans every move of a walk.</summary>
    /// <param name="walk">The walk.</param>
    /// <param name="plan">The solver's planning.</param>
    /// <param name="card">The solver's card, for the length of its history; none for a one-step method.</param>
    /// <exception cref="ArgumentException">The solver refuses a step.</exception>
    public PlannedWalk(Walk walk, Planner<TPlan> plan, SolverCard? card = null)
    {
        ArgumentNullException.ThrowIfNull(walk);
        ArgumentNullException.ThrowIfNull(plan);
        (_walk, _plan) = (walk, plan);
        var moves = walk.Moves;
        _plans = new TPlan[moves.Length];
        _steps = moves.Length - moves.Renoises;
        HasRenoise = moves.Renoises > 0;
        var depth = RefinedDepth(walk, card);
        if (depth > 0) _starts = new RefinedStart?[moves.Length];
        for (var begin = 0; begin < moves.Length; begin++) // from one move up to the next
        {
            var end = moves.NextRenoise(begin);
            for (var i = begin; i < Math.Min(end, begin + depth); i++)
                if (IsInside(moves.From[i]) && IsInside(moves.To[i])) _starts[i] = new RefinedStart(Sampler.Diffusion(walk), moves.From[i], moves.To[i]);
            Plan(moves, begin, end, end);
            begin = end;
        }
        IsPlain = !HasRenoise && Array.TrueForAll(_starts, start => start is null);
    }

    private PlannedWalk(PlannedWalk<TPlan> other, int restart)
    {
        (_walk, _plan, _starts, _steps) = (other._walk, other._plan, other._starts, other._steps);
        (HasRenoise, IsPlain) = (other.HasRenoise, other.IsPlain);
        _plans = [.. other._plans];
        var moves = _walk.Moves;
        var end = moves.NextRenoise(restart);
        // Beyond a full history, and beyond the walk's own restart, the plan stands.
        Plan(moves, restart, Math.Min(end, restart + History<double>.Capacity + 1), end);
    }

    /// <summary>Whether any move goes back up.</summary>
    public bool HasRenoise { get; }

    /// <summary>Whether every move is a step of the solver.</summary>
    public bool IsPlain { get; }

    /// <summary>Number of moves.</summary>
    public int Count => _plans.Length;

    /// <summary>A move with its coefficients.</summary>
    public Transition<TPlan> this[int move]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(move, in _walk.From(move), in _walk.To(move), in _plans[move]);
    }

    /// <summary>Whether a move is a step, a refined start or an up-move.</summary>
    public MoveKind Kind(int move) => _starts.Length > 0 && _starts[move] is not null ? MoveKind.Start : _walk.Moves.Kind(move);

    /// <summary>The refined start of a move of that kind.</summary>
    public RefinedStart Start(int move) => _starts[move]!;

    /// <summary>The same walk planned for an empty history before a move.</summary>
    public PlannedWalk<TPlan> Restarted(int move) => new(this, move);

    /// <summary>Plans some moves of a stretch that ends with a move up or with the walk, of which the first has no history.</summary>
    private void Plan(in Moves moves, int begin, int end, int endOfStretch)
    {
        var timeline = _walk.Grid.Timeline;
        for (var i = begin; i < end; i++)
            if (_starts.Length == 0 || _starts[i] is null)
                _plans[i] = _plan(new StepWindow(timeline, moves.From[begin..i], in moves.From[i], in moves.To[i], endOfStretch - 1 - i, _walk.Orders, _steps));
    }

    private static int RefinedDepth(Walk walk, SolverCard? card)
    {
        if (walk.Orders.Start != StartUp.Refined) return 0;
        if (card is null || card.HistoryDepth == 0) throw new ArgumentException($"{card?.Name ?? "this solver"} is a one-step method; a refined start is for multistep ones");
        if (card.NoiseSlots > 0) throw new ArgumentException($"{card.Name} is stochastic here; a refined start follows the probability flow: take the deterministic form or the ramp");
        return card.HistoryDepth;
    }

    private static bool IsInside(in Level level) => level.Sigma > 0 && level.Alpha > 0;
}
