namespace ScoreSde.Solvers.Noise;

/// <summary>Draws for <see cref="Scalar"/>: the normals of one sample of one coordinate, widened.</summary>
/// <param name="Seed">The key.</param>
/// <param name="Stream">What they are for.</param>
/// <param name="Sample">Index of the sample.</param>
public readonly record struct ScalarDraws(ulong Seed, NoiseStream Stream, long Sample) : IDraws<Scalar, ScalarDraws>
{
    /// <inheritdoc/>
    public Scalar Normal(uint draw) => NormalNoise.At(Seed, Stream, draw, Sample, 0, 1);

    /// <inheritdoc/>
    public ScalarDraws On(NoiseStream stream) => this with { Stream = stream };
}
