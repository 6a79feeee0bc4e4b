using ScoreSde.Sde;

namespace ScoreSde.Solvers.Grids;

/// <summary>How one move of a walk is made.</summary>
public enum MoveKind
{
    /// <summary>A step of the solver.</summary>
    Solve,

    /// <summary>The exact forward kernel: fresh noise, and the history of a multistep method starts anew.</summary>
    Renoise,

    /// <summary>The first steps of a multistep method with a refined start.</summary>
    Start,
}

/// <summary>One move between two levels.</summary>
public readonly record struct Move(Level From, Level To, MoveKind Kind);

/// <summary>The moves of a walk in order. Along a grid their levels are the grid's own, not copies.</summary>
public readonly ref struct Moves
{
    private readonly ReadOnlySpan<MoveKind> _kinds; // none where all are steps of the solver

    internal Moves(ReadOnlySpan<Level> from, ReadOnlySpan<Level> to, ReadOnlySpan<MoveKind> kinds)
    {
        From = from;
        To = to;
        _kinds = kinds;
    }

    /// <summary>Levels before the moves.</summary>
    public ReadOnlySpan<Level> From { get; }

    /// <summary>Levels after them.</summary>
    public ReadOnlySpan<Level> To { get; }

    /// <summary>How many there are.</summary>
    public int Length => From.Length;

    /// <summary>A move by its index.</summary>
    public Move this[int index] => new(From[index], To[index], Kind(index));

    /// <summary>How a move is made.</summary>
    public MoveKind Kind(int index) => _kinds.IsEmpty ? MoveKind.Solve : _kinds[index];

    /// <summary>How many go back up.</summary>
    public int Renoises => _kinds.Count(MoveKind.Renoise);

    /// <summary>Index of the first move from an index on that goes back up; the number of moves where none does.</summary>
    public int NextRenoise(int from)
    {
        var next = _kinds.IsEmpty ? -1 : _kinds[from..].IndexOf(MoveKind.Renoise);
        return next < 0 ? Length : from + next;
    }

    /// <summary>Some of them.</summary>
    public Moves Slice(int start, int length) => new(From.Slice(start, length), To.Slice(start, length), _kinds.IsEmpty ? _kinds : _kinds.Slice(start, length));

    /// <summary>A copy of all.</summary>
    public Move[] ToArray()
    {
        var moves = new Move[Length];
        for (var i = 0; i < moves.Length; i++) moves[i] = this[i];
        return moves;
    }

    /// <summary>One after the other.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Goes through the moves.</summary>
    public ref struct Enumerator
    {
        private readonly Moves _moves;
        private int _index;

        internal Enumerator(Moves moves)
        {
            _moves = moves;
            _index = -1;
        }

        /// <summary>The move.</summary>
        public readonly Move Current => _moves[_index];

        /// <summary>On to the next.</summary>
        public bool MoveNext() => ++_index < _moves.Length;
    }
}
