using System.Runtime.Intrinsics;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.States;

/// <summary>
/// Sixteen particles side by side, one <see cref="Vector512{T}"/> of floats a coordinate: whole trajectories in registers. Multiplication and
/// addition round separately, so a step has the same bits with AVX-512, AVX2 or neither.
/// </summary>
/// <typeparam name="T">The lanes themselves: a flat struct, since nested ones leave the registers.</typeparam>
public interface ILanes<T> : IState<T, Vector512<float>>, IElementwise<T> where T : struct, ILanes<T>
{
    /// <summary>Particles in one value.</summary>
    const int Particles = 16;

    /// <summary>d, the number of coordinates.</summary>
    static abstract int Coordinates { get; }

    /// <summary>The standard normals of one draw.</summary>
    static abstract T Normal(ref LaneBlocks blocks, uint draw);

    /// <summary>One coordinate of every particle.</summary>
    static abstract Vector512<float> Coordinate(in T x, int index);

    /// <summary>A value from its coordinates.</summary>
    static abstract T FromCoordinates(ReadOnlySpan<Vector512<float>> coordinates);

    /// <summary>The same point for every particle: d floats.</summary>
    static abstract T Broadcast(ref readonly float point);

    /// <summary>Σ_j x_j c_j + start with one rounding a term, c of d floats: the logarithm of a component's weight, up to what they share.</summary>
    static abstract Vector512<float> FusedDot(in T x, ref readonly float c, Vector512<float> start);

    /// <summary>Σ_j (x_j − a·c_j)², c of d floats.</summary>
    static abstract Vector512<float> SquaredDistance(in T x, Vector512<float> a, ref readonly float c);

    /// <summary>x + w·c with one rounding a coordinate, c of d floats.</summary>
    static abstract T FusedAdd(in T x, Vector512<float> w, ref readonly float c);

    /// <summary>Coordinate by coordinate: w·a + b with one rounding, w a number a particle.</summary>
    static abstract T FusedScale(Vector512<float> w, in T a, in T b);
}
