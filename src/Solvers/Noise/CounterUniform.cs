namespace ScoreSde.Solvers.Noise;

/// <summary>Uniform numbers of [0, 1) from the same counters as the normals: training times, components of mixtures, dropout, shuffling.</summary>
/// <remarks>Element j of a draw: 24-bit numbers take word j%4 of block j/4, 53-bit numbers words 0–1 or 2–3 of block j/2; word 1 is the draw.
/// Word 0 has its top bit set, which no normal's has: uniforms and normals of one stream share nothing.</remarks>
public static class CounterUniform
{
    /// <summary>A multiple of 2⁻²⁴, exact as a float.</summary>
    public static float At24(ulong seed, NoiseStream stream, uint draw, long sample, int element = 0)
    {
        var (w0, w1, w2, w3) = Block(seed, stream, draw, sample, (uint)element / 4);
        var word = (element % 4) switch { 0 => w0, 1 => w1, 2 => w2, _ => w3 };
        return (word >> 8) * (1f / (1 << 24));
    }

    /// <summary>A multiple of 2⁻⁵³, exact as a double.</summary>
    public static double At53(ulong seed, NoiseStream stream, uint draw, long sample, int element = 0) =>
        (Bits(seed, stream, draw, sample, element) >> 11) * (1.0 / (1L << 53));

    /// <summary>64 random bits: words 0–1 (low first) for even elements, 2–3 for odd ones.</summary>
    public static ulong Bits(ulong seed, NoiseStream stream, uint draw, long sample, int element = 0)
    {
        var (w0, w1, w2, w3) = Block(seed, stream, draw, sample, (uint)element / 2);
        return element % 2 == 0 ? w0 | (ulong)w1 << 32 : w2 | (ulong)w3 << 32;
    }

    private static (uint, uint, uint, uint) Block(ulong seed, NoiseStream stream, uint draw, long sample, uint block)
    {
        NoiseCounter.CheckSample(sample, 1);
        var (c0, c1, c2, c3) = (block | 0x80000000, draw, (uint)sample, NoiseCounter.StreamWord(stream, sample));
        var (k0, k1) = NoiseCounter.Key(seed);
        Philox4x32.Block(ref c0, ref c1, ref c2, ref c3, k0, k1);
        return (c0, c1, c2, c3);
    }
}
