using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.States;

/// <summary>Sixteen particles in three dimensions.</summary>
/// <param name="X">Coordinate 0 of the sixteen particles.</param>
/// <param name="Y">Coordinate 1 of the sixteen particles.</param>
/// <param name="Z">Coordinate 2 of the sixteen particles.</param>
public readonly record struct Lanes3(Vector512<float> X, Vector512<float> Y, Vector512<float> Z) : ILanes<Lanes3>
{
    /// <inheritdoc/>
    public static int Coordinates => 3;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes3 operator +(Lanes3 a, Lanes3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes3 operator -(Lanes3 a, Lanes3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    /// <inheritdoc cref="IState{T}.op_Multiply(double, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes3 operator *(double c, Lanes3 a) => Vector512.Create((float)c) * a;

    /// <inheritdoc cref="IState{T, R}.op_Multiply(R, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes3 operator *(Vector512<float> c, Lanes3 a) => new(c * a.X, c * a.Y, c * a.Z);

    /// <inheritdoc cref="IElementwise{T}.op_Multiply(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes3 operator *(Lanes3 a, Lanes3 b) => new(a.X * b.X, a.Y * b.Y, a.Z * b.Z);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Dot(Lanes3 a, Lanes3 b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

    /// <inheritdoc/>
    public static int Dimension(Lanes3 a) => 3;

    /// <inheritdoc/>
    public static Vector512<float> ScaledSquare(Lanes3 e, Lanes3 a, Lanes3 b, double atol, double rtol)
    {
        var (absolute, relative) = (Vector512.Create((float)atol), Vector512.Create((float)rtol));
        return LaneMath.ScaledSquare(e.X, a.X, b.X, absolute, relative)
            + LaneMath.ScaledSquare(e.Y, a.Y, b.Y, absolute, relative)
            + LaneMath.ScaledSquare(e.Z, a.Z, b.Z, absolute, relative);
    }

    /// <inheritdoc/>
    public static Lanes3 Where(Vector512<float> condition, Lanes3 a, Lanes3 b)
    {
        var mask = Vector512.GreaterThan(condition, Vector512<float>.Zero);
        return new(Vector512.ConditionalSelect(mask, a.X, b.X),
            Vector512.ConditionalSelect(mask, a.Y, b.Y),
            Vector512.ConditionalSelect(mask, a.Z, b.Z));
    }

    /// <inheritdoc/>
    public static Lanes3 Map<F>(F map, Lanes3 a) where F : struct, IElementMap => new(map.Apply(a.X), map.Apply(a.Y), map.Apply(a.Z));

    /// <inheritdoc/>
    public static long FirstNonFinite(Lanes3 x) => LaneMath.FirstNonFinite((x.X - x.X) + (x.Y - x.Y) + (x.Z - x.Z));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Coordinate(in Lanes3 x, int index) => index switch
    {
        0 => x.X,
        1 => x.Y,
        2 => x.Z,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes3 FromCoordinates(ReadOnlySpan<Vector512<float>> coordinates) => new(coordinates[0], coordinates[1], coordinates[2]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes3 Broadcast(ref readonly float point) => new(LaneMath.Splat(in point, 0), LaneMath.Splat(in point, 1), LaneMath.Splat(in point, 2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FusedDot(in Lanes3 x, ref readonly float c, Vector512<float> start)
    {
        start = Vector512.FusedMultiplyAdd(x.X, LaneMath.Splat(in c, 0), start);
        start = Vector512.FusedMultiplyAdd(x.Y, LaneMath.Splat(in c, 1), start);
        return Vector512.FusedMultiplyAdd(x.Z, LaneMath.Splat(in c, 2), start);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SquaredDistance(in Lanes3 x, Vector512<float> a, ref readonly float c)
    {
        var d0 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 0), x.X);
        var d1 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 1), x.Y);
        var d2 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 2), x.Z);
        var sum = d0 * d0;
        sum = Vector512.FusedMultiplyAdd(d1, d1, sum);
        return Vector512.FusedMultiplyAdd(d2, d2, sum);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes3 FusedAdd(in Lanes3 x, Vector512<float> w, ref readonly float c) => new(
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 0), x.X),
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 1), x.Y),
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 2), x.Z));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes3 FusedScale(Vector512<float> w, in Lanes3 a, in Lanes3 b) => new(
        Vector512.FusedMultiplyAdd(w, a.X, b.X),
        Vector512.FusedMultiplyAdd(w, a.Y, b.Y),
        Vector512.FusedMultiplyAdd(w, a.Z, b.Z));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    public static Lanes3 Normal(ref LaneBlocks blocks, uint draw)
    {
        blocks.Four(0, draw, out var x, out var y, out var z, out _);
        return new(x, y, z);
    }
}
