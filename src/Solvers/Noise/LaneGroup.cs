using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ScoreSde.Solvers.Noise.Widths;

namespace ScoreSde.Solvers.Noise;

/// <summary>
/// Normals of several blocks of sixteen consecutive samples, drawn together: the numbers of <see cref="LaneDraws{T}"/>, with what depends on the draw
/// alone done once for all blocks, and what depends on the samples alone once for all draws.
/// </summary>
/// <remarks>Owns its memory; one for each thread.</remarks>
internal sealed unsafe class LaneGroup<T> where T : struct, ILanes<T>
{
    private const int Size = ILanes<T>.Particles;
    private readonly LaneMemory _memory;
    private readonly uint* _keys;
    private readonly Vector512<uint>* _products; // [block, LaneRounds.Products]
    private readonly Vector512<float>* _normals; // [block, 4]: words, then normals of the last block of the generator, of which a later draw may use the rest
    private readonly NoiseStream _stream;
    private long _first;
    private int _blocks;
    private long _kept;

    /// <summary>For a seed and a stream, and so many blocks at most.</summary>
    public LaneGroup(int capacity, ulong seed, NoiseStream stream)
    {
        _stream = stream;
        _memory = new LaneMemory(2 + capacity * (LaneRounds.Products + 4));
        _keys = (uint*)_memory.First;
        _products = (Vector512<uint>*)(_memory.First + 2);
        _normals = _memory.First + 2 + capacity * LaneRounds.Products;
        Philox4x32.RoundKeys(seed, new Span<uint>(_keys, 2 * Philox4x32.Rounds));
    }

    /// <summary>Takes up the blocks from sample <paramref name="first"/> on, a multiple of 16.</summary>
    public void Begin(long first, int blocks)
    {
        NoiseCounter.CheckSample(first, (long)blocks * Size);
        if (first % Size != 0) throw new ArgumentException($"lanes start at a multiple of 16; {first} is none", nameof(first));
        (_first, _blocks, _kept) = (first, blocks, -1);
        if (!Avx512F.IsSupported) return;
        for (var b = 0; b < blocks; b++)
            LaneRounds.Begin(Samples(b), NoiseCounter.IsPacked(T.Coordinates), _keys, _products + b * LaneRounds.Products);
    }

    /// <summary>The standard normals of one draw, block after block.</summary>
    public void Draw(uint draw, ref T destination)
    {
        var d = T.Coordinates;
        if (NoiseCounter.IsPacked(d))
        {
            var draws = (uint)(4 / d); // in one block of the generator
            if (draw / draws != _kept)
            {
                _kept = draw / draws;
                Four(draw / draws, 0, _normals, 4);
            }
            Copy(_normals + draw % draws * d, ref destination);
        }
        else if (d == 3)
        {
            Four(0, draw, _normals, 4);
            Copy(_normals, ref destination);
        }
        else
        {
            fixed (void* at = &Unsafe.As<T, byte>(ref destination))
                for (var element = 0; element < d; element += 4) Four((uint)element / 4, draw, (Vector512<float>*)at + element, d);
        }
        GC.KeepAlive(this);
    }

    /// <summary>The first coordinates of each block's four normals.</summary>
    private void Copy(Vector512<float>* normals, ref T destination)
    {
        var d = T.Coordinates;
        ref var to = ref Unsafe.As<T, Vector512<float>>(ref destination);
        for (var b = 0; b < _blocks; b++)
            for (var j = 0; j < d; j++) Unsafe.Add(ref to, b * d + j) = normals[4 * b + j]; // vector by vector: what is written in halves cannot be read whole at once
    }

    /// <summary>Four normals of every block, <paramref name="stride"/> vectors from one to the next.</summary>
    private void Four(uint counter0, uint counter1, Vector512<float>* normals, int stride)
    {
        if (!Avx512F.IsSupported)
        {
            for (var b = 0; b < _blocks; b++) Plain(b, counter0, counter1, normals + b * stride);
            return;
        }
        var before = (int)Math.Min(_blocks, ((1L << 32) - (_first & 0xFFFFFFFF)) / Size);
        Part(0, before, counter0, counter1, normals, stride);
        if (before < _blocks) Part(before, _blocks - before, counter0, counter1, normals, stride); // beyond 2³²: another word 3
    }

    private void Part(int block, int count, uint counter0, uint counter1, Vector512<float>* normals, int stride)
    {
        var word = NoiseCounter.StreamWord(_stream, _first + (long)block * Size);
        var products = _products + block * LaneRounds.Products;
        var words = (Vector512<uint>*)_normals + 4 * block;
        if (NoiseCounter.IsPacked(T.Coordinates)) LaneRounds.Packed(products, count, _keys, counter0, word, words);
        else LaneRounds.Rows(products, count, _keys, counter0, counter1, word, words);
        LaneRounds.Normals(words, count, normals + block * stride, stride);
    }

    private void Plain(int block, uint counter0, uint counter1, Vector512<float>* normals)
    {
        var (c0, c1, c2) = (Vector512.Create(counter0), Vector512.Create(counter1), Samples(block));
        var c3 = Vector512.Create(NoiseCounter.StreamWord(_stream, _first + (long)block * Size));
        Philox4x32.Block(ref c0, ref c1, ref c2, ref c3, _keys[0], _keys[1]);
        UnitNormal.Pair<Width16, Vector512<float>, Vector512<uint>>(c0, c1, out normals[0], out normals[1]);
        UnitNormal.Pair<Width16, Vector512<float>, Vector512<uint>>(c2, c3, out normals[2], out normals[3]);
    }

    private Vector512<uint> Samples(int block) => Vector512.Create((uint)(_first + (long)block * Size)) + Vector512<uint>.Indices;
}
