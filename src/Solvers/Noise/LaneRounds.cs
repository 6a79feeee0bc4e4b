using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ScoreSde.Solvers.Noise.Widths;

namespace ScoreSde.Solvers.Noise;

/// <summary>
/// Philox4x32-10 and Box–Muller for blocks of sixteen samples with AVX-512: <see cref="Philox4x32"/> and <see cref="UnitNormal"/>, bit for bit, with the
/// fewest instructions. Even and odd lanes travel apart, since a product of two words fills two lanes.
/// </summary>
/// <remarks>
/// Three of the four counter words are the same in every lane, so that rounds 1 and 2 are a word's arithmetic and an exclusive or; the last round puts even
/// and odd lanes together where it shifts them in any case.
/// </remarks>
internal static unsafe class LaneRounds
{
    /// <summary>Vectors kept for a block: M1·sample of even and odd lanes, then M0·c0 of round 2 likewise, then what of this is above bit 32.</summary>
    public const int Products = 6;

    /// <summary>What depends on the samples and the key alone.</summary>
    public static void Begin(Vector512<uint> samples, bool packed, uint* keys, Vector512<uint>* products)
    {
        var m1 = Vector512.Create(Philox4x32.M1);
        products[0] = Avx512F.Multiply(samples, m1).AsUInt32();
        products[1] = Avx512F.Multiply(Philox4x32.High(samples), m1).AsUInt32();
        if (!packed) return; // counter word 1 is the draw, and c0 of round 2 depends on it
        for (var i = 0; i < 2; i++)
        {
            var c0 = Philox4x32.High(products[i]) ^ Vector512.Create(keys[0]);
            products[2 + i] = Avx512F.Multiply(c0, Vector512.Create(Philox4x32.M0)).AsUInt32();
            products[4 + i] = Philox4x32.High(products[2 + i]);
        }
    }

    /// <summary>Counter word 1 is zero.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Packed(Vector512<uint>* products, int blocks, uint* keys, uint counter0, uint word3, Vector512<uint>* words)
    {
        uint* own = stackalloc uint[3];
        Own(keys, counter0, word3, own);
        for (var b = 0; b < blocks; b++, products += Products, words += 4)
        {
            var mix0 = Vector512.Create(own[0]);
            var mix2 = Vector512.Create(own[1]);
            var (a0, b0) = (products[0] ^ mix0, products[1] ^ mix0);
            var (a2, b2) = (products[4] ^ mix2, products[5] ^ mix2);
            Rest(a0, a2, products[2], b0, b2, products[3], keys, own, words);
        }
    }

    /// <summary>Counter word 1 is the draw.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Rows(
        Vector512<uint>* products, int blocks, uint* keys, uint counter0, uint counter1, uint word3, Vector512<uint>* words)
    {
        uint* own = stackalloc uint[3];
        Own(keys, counter0, word3, own);
        for (var b = 0; b < blocks; b++, products += Products, words += 4)
        {
            var m0 = Vector512.Create(Philox4x32.M0);
            var mix = Vector512.Create(counter1 ^ keys[0]);
            var p = Avx512F.Multiply(Philox4x32.High(products[0]) ^ mix, m0).AsUInt32();
            var r = Avx512F.Multiply(Philox4x32.High(products[1]) ^ mix, m0).AsUInt32();
            var mix0 = Vector512.Create(own[0]);
            var mix2 = Vector512.Create(own[1]);
            Rest(
                products[0] ^ mix0, Philox4x32.High(p) ^ mix2, p,
                products[1] ^ mix0, Philox4x32.High(r) ^ mix2, r, keys, own, words);
        }
    }

    /// <summary>The four normals of each block's four words; a place may be that of the words.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Normals(Vector512<uint>* words, int blocks, Vector512<float>* normals, int stride)
    {
        for (var b = 0; b < blocks; b += 2, words += 8, normals += 2 * stride)
        {
            var other = b + 1 < blocks ? 4 : 0; // of an odd number of blocks the last is done twice
            UnitNormal.Pair<Width64, Quad<float>, Quad<uint>>(
                new(words[0], words[2], words[other], words[other + 2]), new(words[1], words[3], words[other + 1], words[other + 3]), out var first, out var second);
            var next = normals + (other > 0 ? stride : 0);
            (normals[0], normals[1], normals[2], normals[3]) = (first.A, second.A, first.B, second.B);
            (next[0], next[1], next[2], next[3]) = (first.C, second.C, first.D, second.D);
        }
    }

    /// <summary>The words of rounds 1 to 3 that are the same in every lane, with the keys they meet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Own(uint* keys, uint counter0, uint word3, uint* own)
    {
        var p = (ulong)Philox4x32.M0 * counter0;
        var q = (ulong)Philox4x32.M1 * ((uint)(p >> 32) ^ word3 ^ keys[1]);
        own[0] = (uint)(q >> 32) ^ keys[2];
        own[1] = (uint)p ^ keys[3];
        own[2] = (uint)q ^ keys[4];
    }

    /// <summary>From the state after round 2 on: a the even lanes, b the odd ones; counter word 1 is own[2] but for the key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rest(
        Vector512<uint> a0, Vector512<uint> a2, Vector512<uint> a3, Vector512<uint> b0, Vector512<uint> b2, Vector512<uint> b3,
        uint* keys, uint* own, Vector512<uint>* words)
    {
        var (p, q) = (TimesM0(a0), TimesM1(a2));
        var (r, s) = (TimesM0(b0), TimesM1(b2));
        var mix = Vector512.Create(own[2]);
        var k1 = Vector512.Create(keys[5]);
        a0 = Philox4x32.High(q) ^ mix;
        b0 = Philox4x32.High(s) ^ mix;
        a2 = Xor(Philox4x32.High(p), a3, k1);
        b2 = Xor(Philox4x32.High(r), b3, k1);
        Round(ref a0, ref a2, ref p, ref q, ref b0, ref b2, ref r, ref s, keys + 6);
        Round(ref a0, ref a2, ref p, ref q, ref b0, ref b2, ref r, ref s, keys + 8);
        Round(ref a0, ref a2, ref p, ref q, ref b0, ref b2, ref r, ref s, keys + 10);
        Round(ref a0, ref a2, ref p, ref q, ref b0, ref b2, ref r, ref s, keys + 12);
        Round(ref a0, ref a2, ref p, ref q, ref b0, ref b2, ref r, ref s, keys + 14);
        Round(ref a0, ref a2, ref p, ref q, ref b0, ref b2, ref r, ref s, keys + 16);

        var even = Vector512.Create(0u, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30);
        var odd = Vector512.Create(1u, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
        var c1 = Avx512F.PermuteVar16x32x2(q, even, s);
        var c3 = Avx512F.PermuteVar16x32x2(p, even, r);
        (p, q, r, s) = (TimesM0(a0), TimesM1(a2), TimesM0(b0), TimesM1(b2));
        c1 = Xor(Avx512F.PermuteVar16x32x2(q, odd, s), c1, Vector512.Create(keys[18]));
        words[0] = c1;
        words[1] = Avx512F.PermuteVar16x32x2(q, even, s);
        words[2] = Xor(Avx512F.PermuteVar16x32x2(p, odd, r), c3, Vector512.Create(keys[19]));
        words[3] = Avx512F.PermuteVar16x32x2(p, even, r);
    }

    /// <summary>One round of both; words 1 and 3 are the low halves of q, s and p, r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ref Vector512<uint> a0, ref Vector512<uint> a2, ref Vector512<uint> p, ref Vector512<uint> q,
        ref Vector512<uint> b0, ref Vector512<uint> b2, ref Vector512<uint> r, ref Vector512<uint> s, uint* key)
    {
        var (p1, q1) = (TimesM0(a0), TimesM1(a2));
        var (r1, s1) = (TimesM0(b0), TimesM1(b2));
        var k0 = Vector512.Create(key[0]);
        var k1 = Vector512.Create(key[1]);
        a0 = Xor(Philox4x32.High(q1), q, k0);
        b0 = Xor(Philox4x32.High(s1), s, k0);
        a2 = Xor(Philox4x32.High(p1), p, k1);
        b2 = Xor(Philox4x32.High(r1), r, k1);
        (p, q, r, s) = (p1, q1, r1, s1);
    }

    /// <summary>M0·c0 of the even lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> TimesM0(Vector512<uint> c0) => Avx512F.Multiply(c0, Vector512.Create(Philox4x32.M0)).AsUInt32();

    /// <summary>M1·c2 of the even lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> TimesM1(Vector512<uint> c2) => Avx512F.Multiply(c2, Vector512.Create(Philox4x32.M1)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Xor(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c) => Avx512F.TernaryLogic(a, b, c, 0x96);
}
