using ScoreSde.Solvers.Noise;

namespace ScoreSde.Training;

/// <summary>
/// All randomness of a training run, each number a pure function of (seed, purpose, sample): a run that was interrupted continues with the
/// numbers it would have had, and a sample has the same noise in whatever batch it stands.
/// </summary>
/// <remarks>
/// Counter-based: Philox4x32-10 with the seed as key; sample n of the run counts samples, not steps. Draw 0 is the noise of the forward
/// process, the other draws keep the purposes of a stream apart.
/// </remarks>
public sealed class TrainingRandomness(ulong seed)
{
    private const uint EpochDraw = 1, DataDraw = 2, FlipDraw = 3;

    /// <summary>The seed.</summary>
    public ulong Seed { get; } = seed;

    /// <summary>ε of sample n: standard normals.</summary>
    public void NoiseNormals(long n, Span<float> destination) => Normals(NoiseStream.TrainNoise, n, 0, destination);

    /// <summary>The number in [0, 1) that places sample n in time.</summary>
    public double TimeUniform(long n) => Uniform(NoiseStream.TrainTime, n, 0);

    /// <summary>The number in [0, 1) that decides whether sample n keeps its label.</summary>
    public double LabelUniform(long n) => Uniform(NoiseStream.Dropout, n, 0);

    /// <summary>The number in [0, 1) that decides whether sample n is mirrored.</summary>
    public double FlipUniform(long n) => Uniform(NoiseStream.Shuffle, n, FlipDraw);

    /// <summary>Normals that a drawn data set makes its sample n of.</summary>
    public void DataNormals(long n, Span<float> destination) => Normals(NoiseStream.TrainNoise, n, DataDraw, destination);

    /// <summary>Numbers in [0, 1) that a drawn data set makes its sample n of.</summary>
    public void DataUniforms(long n, Span<double> destination) => Uniforms(NoiseStream.Shuffle, n, DataDraw, destination);

    /// <summary>Numbers in [0, 1) that shuffle an epoch.</summary>
    public void EpochUniforms(long epoch, Span<double> destination) => Uniforms(NoiseStream.Shuffle, epoch, EpochDraw, destination);

    /// <summary>The seed of libtorch's generator, which drops features, in a step.</summary>
    public long FeatureDropoutSeed(long step) => (long)(Uniform(NoiseStream.Dropout, step, 1) * (1L << 53));

    private void Normals(NoiseStream stream, long n, uint draw, Span<float> destination) =>
        NormalNoise.Fill(destination, Seed, stream, draw, n, destination.Length);

    private double Uniform(NoiseStream stream, long n, uint draw) => CounterUniform.At53(Seed, stream, draw, n);

    private void Uniforms(NoiseStream stream, long n, uint draw, Span<double> destination)
    {
        for (var i = 0; i < destination.Length; i++) destination[i] = CounterUniform.At53(Seed, stream, draw, n, i);
    }
}
