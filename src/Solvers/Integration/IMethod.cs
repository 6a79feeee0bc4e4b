using ScoreSde.Sde;

namespace ScoreSde.Solvers.Integration;

/// <summary>A solver bound to a walk, a model and a noise: what the loop walks. Made by <see cref="Sampler"/>; a struct, so that the loop is compiled for it.</summary>
public interface IMethod<T>
{
    /// <summary>Number of moves.</summary>
    int Moves { get; }

    /// <summary>How many earlier model calls a move uses.</summary>
    int HistoryDepth { get; }

    /// <summary>Model calls so far.</summary>
    long Evaluations { get; }

    /// <summary>Level before a move.</summary>
    Level From(int move);

    /// <summary>Level after a move.</summary>
    Level To(int move);

    /// <summary>Makes a move.</summary>
    T Advance(int move, T x, ref History<T> history);

    /// <summary>Told that the history is empty before the given move, other than by the walk itself: coefficients that count on it are to be planned anew.</summary>
    void Restarted(int move);

    /// <summary>Names the term of a move that is not finite when started at x.</summary>
    string Blame(int move, T x);
}
