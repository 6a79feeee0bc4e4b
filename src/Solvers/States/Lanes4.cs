using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.States;

/// <summary>Sixteen particles in four dimensions.</summary>
/// <param name="X">Coordinate 0 of the sixteen particles.</param>
/// <param name="Y">Coordinate 1 of the sixteen particles.</param>
/// <param name="Z">Coordinate 2 of the sixteen particles.</param>
/// <param name="W">Coordinate 3 of the sixteen particles.</param>
public readonly record struct Lanes4(Vector512<float> X, Vector512<float> Y, Vector512<float> Z, Vector512<float> W) : ILanes<Lanes4>
{
    /// <inheritdoc/>
    public static int Coordinates => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator +(Lanes4 a, Lanes4 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z, a.W + b.W);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator -(Lanes4 a, Lanes4 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z, a.W - b.W);

    /// <inheritdoc cref="IState{T}.op_Multiply(double, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator *(double c, Lanes4 a) => Vector512.Create((float)c) * a;

    /// <inheritdoc cref="IState{T, R}.op_Multiply(R, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator *(Vector512<float> c, Lanes4 a) => new(c * a.X, c * a.Y, c * a.Z, c * a.W);

    /// <inheritdoc cref="IElementwise{T}.op_Multiply(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator *(Lanes4 a, Lanes4 b) => new(a.X * b.X, a.Y * b.Y, a.Z * b.Z, a.W * b.W);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Dot(Lanes4 a, Lanes4 b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z + a.W * b.W;

    /// <inheritdoc/>
    public static int Dimension(Lanes4 a) => 4;

    /// <inheritdoc/>
    public static Vector512<float> ScaledSquare(Lanes4 e, Lanes4 a, Lanes4 b, double atol, double rtol)
    {
        var (absolute, relative) = (Vector512.Create((float)atol), Vector512.Create((float)rtol));
        return LaneMath.ScaledSquare(e.X, a.X, b.X, absolute, relative)
            + LaneMath.ScaledSquare(e.Y, a.Y, b.Y, absolute, relative)
            + LaneMath.ScaledSquare(e.Z, a.Z, b.Z, absolute, relative)
            + LaneMath.ScaledSquare(e.W, a.W, b.W, absolute, relative);
    }

    /// <inheritdoc/>
    public static Lanes4 Where(Vector512<float> condition, Lanes4 a, Lanes4 b)
    {
        var mask = Vector512.GreaterThan(condition, Vector512<float>.Zero);
        return new(Vector512.ConditionalSelect(mask, a.X, b.X),
            Vector512.ConditionalSelect(mask, a.Y, b.Y),
            Vector512.ConditionalSelect(mask, a.Z, b.Z),
            Vector512.ConditionalSelect(mask, a.W, b.W));
    }

    /// <inheritdoc/>
    public static Lanes4 Map<F>(F map, Lanes4 a) where F : struct, IElementMap => new(map.Apply(a.X), map.Apply(a.Y), map.Apply(a.Z), map.Apply(a.W));

    /// <inheritdoc/>
    public static long FirstNonFinite(Lanes4 x) => LaneMath.FirstNonFinite((x.X - x.X) + (x.Y - x.Y) + (x.Z - x.Z) + (x.W - x.W));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Coordinate(in Lanes4 x, int index) => index switch
    {
        0 => x.X,
        1 => x.Y,
        2 => x.Z,
        3 => x.W,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 FromCoordinates(ReadOnlySpan<Vector512<float>> coordinates) => new(coordinates[0], coordinates[1], coordinates[2], coordinates[3]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Broadcast(ref readonly float point) => new(LaneMath.Splat(in point, 0), LaneMath.Splat(in point, 1), LaneMath.Splat(in point, 2), LaneMath.Splat(in point, 3));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FusedDot(in Lanes4 x, ref readonly float c, Vector512<float> start)
    {
        start = Vector512.FusedMultiplyAdd(x.X, LaneMath.Splat(in c, 0), start);
        start = Vector512.FusedMultiplyAdd(x.Y, LaneMath.Splat(in c, 1), start);
        start = Vector512.FusedMultiplyAdd(x.Z, LaneMath.Splat(in c, 2), start);
        return Vector512.FusedMultiplyAdd(x.W, LaneMath.Splat(in c, 3), start);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SquaredDistance(in Lanes4 x, Vector512<float> a, ref readonly float c)
    {
        var d0 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 0), x.X);
        var d1 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 1), x.Y);
        var d2 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 2), x.Z);
        var d3 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 3), x.W);
        var sum = d0 * d0;
        sum = Vector512.FusedMultiplyAdd(d1, d1, sum);
        sum = Vector512.FusedMultiplyAdd(d2, d2, sum);
        return Vector512.FusedMultiplyAdd(d3, d3, sum);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 FusedAdd(in Lanes4 x, Vector512<float> w, ref readonly float c) => new(
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 0), x.X),
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 1), x.Y),
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 2), x.Z),
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 3), x.W));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 FusedScale(Vector512<float> w, in Lanes4 a, in Lanes4 b) => new(
        Vector512.FusedMultiplyAdd(w, a.X, b.X),
        Vector512.FusedMultiplyAdd(w, a.Y, b.Y),
        Vector512.FusedMultiplyAdd(w, a.Z, b.Z),
        Vector512.FusedMultiplyAdd(w, a.W, b.W));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    public static Lanes4 Normal(ref LaneBlocks blocks, uint draw)
    {
        blocks.Four(0, draw, out var x, out var y, out var z, out var w);
        return new(x, y, z, w);
    }
}
