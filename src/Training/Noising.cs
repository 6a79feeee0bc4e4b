using ScoreSde.Sde;
using ScoreSde.Solvers.Noise;
using ScoreSde.Training.Data;

namespace ScoreSde.Training;

/// <summary>Samples on their way from data to noise: x_t = α x_0 + σ ε with one ε for each sample, so that a strip shows one path of pictures.</summary>
public sealed class Noising
{
    private readonly float[] _data, _noise;

    private Noising(float[] data, float[] noise, int count, IReadOnlyList<long> shape) => (_data, _noise, Count, Shape) = (data, noise, count, shape);

    /// <summary>How many samples.</summary>
    public int Count { get; }

    /// <summary>Shape of one sample.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Numbers in one sample.</summary>
    public int Size => _data.Length / Count;

    /// <summary>Takes the first samples of a set in the order of a seed; ε of sample i depends on seed and i alone.</summary>
    public static Noising Of(ITrainingData data, int count, ulong seed)
    {
        var size = (int)data.Shape.Aggregate(1L, (a, b) => a * b);
        var randomness = new TrainingRandomness(seed);
        float[] x = new float[count * size], noise = new float[count * size];
        for (var i = 0; i < count; i++) data.Read(randomness, i, x.AsSpan(i * size, size));
        NormalNoise.Fill(noise, seed, NoiseStream.Renoise, 0, 0, size);
        return new Noising(x, noise, count, data.Shape);
    }

    /// <summary>The given samples with noise of a seed.</summary>
    public static Noising Of(float[] samples, IReadOnlyList<long> shape, ulong seed)
    {
        var size = (int)shape.Aggregate(1L, (a, b) => a * b);
        var noise = new float[samples.Length];
        NormalNoise.Fill(noise, seed, NoiseStream.Renoise, 0, 0, size);
        return new Noising(samples, noise, samples.Length / size, shape);
    }

    /// <summary>All samples at a level, one after the other.</summary>
    public float[] At(in Level level)
    {
        var x = new float[_data.Length];
        var (alpha, sigma) = ((float)level.Alpha, (float)level.Sigma);
        for (var k = 0; k < x.Length; k++) x[k] = alpha * _data[k] + sigma * _noise[k];
        return x;
    }
}
