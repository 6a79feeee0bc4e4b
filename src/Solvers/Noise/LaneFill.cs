using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ScoreSde.Solvers.Noise.Widths;

namespace ScoreSde.Solvers.Noise;

/// <summary>
/// Normals into memory with AVX-512, four vectors of generator blocks side by side: bit for bit what <see cref="NormalNoise"/> gives at any width, for two
/// coordinates and for a multiple of four.
/// </summary>
internal static unsafe class LaneFill
{
    private const int Size = 16, Together = 4;

    /// <summary>Whether this takes a request: the instructions are there, the rows fit, and all samples have the same high bits.</summary>
    public static bool Takes(int length, long firstSample, int dimension) =>
        Avx512F.IsSupported && (dimension == 2 || dimension % 4 == 0) && dimension > 0 && length % dimension == 0 && length >= 256 &&
        firstSample >= 0 && firstSample <= NoiseCounter.LargestSample - length && firstSample >> 32 == firstSample + length / dimension + 1024 >> 32;

    /// <summary>As <see cref="NormalNoise.Fill(Span{float}, ulong, NoiseStream, uint, long, int)"/>.</summary>
    [SkipLocalsInit]
    public static void Fill(Span<float> destination, ulong seed, NoiseStream stream, uint draw, long firstSample, int dimension)
    {
        var keys = stackalloc uint[2 * Philox4x32.Rounds];
        Philox4x32.RoundKeys(seed, new Span<uint>(keys, 2 * Philox4x32.Rounds));
        var bytes = stackalloc byte[(4 * Together + 1) * 64];
        var words = (Vector512<uint>*)((nint)(bytes + 63) & -64);
        var word3 = NoiseCounter.StreamWord(stream, firstSample);
        fixed (float* to = &MemoryMarshal.GetReference(destination))
        {
            if (dimension == 2) Pairs(to, destination.Length, keys, words, draw, (uint)firstSample, word3);
            else Rows(to, destination.Length, keys, words, draw, (uint)firstSample, word3, (uint)dimension / 4);
        }
    }

    /// <summary>A lane a block of four elements, row after row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows(float* to, int length, uint* keys, Vector512<uint>* words, uint draw, uint sample, uint word3, uint blocks)
    {
        // In an order of lanes such that transposing fours of lanes leaves sixty-four bytes that belong together.
        var lanes = Vector512.Create(0u, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        var rows = Vector512<uint>.Zero;
        var all = Vector512.Create(blocks);
        for (var i = 0; i < Size / blocks; i++) // at most 15 blocks beyond the first row
        {
            var over = Vector512.GreaterThanOrEqual(lanes, all);
            (lanes, rows) = (lanes - (over & all), rows - over);
        }
        rows += Vector512.Create(sample);
        var (more, rest) = (Vector512.Create(Size / blocks), Vector512.Create(Size % blocks));
        var buffer = stackalloc float[4 * Size];
        for (var at = 0; at < length; at += 4 * Size * Together)
        {
            for (var v = 0; v < Together; v++)
            {
                LaneRounds.Words(lanes, rows, draw, word3, keys, words + 4 * v);
                (lanes, rows) = (lanes + rest, rows + more);
                var over = Vector512.GreaterThanOrEqual(lanes, all);
                (lanes, rows) = (lanes - (over & all), rows - over);
            }
            LaneRounds.Normals(words, Together, (Vector512<float>*)words, 4);
            for (var v = 0; v < Together; v++)
            {
                var left = length - at - 4 * Size * v;
                if (left <= 0) break;
                Transpose((Vector512<float>*)words + 4 * v, left >= 4 * Size ? to + at + 4 * Size * v : buffer);
                if (left < 4 * Size) new Span<float>(buffer, left).CopyTo(new Span<float>(to + at + 4 * Size * v, left));
            }
        }
    }

    /// <summary>Two coordinates: a lane a sample, and of each block of the generator the pair that holds this draw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pairs(float* to, int length, uint* keys, Vector512<uint>* words, uint draw, uint sample, uint word3)
    {
        var half = (int)(draw % 2) * 2;
        var samples = Vector512.Create(sample) + Vector512<uint>.Indices;
        var low = Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        var high = Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        var buffer = stackalloc float[2 * Size];
        for (var at = 0; at < length; at += 2 * Size * Together)
        {
            for (var v = 0; v < Together; v++)
            {
                LaneRounds.Words(Vector512.Create(draw / 2), samples, 0, word3, keys, words + 4 * v);
                samples += Vector512.Create((uint)Size);
            }
            var w = words + half;
            UnitNormal.Pair<Width64, Quad<float>, Quad<uint>>(new(w[0], w[4], w[8], w[12]), new(w[1], w[5], w[9], w[13]), out var first, out var second);
            var normals = (Vector512<float>*)words;
            (normals[0], normals[2], normals[4], normals[6]) = (first.A, first.B, first.C, first.D);
            (normals[1], normals[3], normals[5], normals[7]) = (second.A, second.B, second.C, second.D);
            for (var v = 0; v < Together; v++)
            {
                var left = length - at - 2 * Size * v;
                if (left <= 0) break;
                var target = left >= 2 * Size ? to + at + 2 * Size * v : buffer;
                Avx512F.PermuteVar16x32x2(normals[2 * v], low, normals[2 * v + 1]).Store(target);
                Avx512F.PermuteVar16x32x2(normals[2 * v], high, normals[2 * v + 1]).Store(target + Size);
                if (left < 2 * Size) new Span<float>(buffer, left).CopyTo(new Span<float>(to + at + 2 * Size * v, left));
            }
        }
    }

    /// <summary>Four values a lane as [lane, value], where lanes stand in the order of <see cref="Rows"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(Vector512<float>* z, float* to)
    {
        var low01 = Avx512F.UnpackLow(z[0], z[1]).AsDouble();
        var high01 = Avx512F.UnpackHigh(z[0], z[1]).AsDouble();
        var low23 = Avx512F.UnpackLow(z[2], z[3]).AsDouble();
        var high23 = Avx512F.UnpackHigh(z[2], z[3]).AsDouble();
        Avx512F.UnpackLow(low01, low23).AsSingle().Store(to);
        Avx512F.UnpackHigh(low01, low23).AsSingle().Store(to + Size);
        Avx512F.UnpackLow(high01, high23).AsSingle().Store(to + 2 * Size);
        Avx512F.UnpackHigh(high01, high23).AsSingle().Store(to + 3 * Size);
    }
}
