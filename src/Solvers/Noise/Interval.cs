namespace ScoreSde.Solvers.Noise;

/// <summary>A part of a step for which noise is asked: the step's index and the times it runs between, in the direction of the run.</summary>
/// <param name="Step">Index of the step in the run.</param>
/// <param name="From">Time at its beginning.</param>
/// <param name="To">Time at its end; before <paramref name="From"/> when sampling.</param>
public readonly record struct Interval(int Step, double From, double To);
