using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ScoreSde.Solvers.Noise;

/// <summary>
/// Philox4x32-10: 128 random bits as a pure function of a 128-bit counter and a 64-bit key, so that any part of the noise can be computed
/// anywhere in any order.
/// </summary>
/// <remarks>
/// Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011); known answers from tests/kat_vectors of
/// DEShawResearch/random123. A round is (c0, c1, c2, c3) → (hi(M1·c2) ⊕ c1 ⊕ k0, lo(M1·c2), hi(M0·c0) ⊕ c3 ⊕ k1, lo(M0·c0)); between rounds
/// the key grows by the Weyl constants. The vector versions compute one block a lane.
/// </remarks>
public static class Philox4x32
{
    /// <summary>Multiplier of word 0.</summary>
    internal const uint M0 = 0xD2511F53;

    /// <summary>Multiplier of word 2.</summary>
    internal const uint M1 = 0xCD9E8D57;

    /// <summary>Growth of key word 0 between rounds.</summary>
    internal const uint W0 = 0x9E3779B9;

    /// <summary>Growth of key word 1 between rounds.</summary>
    internal const uint W1 = 0xBB67AE85;

    /// <summary>Number of rounds.</summary>
    internal const int Rounds = 10;

    /// <summary>The keys of all rounds, two words each.</summary>
    internal static void RoundKeys(ulong seed, Span<uint> keys)
    {
        (keys[0], keys[1]) = NoiseCounter.Key(seed);
        for (var i = 2; i < 2 * Rounds; i++) keys[i] = keys[i - 2] + (i % 2 == 0 ? W0 : W1);
    }

    /// <summary>One block: the counter words are replaced by the random words.</summary>
    public static void Block(ref uint c0, ref uint c1, ref uint c2, ref uint c3, uint key0, uint key1)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var p0 = (ulong)M0 * c0;
            var p1 = (ulong)M1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ key0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ key1, (uint)p0);
            key0 += W0;
            key1 += W1;
        }
    }

    /// <summary>Four blocks, one a lane.</summary>
    public static void Block(ref Vector128<uint> c0, ref Vector128<uint> c1, ref Vector128<uint> c2, ref Vector128<uint> c3, uint key0, uint key1)
    {
        // Lanes 0 and 2 travel in the low halves of 64-bit lanes, lanes 1 and 3 likewise in a second set; what is above them is never read.
        var (a0, a1, a2, a3) = (c0.AsUInt64(), c1.AsUInt64(), c2.AsUInt64(), c3.AsUInt64());
        var (b0, b1, b2, b3) = (a0 >>> 32, a1 >>> 32, a2 >>> 32, a3 >>> 32);
        for (var round = 0; round < Rounds; round++)
        {
            var (k0, k1) = (Vector128.Create(key0).AsUInt64(), Vector128.Create(key1).AsUInt64());
            var (p, q, r, s) = (Wide(a0, M0), Wide(a2, M1), Wide(b0, M0), Wide(b2, M1));
            (a0, a1, a2, a3) = ((q >>> 32) ^ a1 ^ k0, q, (p >>> 32) ^ a3 ^ k1, p);
            (b0, b1, b2, b3) = ((s >>> 32) ^ b1 ^ k0, s, (r >>> 32) ^ b3 ^ k1, r);
            key0 += W0;
            key1 += W1;
        }
        (c0, c1, c2, c3) = (Join(a0, b0), Join(a1, b1), Join(a2, b2), Join(a3, b3));
    }

    /// <summary>Eight blocks, one a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Block(ref Vector256<uint> c0, ref Vector256<uint> c1, ref Vector256<uint> c2, ref Vector256<uint> c3, uint key0, uint key1)
    {
        if (!Avx2.IsSupported)
        {
            var (l0, l1, l2, l3) = (c0.GetLower(), c1.GetLower(), c2.GetLower(), c3.GetLower());
            var (u0, u1, u2, u3) = (c0.GetUpper(), c1.GetUpper(), c2.GetUpper(), c3.GetUpper());
            Block(ref l0, ref l1, ref l2, ref l3, key0, key1);
            Block(ref u0, ref u1, ref u2, ref u3, key0, key1);
            (c0, c1, c2, c3) = (Vector256.Create(l0, u0), Vector256.Create(l1, u1), Vector256.Create(l2, u2), Vector256.Create(l3, u3));
            return;
        }
        var (a0, a1, a2, a3) = (c0, c1, c2, c3);
        var (b0, b1, b2, b3) = (High(c0), High(c1), High(c2), High(c3));
        var (m0, m1) = (Vector256.Create(M0), Vector256.Create(M1));
        for (var round = 0; round < Rounds; round++)
        {
            var (k0, k1) = (Vector256.Create(key0), Vector256.Create(key1));
            var (p, q, r, s) = (Avx2.Multiply(a0, m0).AsUInt32(), Avx2.Multiply(a2, m1).AsUInt32(), Avx2.Multiply(b0, m0).AsUInt32(), Avx2.Multiply(b2, m1).AsUInt32());
            (a0, a1, a2, a3) = (High(q) ^ a1 ^ k0, q, High(p) ^ a3 ^ k1, p);
            (b0, b1, b2, b3) = (High(s) ^ b1 ^ k0, s, High(r) ^ b3 ^ k1, r);
            key0 += W0;
            key1 += W1;
        }
        (c0, c1, c2, c3) = (Join(a0, b0), Join(a1, b1), Join(a2, b2), Join(a3, b3));
    }

    /// <summary>Sixteen blocks, one a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Block(ref Vector512<uint> c0, ref Vector512<uint> c1, ref Vector512<uint> c2, ref Vector512<uint> c3, uint key0, uint key1)
    {
        if (!Avx512F.IsSupported)
        {
            var (l0, l1, l2, l3) = (c0.GetLower(), c1.GetLower(), c2.GetLower(), c3.GetLower());
            var (u0, u1, u2, u3) = (c0.GetUpper(), c1.GetUpper(), c2.GetUpper(), c3.GetUpper());
            Block(ref l0, ref l1, ref l2, ref l3, key0, key1);
            Block(ref u0, ref u1, ref u2, ref u3, key0, key1);
            (c0, c1, c2, c3) = (Vector512.Create(l0, u0), Vector512.Create(l1, u1), Vector512.Create(l2, u2), Vector512.Create(l3, u3));
            return;
        }
        var (a0, a1, a2, a3) = (c0, c1, c2, c3);
        var (b0, b1, b2, b3) = (High(c0), High(c1), High(c2), High(c3));
        for (var round = 0; round < Rounds; round++)
        {
            Round(ref a0, ref a1, ref a2, ref a3, key0, key1);
            Round(ref b0, ref b1, ref b2, ref b3, key0, key1);
            key0 += W0;
            key1 += W1;
        }
        (c0, c1, c2, c3) = (Join(a0, b0), Join(a1, b1), Join(a2, b2), Join(a3, b3));
    }

    /// <summary>One round on the even lanes; AVX-512 only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Round(ref Vector512<uint> c0, ref Vector512<uint> c1, ref Vector512<uint> c2, ref Vector512<uint> c3, uint key0, uint key1)
    {
        var p = Avx512F.Multiply(c0, Vector512.Create(M0)).AsUInt32();
        var q = Avx512F.Multiply(c2, Vector512.Create(M1)).AsUInt32();
        (c0, c1, c2, c3) = (High(q) ^ c1 ^ Vector512.Create(key0), q, High(p) ^ c3 ^ Vector512.Create(key1), p);
    }

    /// <summary>The odd lanes, in the even places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<uint> High(Vector512<uint> a) => (a.AsUInt64() >>> 32).AsUInt32();

    /// <summary>Even lanes of a, and even lanes of b in the odd places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<uint> Join(Vector512<uint> a, Vector512<uint> b) =>
        Vector512.ConditionalSelect(Vector512.Create(0xFFFFFFFFUL), a.AsUInt64(), b.AsUInt64() << 32).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> High(Vector256<uint> a) => (a.AsUInt64() >>> 32).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Join(Vector256<uint> a, Vector256<uint> b) =>
        Vector256.ConditionalSelect(Vector256.Create(0xFFFFFFFFUL), a.AsUInt64(), b.AsUInt64() << 32).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Join(Vector128<ulong> a, Vector128<ulong> b) =>
        Vector128.ConditionalSelect(Vector128.Create(0xFFFFFFFFUL), a, b << 32).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Wide(Vector128<ulong> a, uint m) => Sse2.IsSupported
        ? Sse2.Multiply(a.AsUInt32(), Vector128.Create(m))
        : (a & Vector128.Create(0xFFFFFFFFUL)) * Vector128.Create((ulong)m);
}
