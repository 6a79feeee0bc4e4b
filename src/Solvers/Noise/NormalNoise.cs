using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ScoreSde.Solvers.Noise.Widths;

namespace ScoreSde.Solvers.Noise;

/// <summary>
/// Standard normals into spans, layout [sample, element]: element j of sample i is the same bits whatever the batch, the position in it, the
/// number of threads and the vector width. Pure functions; threads may fill parts of one batch by giving each its own first sample.
/// </summary>
public static class NormalNoise
{
    /// <summary>One normal.</summary>
    public static float At(ulong seed, NoiseStream stream, uint draw, long sample, int element, int dimension)
    {
        NoiseCounter.CheckSample(sample, 1);
        var (w0, w1, lane) = NoiseCounter.Place(draw, element, dimension);
        var (w2, w3) = ((uint)sample, NoiseCounter.StreamWord(stream, sample));
        var (k0, k1) = NoiseCounter.Key(seed);
        Philox4x32.Block(ref w0, ref w1, ref w2, ref w3, k0, k1);
        UnitNormal.Pair<Width1, float, uint>(lane < 2 ? w0 : w2, lane < 2 ? w1 : w3, out var first, out var second);
        return lane % 2 == 0 ? first : second;
    }

    /// <summary>Fills whole samples with the normals of one draw.</summary>
    /// <param name="destination">[samples, <paramref name="dimension"/>], row after row.</param>
    /// <param name="seed">The key.</param>
    /// <param name="stream">What the noise is for.</param>
    /// <param name="draw">Index of the draw: step·slots + slot.</param>
    /// <param name="firstSample">Index of the first sample.</param>
    /// <param name="dimension">Coordinates of one sample.</param>
    /// <exception cref="ArgumentException">The destination is not a whole number of samples.</exception>
    public static void Fill(Span<float> destination, ulong seed, NoiseStream stream, uint draw, long firstSample, int dimension)
    {
        if (LaneFill.Takes(destination.Length, firstSample, dimension)) LaneFill.Fill(destination, seed, stream, draw, firstSample, dimension);
        else if (Vector512.IsHardwareAccelerated) Fill<Width16, Vector512<float>, Vector512<uint>>(destination, seed, stream, draw, firstSample, dimension);
        else if (Vector256.IsHardwareAccelerated) Fill<Width8, Vector256<float>, Vector256<uint>>(destination, seed, stream, draw, firstSample, dimension);
        else Fill<Width4, Vector128<float>, Vector128<uint>>(destination, seed, stream, draw, firstSample, dimension);
    }

    /// <summary>The same, widened to double.</summary>
    /// <inheritdoc cref="Fill(Span{float}, ulong, NoiseStream, uint, long, int)"/>
    public static void Fill(Span<double> destination, ulong seed, NoiseStream stream, uint draw, long firstSample, int dimension)
    {
        Check(destination.Length, firstSample, dimension);
        var rows = Math.Max(1, 4096 / dimension);
        var buffer = new float[Math.Min(destination.Length, rows * dimension)];
        for (var done = 0; done < destination.Length; done += buffer.Length)
        {
            var part = buffer.AsSpan(0, Math.Min(buffer.Length, destination.Length - done));
            Fill(part, seed, stream, draw, firstSample + done / dimension, dimension);
            for (var i = 0; i < part.Length; i++) destination[done + i] = part[i];
        }
    }

    /// <summary>The same on several threads, for large batches in memory that does not move.</summary>
    /// <param name="destination">First of samples·dimension floats.</param>
    /// <param name="samples">Number of samples.</param>
    /// <param name="seed">The key.</param>
    /// <param name="stream">What the noise is for.</param>
    /// <param name="draw">Index of the draw.</param>
    /// <param name="firstSample">Index of the first sample.</param>
    /// <param name="dimension">Coordinates of one sample.</param>
    public static unsafe void FillParallel(float* destination, long samples, ulong seed, NoiseStream stream, uint draw, long firstSample, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        var rows = Math.Max(1L, 16384 / dimension); // some thirty microseconds of work: less is done before another thread has begun
        var parts = (samples + rows - 1) / rows;
        void Part(long p)
        {
            var from = p * rows;
            var count = (int)(Math.Min(samples - from, rows) * dimension);
            Fill(new Span<float>(destination + from * dimension, count), seed, stream, draw, firstSample + from, dimension);
        }
        if (parts == 1) Part(0);
        else Parallel.For(0L, parts, Part);
    }

    /// <summary>At a given vector width; the bits are the same at each.</summary>
    public static void Fill<L, F, U>(Span<float> destination, ulong seed, NoiseStream stream, uint draw, long firstSample, int dimension)
        where L : struct, IWidth<F, U> where F : struct where U : struct
    {
        Check(destination.Length, firstSample, dimension);
        if (NoiseCounter.IsPacked(dimension)) FillPacked<L, F, U>(destination, seed, stream, draw, firstSample, dimension);
        else FillRows<L, F, U>(destination, seed, stream, draw, firstSample, dimension);
    }

    /// <summary>One and two coordinates: a lane a sample, and of each block the pair that holds this draw.</summary>
    [SkipLocalsInit]
    private static void FillPacked<L, F, U>(Span<float> destination, ulong seed, NoiseStream stream, uint draw, long firstSample, int dimension)
        where L : struct, IWidth<F, U> where F : struct where U : struct
    {
        var (word0, word1, place) = NoiseCounter.Place(draw, 0, dimension);
        var (k0, k1) = NoiseCounter.Key(seed);
        Span<float> pair = stackalloc float[2 * 16];
        for (var at = 0; at < destination.Length; at += L.Count * dimension)
        {
            Consecutive<L, F, U>(stream, firstSample + at / dimension, out var c2, out var c3);
            var (c0, c1) = (L.Splat(word0), L.Splat(word1));
            L.Philox(ref c0, ref c1, ref c2, ref c3, k0, k1);
            UnitNormal.Pair<L, F, U>(place < 2 ? c0 : c2, place < 2 ? c1 : c3, out var first, out var second);
            L.Store(first, ref pair[0]);
            L.Store(second, ref pair[16]);
            var part = destination[at..Math.Min(destination.Length, at + L.Count * dimension)];
            if (dimension == 1) pair.Slice(16 * (place % 2), part.Length).CopyTo(part);
            else
                for (var i = 0; i < part.Length; i += 2) (part[i], part[i + 1]) = (pair[i / 2], pair[16 + i / 2]);
        }
    }

    /// <summary>Three and more coordinates: a lane a block of four elements, row after row.</summary>
    [SkipLocalsInit]
    private static void FillRows<L, F, U>(Span<float> destination, ulong seed, NoiseStream stream, uint draw, long firstSample, int dimension)
        where L : struct, IWidth<F, U> where F : struct where U : struct
    {
        var blocks = (dimension + 3) / 4;
        var (k0, k1) = NoiseCounter.Key(seed);
        Span<uint> words = stackalloc uint[3 * 16];
        Span<float> normals = stackalloc float[4 * 16];
        var (sample, block, at) = (firstSample, 0, 0);
        while (at < destination.Length)
        {
            var firstBlock = block;
            U c0, c2, c3;
            if (block + L.Count <= blocks) // all in one row
            {
                c0 = L.Add(L.Splat((uint)block), Ramp<L, F, U>());
                (c2, c3) = (L.Splat((uint)sample), L.Splat(NoiseCounter.StreamWord(stream, sample)));
                block += L.Count;
                if (block == blocks) (block, sample) = (0, sample + 1);
            }
            else
            {
                for (var i = 0; i < L.Count; i++)
                {
                    (words[i], words[16 + i], words[32 + i]) = ((uint)block, (uint)sample, NoiseCounter.StreamWord(stream, sample));
                    if (++block == blocks) (block, sample) = (0, sample + 1);
                }
                (c0, c2, c3) = (L.Load(in words[0]), L.Load(in words[16]), L.Load(in words[32]));
            }
            var c1 = L.Splat(draw);
            Four<L, F, U>(c0, c1, c2, c3, k0, k1, out var z0, out var z1, out var z2, out var z3);
            if (dimension % 4 == 0 && destination.Length - at >= 4 * L.Count)
            {
                L.StoreInterleaved(z0, z1, z2, z3, ref destination[at]);
                at += 4 * L.Count;
                continue;
            }
            L.StoreInterleaved(z0, z1, z2, z3, ref normals[0]);
            for (int i = 0, b = firstBlock; i < L.Count && at < destination.Length; i++)
            {
                var count = Math.Min(dimension - 4 * b, 4);
                normals.Slice(4 * i, count).CopyTo(destination[at..]);
                at += count;
                b = b + 1 == blocks ? 0 : b + 1;
            }
        }
    }

    /// <summary>Counters to normals; by itself, since the inliner would not take it into the loop whole.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Four<L, F, U>(U c0, U c1, U c2, U c3, uint k0, uint k1, out F z0, out F z1, out F z2, out F z3)
        where L : struct, IWidth<F, U> where F : struct where U : struct
    {
        L.Philox(ref c0, ref c1, ref c2, ref c3, k0, k1);
        UnitNormal.Pair<L, F, U>(c0, c1, out z0, out z1);
        UnitNormal.Pair<L, F, U>(c2, c3, out z2, out z3);
    }

    /// <summary>Counter words 2 and 3 of consecutive samples.</summary>
    private static void Consecutive<L, F, U>(NoiseStream stream, long sample, out U word2, out U word3)
        where L : struct, IWidth<F, U> where F : struct where U : struct
    {
        word2 = L.Add(L.Splat((uint)sample), Ramp<L, F, U>());
        word3 = L.Splat(NoiseCounter.StreamWord(stream, sample));
        if ((uint)sample <= uint.MaxValue - (uint)L.Count) return;
        Span<uint> words = stackalloc uint[16]; // across 2³²: the high bits differ
        for (var i = 0; i < L.Count; i++) words[i] = NoiseCounter.StreamWord(stream, sample + i);
        word3 = L.Load(in words[0]);
    }

    /// <summary>0, 1, 2, …</summary>
    private static U Ramp<L, F, U>() where L : struct, IWidth<F, U> where F : struct where U : struct => L.Load(in MemoryMarshal.GetReference(Places));

    private static ReadOnlySpan<uint> Places => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    private static void Check(int length, long firstSample, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        if (length % dimension != 0) throw new ArgumentException($"{length} numbers are not a whole number of samples of {dimension} coordinates");
        NoiseCounter.CheckSample(firstSample, length / dimension);
    }
}
