using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.States;

/// <summary>Sixteen particles in two dimensions.</summary>
/// <param name="X">Coordinate 0 of the sixteen particles.</param>
/// <param name="Y">Coordinate 1 of the sixteen particles.</param>
public readonly record struct Lanes2(Vector512<float> X, Vector512<float> Y) : ILanes<Lanes2>
{
    /// <inheritdoc/>
    public static int Coordinates => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator +(Lanes2 a, Lanes2 b) => new(a.X + b.X, a.Y + b.Y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator -(Lanes2 a, Lanes2 b) => new(a.X - b.X, a.Y - b.Y);

    /// <inheritdoc cref="IState{T}.op_Multiply(double, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator *(double c, Lanes2 a) => Vector512.Create((float)c) * a;

    /// <inheritdoc cref="IState{T, R}.op_Multiply(R, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator *(Vector512<float> c, Lanes2 a) => new(c * a.X, c * a.Y);

    /// <inheritdoc cref="IElementwise{T}.op_Multiply(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 operator *(Lanes2 a, Lanes2 b) => new(a.X * b.X, a.Y * b.Y);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Dot(Lanes2 a, Lanes2 b) => a.X * b.X + a.Y * b.Y;

    /// <inheritdoc/>
    public static int Dimension(Lanes2 a) => 2;

    /// <inheritdoc/>
    public static Vector512<float> ScaledSquare(Lanes2 e, Lanes2 a, Lanes2 b, double atol, double rtol)
    {
        var (absolute, relative) = (Vector512.Create((float)atol), Vector512.Create((float)rtol));
        return LaneMath.ScaledSquare(e.X, a.X, b.X, absolute, relative) + LaneMath.ScaledSquare(e.Y, a.Y, b.Y, absolute, relative);
    }

    /// <inheritdoc/>
    public static Lanes2 Where(Vector512<float> condition, Lanes2 a, Lanes2 b)
    {
        var mask = Vector512.GreaterThan(condition, Vector512<float>.Zero);
        return new(Vector512.ConditionalSelect(mask, a.X, b.X), Vector512.ConditionalSelect(mask, a.Y, b.Y));
    }

    /// <inheritdoc/>
    public static Lanes2 Map<F>(F map, Lanes2 a) where F : struct, IElementMap => new(map.Apply(a.X), map.Apply(a.Y));

    /// <inheritdoc/>
    public static long FirstNonFinite(Lanes2 x) => LaneMath.FirstNonFinite((x.X - x.X) + (x.Y - x.Y));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Coordinate(in Lanes2 x, int index) => index switch
    {
        0 => x.X,
        1 => x.Y,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 FromCoordinates(ReadOnlySpan<Vector512<float>> coordinates) => new(coordinates[0], coordinates[1]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 Broadcast(ref readonly float point) => new(LaneMath.Splat(in point, 0), LaneMath.Splat(in point, 1));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FusedDot(in Lanes2 x, ref readonly float c, Vector512<float> start)
    {
        start = Vector512.FusedMultiplyAdd(x.X, LaneMath.Splat(in c, 0), start);
        return Vector512.FusedMultiplyAdd(x.Y, LaneMath.Splat(in c, 1), start);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SquaredDistance(in Lanes2 x, Vector512<float> a, ref readonly float c)
    {
        var d0 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 0), x.X);
        var d1 = Vector512.FusedMultiplyAdd(-a, LaneMath.Splat(in c, 1), x.Y);
        var sum = d0 * d0;
        return Vector512.FusedMultiplyAdd(d1, d1, sum);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 FusedAdd(in Lanes2 x, Vector512<float> w, ref readonly float c) => new(
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 0), x.X),
        Vector512.FusedMultiplyAdd(w, LaneMath.Splat(in c, 1), x.Y));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes2 FusedScale(Vector512<float> w, in Lanes2 a, in Lanes2 b) => new(
        Vector512.FusedMultiplyAdd(w, a.X, b.X),
        Vector512.FusedMultiplyAdd(w, a.Y, b.Y));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    public static Lanes2 Normal(ref LaneBlocks blocks, uint draw)
    {
        blocks.Two(draw, out var x, out var y);
        return new(x, y);
    }
}
