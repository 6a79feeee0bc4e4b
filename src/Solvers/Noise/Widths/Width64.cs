using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;

namespace ScoreSde.Solvers.Noise.Widths;

/// <summary>
/// Sixty-four lanes: the instructions of <see cref="Width16"/> four at a time, so that each has three others to do before it waits for its own result. A chain
/// of instructions takes four times as long as they do; the processor looks ahead some two hundred of them, which is less than one formula here.
/// </summary>
internal readonly struct Width64 : IWidth<Quad<float>, Quad<uint>>
{
    public static int Count => 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<float> Splat(float value) => new(Create(value), Create(value), Create(value), Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<uint> Splat(uint value) => new(Create(value), Create(value), Create(value), Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<uint> Load(ref readonly uint source) =>
        new(LoadUnsafe(in source), LoadUnsafe(in source, 16), LoadUnsafe(in source, 32), LoadUnsafe(in source, 48));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Quad<float> value, ref float destination)
    {
        value.A.StoreUnsafe(ref destination);
        value.B.StoreUnsafe(ref destination, 16);
        value.C.StoreUnsafe(ref destination, 32);
        value.D.StoreUnsafe(ref destination, 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Quad<uint> value, ref uint destination)
    {
        value.A.StoreUnsafe(ref destination);
        value.B.StoreUnsafe(ref destination, 16);
        value.C.StoreUnsafe(ref destination, 32);
        value.D.StoreUnsafe(ref destination, 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<float> Add(Quad<float> a, Quad<float> b) => new(a.A + b.A, a.B + b.B, a.C + b.C, a.D + b.D);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<float> Subtract(Quad<float> a, Quad<float> b) => new(a.A - b.A, a.B - b.B, a.C - b.C, a.D - b.D);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<float> Multiply(Quad<float> a, Quad<float> b) => new(a.A * b.A, a.B * b.B, a.C * b.C, a.D * b.D);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<float> Fma(Quad<float> a, Quad<float> b, Quad<float> c) => new(
        FusedMultiplyAdd(a.A, b.A, c.A), FusedMultiplyAdd(a.B, b.B, c.B), FusedMultiplyAdd(a.C, b.C, c.C), FusedMultiplyAdd(a.D, b.D, c.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<float> Fma(Quad<float> a, Quad<float> b, float c) => new(
        FusedMultiplyAdd(a.A, b.A, Create(c)), FusedMultiplyAdd(a.B, b.B, Create(c)), FusedMultiplyAdd(a.C, b.C, Create(c)), FusedMultiplyAdd(a.D, b.D, Create(c)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<float> Sqrt(Quad<float> a) => new(Vector512.Sqrt(a.A), Vector512.Sqrt(a.B), Vector512.Sqrt(a.C), Vector512.Sqrt(a.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<float> Max(Quad<float> a, Quad<float> b) => new(MaxNative(a.A, b.A), MaxNative(a.B, b.B), MaxNative(a.C, b.C), MaxNative(a.D, b.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<float> FromSigned(Quad<uint> a) => new(
        ConvertToSingle(a.A.AsInt32()), ConvertToSingle(a.B.AsInt32()), ConvertToSingle(a.C.AsInt32()), ConvertToSingle(a.D.AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<uint> Bits(Quad<float> a) => new(a.A.AsUInt32(), a.B.AsUInt32(), a.C.AsUInt32(), a.D.AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<float> FromBits(Quad<uint> a) => new(a.A.AsSingle(), a.B.AsSingle(), a.C.AsSingle(), a.D.AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<uint> Add(Quad<uint> a, Quad<uint> b) => new(a.A + b.A, a.B + b.B, a.C + b.C, a.D + b.D);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<uint> Subtract(Quad<uint> a, Quad<uint> b) => new(a.A - b.A, a.B - b.B, a.C - b.C, a.D - b.D);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<uint> And(Quad<uint> a, Quad<uint> b) => new(a.A & b.A, a.B & b.B, a.C & b.C, a.D & b.D);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<uint> Xor(Quad<uint> a, Quad<uint> b) => new(a.A ^ b.A, a.B ^ b.B, a.C ^ b.C, a.D ^ b.D);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<uint> ShiftLeft(Quad<uint> a, int bits) => new(a.A << bits, a.B << bits, a.C << bits, a.D << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<uint> ShiftRight(Quad<uint> a, int bits) => new(a.A >>> bits, a.B >>> bits, a.C >>> bits, a.D >>> bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<uint> ShiftRightSigned(Quad<uint> a, int bits) => new(
        (a.A.AsInt32() >> bits).AsUInt32(), (a.B.AsInt32() >> bits).AsUInt32(), (a.C.AsInt32() >> bits).AsUInt32(), (a.D.AsInt32() >> bits).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<float> FlipSign(Quad<float> a, Quad<uint> word) => new(
        Width16.FlipSign(a.A, word.A), Width16.FlipSign(a.B, word.B), Width16.FlipSign(a.C, word.C), Width16.FlipSign(a.D, word.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Exchange(Quad<uint> word, uint bit, ref Quad<float> a, ref Quad<float> b)
    {
        Vector512<float> a0 = a.A, a1 = a.B, a2 = a.C, a3 = a.D, b0 = b.A, b1 = b.B, b2 = b.C, b3 = b.D;
        Width16.Exchange(word.A, bit, ref a0, ref b0);
        Width16.Exchange(word.B, bit, ref a1, ref b1);
        Width16.Exchange(word.C, bit, ref a2, ref b2);
        Width16.Exchange(word.D, bit, ref a3, ref b3);
        (a, b) = (new(a0, a1, a2, a3), new(b0, b1, b2, b3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AroundOne(Quad<float> half, out Quad<float> e, out Quad<float> f)
    {
        Width16.AroundOne(half.A, out var e0, out var f0);
        Width16.AroundOne(half.B, out var e1, out var f1);
        Width16.AroundOne(half.C, out var e2, out var f2);
        Width16.AroundOne(half.D, out var e3, out var f3);
        (e, f) = (new(e0, e1, e2, e3), new(f0, f1, f2, f3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<float> Fraction(Quad<float> x) => new(Width16.Fraction(x.A), Width16.Fraction(x.B), Width16.Fraction(x.C), Width16.Fraction(x.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad<float> Scale(Quad<float> a, Quad<float> n) => new(
        Width16.Scale(a.A, n.A), Width16.Scale(a.B, n.B), Width16.Scale(a.C, n.C), Width16.Scale(a.D, n.D));

    public static void Philox(ref Quad<uint> c0, ref Quad<uint> c1, ref Quad<uint> c2, ref Quad<uint> c3, uint key0, uint key1)
    {
        var (w0, w1, w2, w3) = (c0, c1, c2, c3);
        Vector512<uint> a0 = w0.A, a1 = w1.A, a2 = w2.A, a3 = w3.A, b0 = w0.B, b1 = w1.B, b2 = w2.B, b3 = w3.B;
        Vector512<uint> d0 = w0.C, d1 = w1.C, d2 = w2.C, d3 = w3.C, e0 = w0.D, e1 = w1.D, e2 = w2.D, e3 = w3.D;
        Philox4x32.Block(ref a0, ref a1, ref a2, ref a3, key0, key1);
        Philox4x32.Block(ref b0, ref b1, ref b2, ref b3, key0, key1);
        Philox4x32.Block(ref d0, ref d1, ref d2, ref d3, key0, key1);
        Philox4x32.Block(ref e0, ref e1, ref e2, ref e3, key0, key1);
        (c0, c1, c2, c3) = (new(a0, b0, d0, e0), new(a1, b1, d1, e1), new(a2, b2, d2, e2), new(a3, b3, d3, e3));
    }

    public static void StoreInterleaved(Quad<float> z0, Quad<float> z1, Quad<float> z2, Quad<float> z3, ref float destination)
    {
        Width16.StoreInterleaved(z0.A, z1.A, z2.A, z3.A, ref destination);
        Width16.StoreInterleaved(z0.B, z1.B, z2.B, z3.B, ref Unsafe.Add(ref destination, 64));
        Width16.StoreInterleaved(z0.C, z1.C, z2.C, z3.C, ref Unsafe.Add(ref destination, 128));
        Width16.StoreInterleaved(z0.D, z1.D, z2.D, z3.D, ref Unsafe.Add(ref destination, 192));
    }
}
