using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ScoreSde.Solvers.Noise;
using ScoreSde.Solvers.Noise.Widths;

namespace ScoreSde.Solvers.States;

/// <summary>Functions on sixteen floats with the same bits on every processor, and lanes to and from memory.</summary>
public static class LaneMath
{
    /// <summary>2^x for −126 ≤ x ≤ 127 (smaller x as −126), within 2 units in the last place: docs/derivations/mixture-score.md.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp2(Vector512<float> x) => Exp2<Width16, Vector512<float>, Vector512<uint>>(x);

    /// <summary>The same at any width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F Exp2<L, F, U>(F x) where L : struct, IWidth<F, U> where F : struct where U : struct
        => Exp2InRange<L, F, U>(L.Max(x, L.Splat(-126f)));

    /// <summary>The same for x that are in the range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static F Exp2InRange<L, F, U>(F x) where L : struct, IWidth<F, U> where F : struct where U : struct
    {
        var f = L.Fraction(x);
        var p = L.Fma(L.Splat(0.00188548164f), f, 0.00897290278f);
        p = L.Fma(p, f, 0.0558363535f);
        p = L.Fma(p, f, 0.240152657f);
        p = L.Fma(p, f, 0.693152487f);
        p = L.Fma(p, f, 1f);
        return L.Scale(p, x);
    }

    /// <summary>log2 x for positive normal floats, by the polynomial of the normals' logarithm: absolute error 1.5e-7 + 2⁻²⁴|log2 x|.</summary>
    public static Vector512<float> Log2(Vector512<float> x)
    {
        var bits = x.AsUInt32() - Vector512.Create(0x3F2AAAABu);
        var e = Vector512.ConvertToSingle(bits.AsInt32() >> 23);
        var f = ((bits & Vector512.Create(0x007FFFFFu)) + Vector512.Create(0x3F2AAAABu)).AsSingle() - Vector512.Create(1f);
        var log = UnitNormal.MinusTwoLogOnePlus<Width16, Vector512<float>, Vector512<uint>>(f);
        return Vector512.FusedMultiplyAdd(log, Vector512.Create(-0.72134752f), e); // −½ log2 e
    }

    /// <summary>Reads sixteen particles of [particle, coordinate].</summary>
    public static T Load<T>(ReadOnlySpan<float> source) where T : struct, ILanes<T>
    {
        var d = T.Coordinates;
        Span<float> column = stackalloc float[ILanes<T>.Particles];
        Span<Vector512<float>> coordinates = stackalloc Vector512<float>[d];
        for (var j = 0; j < d; j++)
        {
            for (var i = 0; i < column.Length; i++) column[i] = source[i * d + j];
            coordinates[j] = Vector512.LoadUnsafe(ref column[0]);
        }
        return T.FromCoordinates(coordinates);
    }

    /// <summary>Writes the first particles as [particle, coordinate]: as many as fit, sixteen at most.</summary>
    [SkipLocalsInit]
    public static void Store<T>(in T x, Span<float> destination) where T : struct, ILanes<T>
    {
        const int n = ILanes<T>.Particles;
        var d = T.Coordinates;
        var count = Math.Min(destination.Length / d, n);
        if (count == 0) return;
        Span<float> column = stackalloc float[n];
        for (var j = 0; j < d; j++)
        {
            T.Coordinate(in x, j).StoreUnsafe(ref column[0]);
            ref var first = ref destination[j];
            for (var i = 0; i < count; i++) Unsafe.Add(ref first, i * d) = column[i];
        }
    }

    /// <summary>One float of an array in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Splat(ref readonly float first, int index) =>
        Vector512.Create(Unsafe.Add(ref Unsafe.AsRef(in first), index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> ScaledSquare(
        Vector512<float> e, Vector512<float> a, Vector512<float> b, Vector512<float> atol, Vector512<float> rtol)
    {
        var r = e / (atol + rtol * Vector512.Max(Vector512.Abs(a), Vector512.Abs(b)));
        return r * r;
    }

    /// <summary>Index of the first lane that is not zero; x − x is zero for finite x only.</summary>
    internal static long FirstNonFinite(Vector512<float> difference)
    {
        var finite = Vector512.Equals(difference, Vector512<float>.Zero).ExtractMostSignificantBits();
        return finite == 0xFFFF ? -1 : BitOperations.TrailingZeroCount(~finite);
    }
}
