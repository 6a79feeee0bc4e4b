using System.Runtime.CompilerServices;

namespace ScoreSde.Solvers.Noise;

/// <summary>
/// Independent noise for each sub-interval: draw = step·slots + slot. The space-time area of a sub-interval is the draw of the same number in
/// <see cref="NoiseStream.Bridge"/>, so asking for it does not change the increments.
/// </summary>
/// <remarks>Not for adaptive runs: a step taken again would see its old noise, not the path's. Take a path there.</remarks>
/// <typeparam name="W">State of the noise.</typeparam>
/// <typeparam name="TDraws">Its numbered draws.</typeparam>
public struct IndependentNoise<W, TDraws> : INoise<W> where TDraws : struct, IDraws<W, TDraws>
{
    private readonly uint _slots;
    private TDraws _draws;
    private TDraws _areas;

    /// <summary>Noise from numbered draws, with at most that many sub-intervals a step (the card's noise slots).</summary>
    public IndependentNoise(TDraws draws, int slots)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slots);
        _slots = (uint)slots;
        _draws = draws;
        _areas = draws.On(NoiseStream.Bridge);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public W Increment(in Interval interval, int slot)
    {
        if ((uint)slot >= _slots) Refuse(slot, _slots);
        return _draws.Normal((uint)interval.Step * _slots + (uint)slot);
    }

    /// <inheritdoc/>
    public (W W, W H) SpaceTime(in Interval interval, int slot) =>
        (Increment(interval, slot), _areas.Normal((uint)interval.Step * _slots + (uint)slot));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Refuse(int slot, uint slots) =>
        throw new ArgumentOutOfRangeException(nameof(slot), slot, $"slot {slot} was asked for; this noise was made for {slots} a step");
}

/// <summary>Makes independent noise without naming its types.</summary>
public static class IndependentNoise
{
    /// <summary>For <see cref="Scalar"/>: sample <paramref name="sample"/> of a one-dimensional run.</summary>
    public static IndependentNoise<Scalar, ScalarDraws> ForScalar(ulong seed, long sample, int slots, NoiseStream stream = NoiseStream.Step)
    {
        NoiseCounter.CheckSample(sample, 1);
        return new(new ScalarDraws(seed, stream, sample), slots);
    }
}
