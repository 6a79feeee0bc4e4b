using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.Processes;

/// <summary>Draws for a small state: the normals of one sample, widened.</summary>
/// <param name="Seed">The key.</param>
/// <param name="Stream">What they are for.</param>
/// <param name="Sample">Index of the sample.</param>
/// <typeparam name="W">A state of <see cref="Coordinates"/>.</typeparam>
public readonly record struct VectorDraws<W>(ulong Seed, NoiseStream Stream, long Sample) : IDraws<W, VectorDraws<W>>
    where W : struct, IState<W, double>
{
    /// <inheritdoc/>
    public W Normal(uint draw)
    {
        Span<float> single = stackalloc float[W.Dimension(default)];
        Span<double> z = stackalloc double[single.Length];
        NormalNoise.Fill(single, Seed, Stream, draw, Sample, single.Length);
        for (var i = 0; i < z.Length; i++) z[i] = single[i];
        return Coordinates.Read<W>(z);
    }

    /// <inheritdoc/>
    public VectorDraws<W> On(NoiseStream stream) => this with { Stream = stream };
}
