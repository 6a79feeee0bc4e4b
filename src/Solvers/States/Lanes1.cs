using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.States;

/// <summary>Sixteen particles in one dimension.</summary>
/// <param name="X">Coordinate 0 of the sixteen particles.</param>
public readonly record struct Lanes1(Vector512<float> X) : ILanes<Lanes1>
{
    /// <inheritdoc/>
    public static int Coordinates => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator +(Lanes1 a, Lanes1 b) => new(a.X + b.X);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator -(Lanes1 a, Lanes1 b) => new(a.X - b.X);

    /// <inheritdoc cref="IState{T}.op_Multiply(double, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator *(double c, Lanes1 a) => Vector512.Create((float)c) * a;

    /// <inheritdoc cref="IState{T, R}.op_Multiply(R, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator *(Vector512<float> c, Lanes1 a) => new(c * a.X);

    /// <inheritdoc cref="IElementwise{T}.op_Multiply(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 operator *(Lanes1 a, Lanes1 b) => new(a.X * b.X);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Dot(Lanes1 a, Lanes1 b) => a.X * b.X;

    /// <inheritdoc/>
    public static int Dimension(Lanes1 a) => 1;

    /// <inheritdoc/>
    public static Vector512<float> ScaledSquare(Lanes1 e, Lanes1 a, Lanes1 b, double atol, double rtol)
    {
        var (absolute, relative) = (Vector512.Create((float)atol), Vector512.Create((float)rtol));
        return LaneMath.ScaledSquare(e.X, a.X, b.X, absolute, relative);
    }

    /// <inheritdoc/>
    public static Lanes1 Where(Vector512<float> condition, Lanes1 a, Lanes1 b)
    {
        var mask = Vector512.GreaterThan(condition, Vector512<float>.Zero);
        return new(Vector512.ConditionalSelect(mask, a.X, b.X));
    }

    /// <inheritdoc/>
    public static Lanes1 Map<F>(F map, Lanes1 a) where F : struct, IElementMap => new(map.Apply(a.X));

    /// <inheritdoc/>
    public static long FirstNonFinite(Lanes1 x) => LaneMath.FirstNonFinite((x.X - x.X));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Coordinate(in Lanes1 x, int index) => index switch
    {
        0 => x.X,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 FromCoordinates(ReadOnlySpan<Vector512<float>> coordinates) => new(coordinates[0]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Broadcast(ref readonly float point) => new(LaneMath.Splat(in point, 0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FusedDot(in Lanes1 x, ref readonly float c, Vector512<float> start)
    {
        return Vector512.FusedMultiplyAdd(x.X, LaneMath.Splat(in c, 0), start);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SquaredDistance(in Lanes1 x, Vector512<float> a, ref readonly float c)
    {
        var d0 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 0), x.X);
        return d0 * d0;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 FusedAdd(in Lanes1 x, Vector512<float> w, ref readonly float c) => new(
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 0), x.X));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 FusedScale(Vector512<float> w, in Lanes1 a, in Lanes1 b) => new(
        Vector512.FusedMultiplyAdd(w, a.X, b.X));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Normal(ref LaneBlocks blocks, uint draw)
    {
        return new(blocks.One(draw));
    }
}
