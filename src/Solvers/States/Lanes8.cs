using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.States;

/// <summary>Sixteen particles in eight dimensions.</summary>
/// <param name="X0">Coordinate 0 of the sixteen particles.</param>
/// <param name="X1">Coordinate 1 of the sixteen particles.</param>
/// <param name="X2">Coordinate 2 of the sixteen particles.</param>
/// <param name="X3">Coordinate 3 of the sixteen particles.</param>
/// <param name="X4">Coordinate 4 of the sixteen particles.</param>
/// <param name="X5">Coordinate 5 of the sixteen particles.</param>
/// <param name="X6">Coordinate 6 of the sixteen particles.</param>
/// <param name="X7">Coordinate 7 of the sixteen particles.</param>
public readonly record struct Lanes8(Vector512<float> X0, Vector512<float> X1, Vector512<float> X2, Vector512<float> X3, Vector512<float> X4, Vector512<float> X5, Vector512<float> X6, Vector512<float> X7) : ILanes<Lanes8>
{
    /// <inheritdoc/>
    public static int Coordinates => 8;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator +(Lanes8 a, Lanes8 b) => new(a.X0 + b.X0, a.X1 + b.X1, a.X2 + b.X2, a.X3 + b.X3, a.X4 + b.X4, a.X5 + b.X5, a.X6 + b.X6, a.X7 + b.X7);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator -(Lanes8 a, Lanes8 b) => new(a.X0 - b.X0, a.X1 - b.X1, a.X2 - b.X2, a.X3 - b.X3, a.X4 - b.X4, a.X5 - b.X5, a.X6 - b.X6, a.X7 - b.X7);

    /// <inheritdoc cref="IState{T}.op_Multiply(double, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator *(double c, Lanes8 a) => Vector512.Create((float)c) * a;

    /// <inheritdoc cref="IState{T, R}.op_Multiply(R, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator *(Vector512<float> c, Lanes8 a) => new(c * a.X0, c * a.X1, c * a.X2, c * a.X3, c * a.X4, c * a.X5, c * a.X6, c * a.X7);

    /// <inheritdoc cref="IElementwise{T}.op_Multiply(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 operator *(Lanes8 a, Lanes8 b) => new(a.X0 * b.X0, a.X1 * b.X1, a.X2 * b.X2, a.X3 * b.X3, a.X4 * b.X4, a.X5 * b.X5, a.X6 * b.X6, a.X7 * b.X7);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Dot(Lanes8 a, Lanes8 b) => a.X0 * b.X0 + a.X1 * b.X1 + a.X2 * b.X2 + a.X3 * b.X3 + a.X4 * b.X4 + a.X5 * b.X5 + a.X6 * b.X6 + a.X7 * b.X7;

    /// <inheritdoc/>
    public static int Dimension(Lanes8 a) => 8;

    /// <inheritdoc/>
    public static Vector512<float> ScaledSquare(Lanes8 e, Lanes8 a, Lanes8 b, double atol, double rtol)
    {
        var (absolute, relative) = (Vector512.Create((float)atol), Vector512.Create((float)rtol));
        return LaneMath.ScaledSquare(e.X0, a.X0, b.X0, absolute, relative)
            + LaneMath.ScaledSquare(e.X1, a.X1, b.X1, absolute, relative)
            + LaneMath.ScaledSquare(e.X2, a.X2, b.X2, absolute, relative)
            + LaneMath.ScaledSquare(e.X3, a.X3, b.X3, absolute, relative)
            + LaneMath.ScaledSquare(e.X4, a.X4, b.X4, absolute, relative)
            + LaneMath.ScaledSquare(e.X5, a.X5, b.X5, absolute, relative)
            + LaneMath.ScaledSquare(e.X6, a.X6, b.X6, absolute, relative)
            + LaneMath.ScaledSquare(e.X7, a.X7, b.X7, absolute, relative);
    }

    /// <inheritdoc/>
    public static Lanes8 Where(Vector512<float> condition, Lanes8 a, Lanes8 b)
    {
        var mask = Vector512.GreaterThan(condition, Vector512<float>.Zero);
        return new(Vector512.ConditionalSelect(mask, a.X0, b.X0),
            Vector512.ConditionalSelect(mask, a.X1, b.X1),
            Vector512.ConditionalSelect(mask, a.X2, b.X2),
            Vector512.ConditionalSelect(mask, a.X3, b.X3),
            Vector512.ConditionalSelect(mask, a.X4, b.X4),
            Vector512.ConditionalSelect(mask, a.X5, b.X5),
            Vector512.ConditionalSelect(mask, a.X6, b.X6),
            Vector512.ConditionalSelect(mask, a.X7, b.X7));
    }

    /// <inheritdoc/>
    public static Lanes8 Map<F>(F map, Lanes8 a) where F : struct, IElementMap => new(map.Apply(a.X0), map.Apply(a.X1), map.Apply(a.X2), map.Apply(a.X3), map.Apply(a.X4), map.Apply(a.X5), map.Apply(a.X6), map.Apply(a.X7));

    /// <inheritdoc/>
    public static long FirstNonFinite(Lanes8 x) => LaneMath.FirstNonFinite((x.X0 - x.X0) + (x.X1 - x.X1) + (x.X2 - x.X2) + (x.X3 - x.X3) + (x.X4 - x.X4) + (x.X5 - x.X5) + (x.X6 - x.X6) + (x.X7 - x.X7));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Coordinate(in Lanes8 x, int index) => index switch
    {
        0 => x.X0,
        1 => x.X1,
        2 => x.X2,
        3 => x.X3,
        4 => x.X4,
        5 => x.X5,
        6 => x.X6,
        7 => x.X7,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 FromCoordinates(ReadOnlySpan<Vector512<float>> coordinates) => new(coordinates[0], coordinates[1], coordinates[2], coordinates[3], coordinates[4], coordinates[5], coordinates[6], coordinates[7]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 Broadcast(ref readonly float point) => new(LaneMath.Splat(in point, 0), LaneMath.Splat(in point, 1), LaneMath.Splat(in point, 2), LaneMath.Splat(in point, 3), LaneMath.Splat(in point, 4), LaneMath.Splat(in point, 5), LaneMath.Splat(in point, 6), LaneMath.Splat(in point, 7));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FusedDot(in Lanes8 x, ref readonly float c, Vector512<float> start)
    {
        start = Vector512.FusedMultiplyAdd(x.X0, LaneMath.Splat(in c, 0), start);
        start = Vector512.FusedMultiplyAdd(x.X1, LaneMath.Splat(in c, 1), start);
        start = Vector512.FusedMultiplyAdd(x.X2, LaneMath.Splat(in c, 2), start);
        start = Vector512.FusedMultiplyAdd(x.X3, LaneMath.Splat(in c, 3), start);
        start = Vector512.FusedMultiplyAdd(x.X4, LaneMath.Splat(in c, 4), start);
        start = Vector512.FusedMultiplyAdd(x.X5, LaneMath.Splat(in c, 5), start);
        start = Vector512.FusedMultiplyAdd(x.X6, LaneMath.Splat(in c, 6), start);
        return Vector512.FusedMultiplyAdd(x.X7, LaneMath.Splat(in c, 7), start);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SquaredDistance(in Lanes8 x, Vector512<float> a, ref readonly float c)
    {
        var d0 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 0), x.X0);
        var d1 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 1), x.X1);
        var d2 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 2), x.X2);
        var d3 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 3), x.X3);
        var d4 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 4), x.X4);
        var d5 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 5), x.X5);
        var d6 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 6), x.X6);
        var d7 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 7), x.X7);
        var sum = d0 * d0;
        sum = Vector512.FusedMultiplyAdd(d1, d1, sum);
        sum = Vector512.FusedMultiplyAdd(d2, d2, sum);
        sum = Vector512.FusedMultiplyAdd(d3, d3, sum);
        sum = Vector512.FusedMultiplyAdd(d4, d4, sum);
        sum = Vector512.FusedMultiplyAdd(d5, d5, sum);
        sum = Vector512.FusedMultiplyAdd(d6, d6, sum);
        return Vector512.FusedMultiplyAdd(d7, d7, sum);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 FusedAdd(in Lanes8 x, Vector512<float> w, ref readonly float c) => new(
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 0), x.X0),
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 1), x.X1),
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 2), x.X2),
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 3), x.X3),
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 4), x.X4),
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 5), x.X5),
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 6), x.X6),
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 7), x.X7));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 FusedScale(Vector512<float> w, in Lanes8 a, in Lanes8 b) => new(
        Vector512.FusedMultiplyAdd(w, a.X0, b.X0),
        Vector512.FusedMultiplyAdd(w, a.X1, b.X1),
        Vector512.FusedMultiplyAdd(w, a.X2, b.X2),
        Vector512.FusedMultiplyAdd(w, a.X3, b.X3),
        Vector512.FusedMultiplyAdd(w, a.X4, b.X4),
        Vector512.FusedMultiplyAdd(w, a.X5, b.X5),
        Vector512.FusedMultiplyAdd(w, a.X6, b.X6),
        Vector512.FusedMultiplyAdd(w, a.X7, b.X7));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    public static Lanes8 Normal(ref LaneBlocks blocks, uint draw)
    {
        blocks.Four(0, draw, out var x0, out var x1, out var x2, out var x3);
        blocks.Four(1, draw, out var x4, out var x5, out var x6, out var x7);
        return new(x0, x1, x2, x3, x4, x5, x6, x7);
    }
}
