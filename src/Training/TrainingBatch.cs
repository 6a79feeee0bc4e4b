using ScoreSde.Models.Networks;
using ScoreSde.Sde;
using ScoreSde.Training.Data;

namespace ScoreSde.Training;

/// <summary>
/// The numbers of one step: noisy samples, what the network should answer, times, weights and labels, each row a pure function of seed and
/// sample number (and, for stratified times, of the row).
/// </summary>
public sealed class TrainingBatch
{
    private readonly float[] _noise;

    /// <summary>Buffers for batches of one run.</summary>
    public TrainingBatch(int size, int dimension)
    {
        (Size, Dimension) = (size, dimension);
        (Noisy, Target, _noise) = (new float[size * dimension], new float[size * dimension], new float[dimension]);
        (Times, Weights, Labels) = (new float[size], new float[size], new long[size]);
    }

    /// <summary>Rows.</summary>
    public int Size { get; }

    /// <summary>Numbers in a sample.</summary>
    public int Dimension { get; }

    /// <summary>x = α x_0 + σ ε, row by row.</summary>
    public float[] Noisy { get; }

    /// <summary>What the network should return for each row.</summary>
    public float[] Target { get; }

    /// <summary>The times.</summary>
    public float[] Times { get; }

    /// <summary>Weights of the rows' squared errors.</summary>
    public float[] Weights { get; }

    /// <summary>Labels, dropped ones replaced by the null class.</summary>
    public long[] Labels { get; }

    /// <summary>Fills the buffers for a step (the first is 0).</summary>
    public void Fill(long step, ITrainingData data, ForwardSde process, TrainerOptions options, TrainingRandomness randomness)
    {
        var output = options.Network.Output;
        for (var row = 0; row < Size; row++)
        {
            var n = step * Size + row;
            var x = Noisy.AsSpan(row * Dimension, Dimension);
            var target = Target.AsSpan(row * Dimension, Dimension);
            var label = data.Read(randomness, n, x);
            if (options.Flips && randomness.FlipUniform(n) < 0.5) Mirror(x, (int)data.Shape[^1]);
            Labels[row] = options.LabelDropout > 0 && randomness.LabelUniform(n) < options.LabelDropout ? options.Network.Classes : label;

            var u = randomness.TimeUniform(n);
            if (options.StratifiedTimes) u = (row + u) / Size;
            // The level is that of the time as the network is told it, in float.
            Times[row] = (float)(options.MinTime + (process.End - options.MinTime) * u);
            var level = process.At(Math.Clamp(Times[row], options.MinTime, process.End));
            Weights[row] = (float)Losses.Weight(options.Weighting, output, level);

            randomness.NoiseNormals(n, _noise);
            var (a, s) = ((float)level.Alpha, (float)level.Sigma);
            var (dataFactor, noiseFactor) = Losses.Target(output, level);
            var (b, c) = ((float)dataFactor, (float)noiseFactor);
            for (var i = 0; i < x.Length; i++)
            {
                target[i] = b * x[i] + c * _noise[i];
                x[i] = a * x[i] + s * _noise[i];
            }
        }
    }

    private static void Mirror(Span<float> image, int width)
    {
        for (var start = 0; start < image.Length; start += width) image.Slice(start, width).Reverse();
    }
}
