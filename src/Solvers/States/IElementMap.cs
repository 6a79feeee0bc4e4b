using System.Runtime.Intrinsics;

namespace ScoreSde.Solvers.States;

/// <summary>A function of one coordinate, given for the arithmetics the states are made of; all must agree to rounding.</summary>
public interface IElementMap
{
    /// <summary>The function in double.</summary>
    double Apply(double x);

    /// <summary>The function on sixteen floats.</summary>
    Vector512<float> Apply(Vector512<float> x);
}
