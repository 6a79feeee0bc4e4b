namespace ScoreSde.Solvers.Integration;

/// <summary>What a run does besides walking. All off by default, except the check for non-finite values.</summary>
public sealed record RunOptions<T>
{
    /// <summary>Called before and after each move, in order.</summary>
    public IReadOnlyList<IHook<T>> Hooks { get; init; } = [];

    /// <summary>Keep every this many states (and the last); 0 keeps none.</summary>
    public int SaveEvery { get; init; }

    /// <summary>Look for non-finite values after every this many moves (and the last). By default after each, and where states are on a GPU after every 64.</summary>
    public int? CheckFiniteEvery { get; init; }

    /// <summary>Throw at a non-finite value instead of returning what there is.</summary>
    public bool Throw { get; init; } = true;

    /// <summary>Told after each move.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>Stops between two moves; the state so far is returned.</summary>
    public CancellationToken Cancellation { get; init; }

    internal bool Saves(int done, int moves) => SaveEvery > 0 && (done % SaveEvery == 0 || done == moves);
}

/// <summary>How far a run is.</summary>
/// <param name="Done">Moves made.</param>
/// <param name="Moves">Moves in all.</param>
/// <param name="Evaluations">Model calls so far.</param>
public readonly record struct RunProgress(int Done, int Moves, long Evaluations);
