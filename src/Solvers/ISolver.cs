namespace ScoreSde.Solvers;

/// <summary>Any solver of the catalogue.</summary>
public interface ISolver
{
    /// <summary>What it says of itself, with its options taken into account.</summary>
    SolverCard Card { get; }
}
