namespace ScoreSde.Solvers.Noise;

/// <summary>Draws for <see cref="Points"/>: consecutive samples of d coordinates, widened.</summary>
/// <param name="Seed">The key.</param>
/// <param name="Stream">What they are for.</param>
/// <param name="FirstSample">Index of the first sample.</param>
/// <param name="Count">How many samples.</param>
/// <param name="Dimension">d.</param>
public readonly record struct PointsDraws(ulong Seed, NoiseStream Stream, long FirstSample, int Count, int Dimension) : IDraws<Points, PointsDraws>
{
    /// <inheritdoc/>
    public Points Normal(uint draw)
    {
        var values = new double[Count * Dimension];
        NormalNoise.Fill(values, Seed, Stream, draw, FirstSample, Dimension);
        return new Points((ReadOnlySpan<double>)values, Dimension);
    }

    /// <inheritdoc/>
    public PointsDraws On(NoiseStream stream) => this with { Stream = stream };
}
