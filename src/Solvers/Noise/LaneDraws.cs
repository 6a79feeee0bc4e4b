using System.Runtime.CompilerServices;

namespace ScoreSde.Solvers.Noise;

/// <summary>Draws for lanes: sixteen consecutive samples from a multiple of sixteen on.</summary>
public struct LaneDraws<T> : IDraws<T, LaneDraws<T>> where T : struct, ILanes<T>
{
    private readonly ulong _seed;
    private readonly long _firstSample;
    private LaneBlocks _blocks;

    /// <summary>For samples <paramref name="firstSample"/> to <paramref name="firstSample"/> + 15.</summary>
    /// <exception cref="ArgumentException">The first sample is not a multiple of 16.</exception>
    public LaneDraws(ulong seed, NoiseStream stream, long firstSample)
    {
        (_seed, _firstSample) = (seed, firstSample);
        _blocks = new LaneBlocks(seed, stream, firstSample);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Normal(uint draw) => T.Normal(ref _blocks, draw);

    /// <inheritdoc/>
    public readonly LaneDraws<T> On(NoiseStream stream) => new(_seed, stream, _firstSample);
}
