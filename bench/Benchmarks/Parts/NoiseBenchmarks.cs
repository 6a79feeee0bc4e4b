using BenchmarkDotNet.Attributes;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Benchmarks.Parts;

/// <summary>A million normals into memory, one thread.</summary>
public class NoiseBenchmarks
{
    private readonly float[] _buffer = new float[1 << 20];

    /// <summary>Coordinates of a sample.</summary>
    [Params(1, 2, 4, 1024)]
    public int Dimension { get; set; }

    [Benchmark]
    public void Fill() => NormalNoise.Fill(_buffer, 1, NoiseStream.Step, 0, 0, Dimension);
}
