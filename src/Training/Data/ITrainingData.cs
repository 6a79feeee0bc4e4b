using ScoreSde.Models.Checkpoints;

namespace ScoreSde.Training.Data;

/// <summary>Where training samples come from. Sample n of a run is a pure function of the seed and n, whatever was read before.</summary>
public interface ITrainingData
{
    /// <summary>Name, scaling and classes, as a checkpoint keeps them.</summary>
    DataDescription Description { get; }

    /// <summary>Shape of one sample.</summary>
    IReadOnlyList<long> Shape { get; }

    /// <summary>Number of classes; 0 if the samples have no labels.</summary>
    int Classes { get; }

    /// <summary>Samples in the set; null where every draw is new.</summary>
    long? Count { get; }

    /// <summary>Writes sample <paramref name="n"/> of the run in model values and returns its label (0 if there are none).</summary>
    /// <param name="randomness">The run's randomness.</param>
    /// <param name="n">Samples seen before this one, 0 to 2⁴⁸ − 1.</param>
    /// <param name="x">As many numbers as <see cref="Shape"/> says.</param>
    int Read(TrainingRandomness randomness, long n, Span<float> x);
}
