using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ScoreSde.Solvers.Noise.Widths;

namespace ScoreSde.Solvers.Noise;

/// <summary>
/// Generator blocks of sixteen consecutive samples, a block a lane. Keeps the part of the last block that a later draw of the packed layouts
/// will ask for, and what of the first rounds does not depend on the draw.
/// </summary>
/// <remarks>The methods that draw are not inlined: a loop that contains all of them is more than the compiler's inliner takes in one method.</remarks>
public struct LaneBlocks
{
    private RoundKeys _keys;
    private readonly uint _streamWord;
    private readonly Vector512<uint> _samples;
    private readonly Vector512<uint> _even, _odd; // M1·sample, even and odd lanes
    private Vector512<uint> _word0, _word1, _word2, _word3;
    private Vector512<float> _z0, _z1, _z2, _z3;
    private long _kept;

    /// <summary>For samples <paramref name="firstSample"/> to <paramref name="firstSample"/> + 15.</summary>
    /// <exception cref="ArgumentException">The first sample is not a multiple of 16.</exception>
    public LaneBlocks(ulong seed, NoiseStream stream, long firstSample)
    {
        NoiseCounter.CheckSample(firstSample, 16);
        if (firstSample % 16 != 0) throw new ArgumentException($"lanes start at a multiple of 16; {firstSample} is none", nameof(firstSample));
        Philox4x32.RoundKeys(seed, _keys);
        _streamWord = NoiseCounter.StreamWord(stream, firstSample);
        _samples = Vector512.Create((uint)firstSample) + Vector512<uint>.Indices;
        if (Avx512F.IsSupported)
        {
            _even = Avx512F.Multiply(_samples, Vector512.Create(Philox4x32.M1)).AsUInt32();
            _odd = Avx512F.Multiply(Philox4x32.High(_samples), Vector512.Create(Philox4x32.M1)).AsUInt32();
        }
        _kept = -1;
    }

    /// <summary>One coordinate: normal n is number n%4 of block n/4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> One(uint draw)
    {
        var place = draw % 4;
        if (place == 0 || draw / 4 != _kept)
        {
            Four(draw / 4, 0, out _z0, out _z1, out _z2, out _z3);
            _kept = draw / 4;
        }
        return place == 0 ? _z0 : place == 1 ? _z1 : place == 2 ? _z2 : _z3;
    }

    /// <summary>Two coordinates: an even draw is normals 0 and 1 of block draw/2, an odd one normals 2 and 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Two(uint draw, out Vector512<float> x, out Vector512<float> y)
    {
        if (draw % 2 == 0 || draw / 2 != _kept)
        {
            Four(draw / 2, 0, out _z0, out _z1, out _z2, out _z3); // together: the chains of one pair run beside those of the other
            _kept = draw / 2;
        }
        x = draw % 2 == 0 ? _z0 : _z2;
        y = draw % 2 == 0 ? _z1 : _z3;
    }

    /// <summary>The four normals of a block.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Four(uint counter0, uint counter1, out Vector512<float> z0, out Vector512<float> z1, out Vector512<float> z2, out Vector512<float> z3)
    {
        Words(counter0, counter1);
        UnitNormal.Pair<Width16, Vector512<float>, Vector512<uint>>(_word0, _word1, out z0, out z1);
        UnitNormal.Pair<Width16, Vector512<float>, Vector512<uint>>(_word2, _word3, out z2, out z3);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Words(uint counter0, uint counter1)
    {
        if (!Avx512F.IsSupported)
        {
            (_word0, _word1, _word2, _word3) = (Vector512.Create(counter0), Vector512.Create(counter1), _samples, Vector512.Create(_streamWord));
            Philox4x32.Block(ref _word0, ref _word1, ref _word2, ref _word3, _keys[0], _keys[1]);
            return;
        }

        // Three of the four counter words are the same in every lane: what depends on them alone is a scalar for two rounds.
        ref var key = ref Unsafe.As<RoundKeys, uint>(ref _keys);
        var p = (ulong)Philox4x32.M0 * counter0;
        var mix = Vector512.Create(counter1 ^ key);
        Vector512<uint> a1 = _even, b1 = _odd;
        var a0 = Philox4x32.High(a1) ^ mix;
        var b0 = Philox4x32.High(b1) ^ mix;
        var q = (ulong)Philox4x32.M1 * ((uint)(p >> 32) ^ _streamWord ^ Unsafe.Add(ref key, 1));

        var m0 = Vector512.Create(Philox4x32.M0);
        var a3 = Avx512F.Multiply(a0, m0).AsUInt32();
        var b3 = Avx512F.Multiply(b0, m0).AsUInt32();
        mix = Vector512.Create((uint)(q >> 32) ^ Unsafe.Add(ref key, 2));
        a0 = a1 ^ mix;
        b0 = b1 ^ mix;
        mix = Vector512.Create((uint)p ^ Unsafe.Add(ref key, 3));
        var a2 = Philox4x32.High(a3) ^ mix;
        var b2 = Philox4x32.High(b3) ^ mix;
        b1 = a1 = Vector512.Create((uint)q);

        TwoRounds(ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3, in Unsafe.Add(ref key, 4));
        TwoRounds(ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3, in Unsafe.Add(ref key, 8));
        TwoRounds(ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3, in Unsafe.Add(ref key, 12));
        TwoRounds(ref a0, ref a1, ref a2, ref a3, ref b0, ref b1, ref b2, ref b3, in Unsafe.Add(ref key, 16));
        _word0 = Philox4x32.Join(a0, b0);
        _word1 = Philox4x32.Join(a1, b1);
        _word2 = Philox4x32.Join(a2, b2);
        _word3 = Philox4x32.Join(a3, b3);
    }

    /// <summary>Two rounds of the even and the odd lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TwoRounds(
        ref Vector512<uint> a0, ref Vector512<uint> a1, ref Vector512<uint> a2, ref Vector512<uint> a3,
        ref Vector512<uint> b0, ref Vector512<uint> b1, ref Vector512<uint> b2, ref Vector512<uint> b3, ref readonly uint key)
    {
        var m0 = Vector512.Create(Philox4x32.M0);
        var m1 = Vector512.Create(Philox4x32.M1);
        ref var k = ref Unsafe.AsRef(in key);
        var k0 = Vector512.Create(k);
        var k1 = Vector512.Create(Unsafe.Add(ref k, 1));
        var p = Avx512F.Multiply(a0, m0);
        var q = Avx512F.Multiply(a2, m1);
        var r = Avx512F.Multiply(b0, m0);
        var s = Avx512F.Multiply(b2, m1);
        a0 = (q >>> 32).AsUInt32() ^ a1 ^ k0;
        a2 = (p >>> 32).AsUInt32() ^ a3 ^ k1;
        b0 = (s >>> 32).AsUInt32() ^ b1 ^ k0;
        b2 = (r >>> 32).AsUInt32() ^ b3 ^ k1;

        k0 = Vector512.Create(Unsafe.Add(ref k, 2));
        k1 = Vector512.Create(Unsafe.Add(ref k, 3));
        a3 = Avx512F.Multiply(a0, m0).AsUInt32();
        a1 = Avx512F.Multiply(a2, m1).AsUInt32();
        b3 = Avx512F.Multiply(b0, m0).AsUInt32();
        b1 = Avx512F.Multiply(b2, m1).AsUInt32();
        a0 = Philox4x32.High(a1) ^ q.AsUInt32() ^ k0;
        a2 = Philox4x32.High(a3) ^ p.AsUInt32() ^ k1;
        b0 = Philox4x32.High(b1) ^ s.AsUInt32() ^ k0;
        b2 = Philox4x32.High(b3) ^ r.AsUInt32() ^ k1;
    }

    [InlineArray(2 * Philox4x32.Rounds)]
    private struct RoundKeys
    {
        private uint _first;
    }
}
