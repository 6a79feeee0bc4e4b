using ScoreSde.Sde;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>A solver's whole run as a list of model calls, draws and linear combinations, the same for every block of particles.</summary>
/// <param name="Operations">In order.</param>
/// <param name="Moves">What each move has of them.</param>
/// <param name="Factors">Of all combinations, one after the other.</param>
/// <param name="Terms">The slots they multiply.</param>
/// <param name="Levels">Of the model calls.</param>
/// <param name="Streams">Of the draws.</param>
/// <param name="Slots">Values that are alive together at most. The start is put into slot 0.</param>
/// <param name="Result">Slot of the last state.</param>
/// <param name="Evaluations">Model calls.</param>
internal sealed record Tape(
    TapeStep[] Operations, TapeMove[] Moves, float[] Factors, int[] Terms, Level[] Levels, NoiseStream[] Streams, int Slots, int Result, long Evaluations)
{
    /// <summary>Index of the move that an operation belongs to.</summary>
    public int Owner(int operation)
    {
        var move = Moves.Length - 1;
        while (move > 0 && Moves[move].Begin > operation) move--;
        return move;
    }
}

/// <summary>A move on a tape.</summary>
/// <param name="Begin">Index of its first operation.</param>
/// <param name="From">Time at its beginning.</param>
/// <param name="To">Time at its end.</param>
internal readonly record struct TapeMove(int Begin, double From, double To);

/// <summary>What a step of a tape does.</summary>
internal enum TapeOperation
{
    /// <summary>Calls the model.</summary>
    Evaluate,

    /// <summary>Draws standard normals.</summary>
    Draw,

    /// <summary>Adds up Σ cᵢ vᵢ.</summary>
    Combine,
}

/// <summary>One operation. While a tape is recorded, values have numbers of their own; in the end they have slots.</summary>
/// <param name="Operation">Which.</param>
/// <param name="Target">Slot of its result.</param>
/// <param name="First">Slot of the model's point, place of the draw's stream, or index of the first term.</param>
/// <param name="Number">Index of the level, number of the draw, or how many terms.</param>
internal readonly record struct TapeStep(TapeOperation Operation, int Target, int First, int Number);
