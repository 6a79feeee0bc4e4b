using System.Runtime.InteropServices;
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
    private readonly Transition<TPlan>[] _transitions;
    private readonly MoveKind[] _kinds;
    private readonly RefinedStart?[] _starts;
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
        _transitions = new Transition<TPlan>[moves.Length];
        _kinds = new MoveKind[moves.Length];
        _starts = [];
        foreach (var move in moves) _steps += move.Kind == MoveKind.Solve ? 1 : 0;
        var depth = RefinedDepth(walk, card);
        if (depth > 0) _starts = new RefinedStart?[moves.Length];
        var past = new List<Level>();
        for (var i = 0; i < moves.Length; i++)
        {
            var (from, to, kind) = moves[i];
            if (kind == MoveKind.Solve && past.Count < depth && IsInside(from) && IsInside(to))
            {
                kind = MoveKind.Start;
                _starts[i] = new RefinedStart(Sampler.Diffusion(walk), from, to);
            }
            _kinds[i] = kind;
            IsPlain &= kind == MoveKind.Solve;
            HasRenoise |= kind == MoveKind.Renoise;
            Plan(i, past);
        }
    }

    private PlannedWalk(PlannedWalk<TPlan> other, int restart)
    {
        (_walk, _plan, _kinds, _starts, _steps) = (other._walk, other._plan, other._kinds, other._starts, other._steps);
        (HasRenoise, IsPlain) = (other.HasRenoise, other.IsPlain);
        _transitions = [.. other._transitions];
        var past = new List<Level>();
        // Beyond a full history, and beyond the walk's own restart, the plan stands.
        for (var i = restart; i < _kinds.Length && past.Count <= History<double>.Capacity && _kinds[i] != MoveKind.Renoise; i++) Plan(i, past);
    }

    /// <summary>Whether any move goes back up.</summary>
    public bool HasRenoise { get; }

    /// <summary>Whether every move is a step of the solver.</summary>
    public bool IsPlain { get; } = true;

    /// <summary>Number of moves.</summary>
    public int Count => _transitions.Length;

    /// <summary>A move with its coefficients.</summary>
    public ref readonly Transition<TPlan> this[int move] => ref _transitions[move];

    /// <summary>Whether a move is a step, a refined start or an up-move.</summary>
    public MoveKind Kind(int move) => _kinds[move];

    /// <summary>The refined start of a move of that kind.</summary>
    public RefinedStart Start(int move) => _starts[move]!;

    /// <summary>The same walk planned for an empty history before a move.</summary>
    public PlannedWalk<TPlan> Restarted(int move) => new(this, move);

    private void Plan(int i, List<Level> past)
    {
        var (from, to, _) = _walk.Moves[i];
        if (_kinds[i] == MoveKind.Renoise)
        {
            past.Clear();
            _transitions[i] = new Transition<TPlan>(i, from, to, default);
            return;
        }
        var window = new StepWindow(_walk.Grid.Timeline, CollectionsMarshal.AsSpan(past), from, to, Remaining(i), _walk.Orders, _steps);
        _transitions[i] = new Transition<TPlan>(i, from, to, _kinds[i] == MoveKind.Start ? default : _plan(window));
        past.Add(from);
    }

    private int Remaining(int i)
    {
        var count = 0;
        while (i + 1 + count < _kinds.Length && _walk.Moves[i + 1 + count].Kind == MoveKind.Solve) count++;
        return count;
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
