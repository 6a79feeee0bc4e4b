using ScoreSde.Sde;
using ScoreSde.Solvers.Grids;

namespace ScoreSde.Solvers.Integration;

/// <summary>Plans one step of a solver.</summary>
public delegate TPlan Planner<TPlan>(in StepWindow window);

/// <summary>A walk with the solver's coefficients for each move, computed once and shared by everything that runs over it.</summary>
public sealed class PlannedWalk<TPlan> where TPlan : struct
{
    private readonly Transition<TPlan>[] _transitions;
    private readonly MoveKind[] _kinds;

    /// <summary>Plans every move of a walk.</summary>
    /// <exception cref="ArgumentException">The solver refuses a step.</exception>
    public PlannedWalk(Walk walk, Planner<TPlan> plan)
    {
        ArgumentNullException.ThrowIfNull(walk);
        ArgumentNullException.ThrowIfNull(plan);
        var moves = walk.Moves;
        _transitions = new Transition<TPlan>[moves.Length];
        _kinds = new MoveKind[moves.Length];
        var past = new List<Level>();
        for (var i = 0; i < moves.Length; i++)
        {
            var (from, to, kind) = moves[i];
            _kinds[i] = kind;
            HasRenoise |= kind == MoveKind.Renoise;
            if (kind == MoveKind.Renoise)
            {
                past.Clear();
                _transitions[i] = new Transition<TPlan>(i, from, to, default);
                continue;
            }
            var window = new StepWindow(walk.Grid.Timeline, past.ToArray(), from, to, Remaining(moves, i));
            _transitions[i] = new Transition<TPlan>(i, from, to, plan(window));
            past.Add(from);
        }
    }

    /// <summary>Whether any move goes back up.</summary>
    public bool HasRenoise { get; }

    /// <summary>Number of moves.</summary>
    public int Count => _transitions.Length;

    /// <summary>A move with its coefficients.</summary>
    public ref readonly Transition<TPlan> this[int move] => ref _transitions[move];

    /// <summary>Whether a move is a step or an up-move.</summary>
    public MoveKind Kind(int move) => _kinds[move];

    private static int Remaining(ReadOnlySpan<Move> moves, int i)
    {
        var count = 0;
        while (i + 1 + count < moves.Length && moves[i + 1 + count].Kind == MoveKind.Solve) count++;
        return count;
    }
}
