using System.Runtime.CompilerServices;

namespace ScoreSde.Solvers.Noise;

/// <summary>
/// Where a number stands in the generator: counter words (element block, draw, sample bits 0–31, sample bits 32–47 and stream), key = seed.
/// </summary>
/// <remarks>
/// A block gives four normals. For states of three or more coordinates word 0 is element/4, word 1 the draw, and the normal is number element%4
/// of the block. With one or two coordinates that would waste most of a block, so there the normals of a sample are numbered through,
/// n = draw·d + element; the block is n/4, its low 32 bits in word 0 and the rest in word 1, and the normal is number n%4 of the block.
/// </remarks>
public static class NoiseCounter
{
    /// <summary>Largest sample index: 48 bits.</summary>
    public const long LargestSample = (1L << 48) - 1;

    /// <summary>Whether the normals of a sample are numbered through: one and two coordinates.</summary>
    public static bool IsPacked(int dimension) => dimension <= 2;

    /// <summary>Word 3: sample bits 32–47 below the stream.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint StreamWord(NoiseStream stream, long sample) => (uint)((ulong)sample >> 32) & 0xFFFF | (uint)stream << 16;

    /// <summary>The key words of a seed.</summary>
    public static (uint Key0, uint Key1) Key(ulong seed) => ((uint)seed, (uint)(seed >> 32));

    /// <summary>Words 0 and 1 and the place in the block of one normal.</summary>
    public static (uint Word0, uint Word1, int Lane) Place(uint draw, int element, int dimension)
    {
        if (!IsPacked(dimension)) return ((uint)element / 4, draw, element % 4);
        var n = (ulong)draw * (uint)dimension + (uint)element;
        return ((uint)(n / 4), (uint)(n / 4 >> 32), (int)(n % 4));
    }

    /// <summary>Refuses a sample index outside 48 bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of the samples is outside.</exception>
    public static void CheckSample(long first, long count)
    {
        if (first < 0 || count < 0 || first > LargestSample - count + 1)
            throw new ArgumentOutOfRangeException(nameof(first), first, $"samples {first} to {first + count - 1} are not in 0 to 2^48 - 1");
    }
}
