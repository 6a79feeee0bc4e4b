using System.Runtime.CompilerServices;
using ScoreSde.Solvers.Noise.Widths;

namespace ScoreSde.Solvers.Noise;

/// <summary>
/// The definition of a standard normal, as a float32: Box–Muller from two 32-bit words, the same bits at every vector width, on every processor.
/// States of double precision widen it. Derivation, coefficients and errors: docs/derivations/normals.md.
/// </summary>
public static class UnitNormal
{
    /// <summary>The largest size a normal can have: √(64 log 2) = 6.66044, at the smallest uniform 2⁻³².</summary>
    public const float Largest = 6.66044f;

    /// <summary>Two independent normals a lane from two words a lane: r cos φ and r sin φ, r from the first word, φ from the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pair<L, F, U>(U radius, U angle, out F first, out F second) where L : struct, IWidth<F, U> where F : struct where U : struct
    {
        var r = L.Sqrt(MinusTwoLog<L, F, U>(radius));

        // φ = π/2·t + a quarter turn if bit 30 is set + a reflection of the cosine if bit 31 is set, t ∈ [−½, ½) from the other bits.
        var t = L.Multiply(L.FromSigned(L.ShiftLeft(angle, 2)), L.Splat(2.3283064365386963e-10f)); // 2⁻³²
        var z = L.Multiply(t, t);
        var s = L.Fma(L.Splat(-0.00468597142f), z, 0.079712525f);
        s = L.Fma(s, z, -0.645966649f);
        s = L.Fma(t, L.Splat(1.57079637f), L.Multiply(s, L.Multiply(t, z))); // the leading term unrounded
        var c = L.Fma(L.Splat(0.000894473458f), z, -0.0208555944f);
        c = L.Fma(c, z, 0.253668547f);
        c = L.Fma(c, z, -1.23370051f);
        c = L.Fma(c, z, 1f);
        c = L.FlipSign(c, angle);
        L.Exchange(angle, 0x40000000, ref c, ref s);
        first = L.Multiply(r, c);
        second = L.Multiply(r, s);
    }

    /// <summary>−2 log u, u = (⌊word/2⌋ + ½)·2⁻³¹ rounded to a float of [2⁻³², 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F MinusTwoLog<L, F, U>(U word) where L : struct, IWidth<F, U> where F : struct where U : struct
    {
        var half = L.Fma(L.FromSigned(L.ShiftRight(word, 1)), L.Splat(2.3283064365386963e-10f), 1.1641532182693481e-10f); // u/2: 2⁻³², 2⁻³³
        L.AroundOne(half, out var e, out var f);
        return L.Fma(e, L.Splat(-1.38629436f), MinusTwoLogOnePlus<L, F, U>(f));
    }

    /// <summary>u = 2^e (1 + f), 1 + f ∈ [⅔, 4/3), from u/2 and its bits: e is the exponent of u/⅔.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void AroundOne<L, F, U>(F half, out F e, out F f) where L : struct, IWidth<F, U> where F : struct where U : struct
    {
        var bits = L.Subtract(L.Bits(half), L.Splat(0x3EAAAAABu)); // half of the float next to ⅔
        e = L.FromSigned(L.ShiftRightSigned(bits, 23));
        f = L.Subtract(L.FromBits(L.Add(L.And(bits, L.Splat(0x007FFFFFu)), L.Splat(0x3F2AAAABu))), L.Splat(1f));
    }

    /// <summary>−2 log(1 + f) for −⅓ ≤ f ≤ ⅓.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static F MinusTwoLogOnePlus<L, F, U>(F f) where L : struct, IWidth<F, U> where F : struct where U : struct
    {
        var q = L.Fma(L.Splat(-0.280407876f), f, 0.307671964f);
        q = L.Fma(q, f, -0.279943377f);
        q = L.Fma(q, f, 0.32834059f);
        q = L.Fma(q, f, -0.400221437f);
        q = L.Fma(q, f, 0.500154972f);
        q = L.Fma(q, f, -0.666664004f);
        q = L.Fma(q, f, 0.999998748f);
        q = L.Fma(q, f, -2f);
        return L.Multiply(f, q);
    }
}
