using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ScoreSde.Solvers.Noise.Widths;

/// <summary>Sixteen lanes: <see cref="Vector512{T}"/>.</summary>
public readonly struct Width16 : IWidth<Vector512<float>, Vector512<uint>>
{
    /// <inheritdoc/>
    public static int Count => 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Splat(float value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Splat(uint value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Load(ref readonly uint source) => Vector512.LoadUnsafe(in source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, ref float destination) => value.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<uint> value, ref uint destination) => value.StoreUnsafe(ref destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, float c) => Vector512.FusedMultiplyAdd(a, b, Vector512.Create(c));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sqrt(Vector512<float> a) => Vector512.Sqrt(a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Vector512.MaxNative(a, b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FromSigned(Vector512<uint> a) => Vector512.ConvertToSingle(a.AsInt32());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Bits(Vector512<float> a) => a.AsUInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FromBits(Vector512<uint> a) => a.AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Add(Vector512<uint> a, Vector512<uint> b) => a + b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Subtract(Vector512<uint> a, Vector512<uint> b) => a - b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> And(Vector512<uint> a, Vector512<uint> b) => a & b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Xor(Vector512<uint> a, Vector512<uint> b) => a ^ b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ShiftLeft(Vector512<uint> a, int bits) => a << bits;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ShiftRight(Vector512<uint> a, int bits) => a >>> bits;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ShiftRightSigned(Vector512<uint> a, int bits) => (a.AsInt32() >> bits).AsUInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FlipSign(Vector512<float> a, Vector512<uint> word) => Avx512F.IsSupported
        ? Avx512F.TernaryLogic(a.AsUInt32(), word, Vector512.Create(0x80000000u), 0x78).AsSingle() // a ^ (word & sign)
        : (a.AsUInt32() ^ (word & Vector512.Create(0x80000000u))).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Exchange(Vector512<uint> word, uint bit, ref Vector512<float> a, ref Vector512<float> b)
    {
        var stay = Vector512.Equals(word & Vector512.Create(bit), Vector512<uint>.Zero).AsSingle();
        (a, b) = (Vector512.ConditionalSelect(stay, a, b), Vector512.ConditionalSelect(stay, b, a));
    }

    /// <inheritdoc/>
    /// <remarks>3·half = 3u/2 rounds nowhere across a power of two, so its exponent is e; the bits of its exponent, inverted, are those of 2^(1−e).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AroundOne(Vector512<float> half, out Vector512<float> e, out Vector512<float> f)
    {
        if (!Avx512F.IsSupported)
        {
            UnitNormal.AroundOne<Width16, Vector512<float>, Vector512<uint>>(half, out e, out f);
            return;
        }
        var more = Vector512.Create(3f) * half;
        e = Avx512F.GetExponent(more);
        var scale = Vector512.AndNot(Vector512.Create(0x7F800000u), more.AsUInt32()).AsSingle();
        f = Avx512F.FusedMultiplySubtract(half, scale, Vector512.Create(1f));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Fraction(Vector512<float> x)
    {
        if (Avx512DQ.IsSupported) return Avx512DQ.Reduce(x, 1); // control 1: no fraction bits, down
        var n = Vector512.Floor(x);
        var f = x - n;
        return f - (Vector512.GreaterThan(n + f, x) & Vector512.Create(5.9604645e-8f)); // 2⁻²⁴
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Scale(Vector512<float> a, Vector512<float> n) => Avx512F.IsSupported
        ? Avx512F.Scale(a, n)
        : (a.AsInt32() + (Vector512.ConvertToInt32Native(Vector512.Floor(n)) << 23)).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Philox(ref Vector512<uint> c0, ref Vector512<uint> c1, ref Vector512<uint> c2, ref Vector512<uint> c3, uint key0, uint key1) => Philox4x32.Block(ref c0, ref c1, ref c2, ref c3, key0, key1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInterleaved(Vector512<float> z0, Vector512<float> z1, Vector512<float> z2, Vector512<float> z3, ref float destination)
    {
        if (Avx512F.IsSupported)
        {
            var low01 = Avx512F.UnpackLow(z0, z1).AsDouble();
            var high01 = Avx512F.UnpackHigh(z0, z1).AsDouble();
            var low23 = Avx512F.UnpackLow(z2, z3).AsDouble();
            var high23 = Avx512F.UnpackHigh(z2, z3).AsDouble();
            StoreQuarters(Avx512F.UnpackLow(low01, low23).AsSingle(), ref destination);
            StoreQuarters(Avx512F.UnpackHigh(low01, low23).AsSingle(), ref Unsafe.Add(ref destination, 4));
            StoreQuarters(Avx512F.UnpackLow(high01, high23).AsSingle(), ref Unsafe.Add(ref destination, 8));
            StoreQuarters(Avx512F.UnpackHigh(high01, high23).AsSingle(), ref Unsafe.Add(ref destination, 12));
            return;
        }
        Width8.StoreInterleaved(z0.GetLower(), z1.GetLower(), z2.GetLower(), z3.GetLower(), ref destination);
        Width8.StoreInterleaved(z0.GetUpper(), z1.GetUpper(), z2.GetUpper(), z3.GetUpper(), ref Unsafe.Add(ref destination, 32));
    }

    private static void StoreQuarters(Vector512<float> a, ref float destination)
    {
        a.GetLower().GetLower().StoreUnsafe(ref destination);
        a.GetLower().GetUpper().StoreUnsafe(ref Unsafe.Add(ref destination, 16));
        a.GetUpper().GetLower().StoreUnsafe(ref Unsafe.Add(ref destination, 32));
        a.GetUpper().GetUpper().StoreUnsafe(ref Unsafe.Add(ref destination, 48));
    }
}
