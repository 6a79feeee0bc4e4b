using System.Text.Json.Serialization;
using ScoreSde.Models.Networks;

namespace ScoreSde.Training;

/// <summary>Everything a training run depends on. Two runs of equal options on one machine give the same weights, bit for bit.</summary>
public sealed record TrainerOptions
{
    /// <summary>Data set by name or file, as <see cref="Data.DataCatalogue.Open"/> takes it.</summary>
    public string Data { get; init; } = "ring";

    /// <summary>The network; its event shape and classes must fit the data.</summary>
    public NetworkConfig Network { get; init; } = new MlpConfig();

    /// <summary>The forward process by its catalogue name.</summary>
    public string Process { get; init; } = "vp-linear";

    /// <summary>How much the error at each time counts.</summary>
    public LossWeighting Weighting { get; init; } = LossWeighting.Output;

    /// <summary>Optimiser steps in all, those of an earlier part of the run included. The learning rate's decay is stretched over them.</summary>
    public long Steps { get; init; } = 2000;

    /// <summary>Samples in a step.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Highest learning rate of Adam.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Steps over which the learning rate rises from zero.</summary>
    public long WarmUpSteps { get; init; } = 100;

    /// <summary>Largest allowed norm of all gradients together; a larger one is scaled down. 0 for no limit.</summary>
    public double GradientNorm { get; init; } = 1;

    /// <summary>Decay d of the averaged weights; after n steps it is min(d, (1 + n)/(10 + n)).</summary>
    public double EmaDecay { get; init; } = 0.999;

    /// <summary>Probability that a sample loses its label, so that the network also learns to do without.</summary>
    public double LabelDropout { get; init; }

    /// <summary>Whether half of the images are mirrored left to right.</summary>
    public bool Flips { get; init; }

    /// <summary>Smallest time trained at: towards 0 the score of stored samples is unbounded.</summary>
    public double MinTime { get; init; } = 1e-3;

    /// <summary>One time from each of batch-many equal parts of the span instead of independent times: less noise in the loss.</summary>
    public bool StratifiedTimes { get; init; } = true;

    /// <summary>Seed of all randomness.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Folder for checkpoints and the loss log; null to keep nothing.</summary>
    public string? Directory { get; init; }

    /// <summary>Steps between checkpoints; 0 for none by steps.</summary>
    public long CheckpointSteps { get; init; }

    /// <summary>Time between checkpoints; zero for none by time.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Steps between rows of the loss log and reports of progress.</summary>
    public int LogSteps { get; init; } = 20;

    /// <summary>Threads of libtorch; 0 to leave it as it is. Part of what the last bits depend on.</summary>
    public int Threads { get; init; }

    /// <summary>Whether U-Nets on the CPU go through the fused kernels; else libtorch does the same up to rounding.</summary>
    public bool Fused { get; init; } = true;

    /// <summary>Where to train: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>
    /// Points of a plane set, without labels: well under a minute on one thread, which for a network this small is faster than two.
    /// </summary>
    public static TrainerOptions Plane(string data) => new() { Data = data, EmaDecay = 0.995, Threads = 1 };

    /// <summary>Fashion-MNIST, told the class, with a network small enough for a CPU.</summary>
    public static TrainerOptions FashionMnist { get; } = new()
    {
        Data = "fashion-mnist",
        Network = new UNetConfig
        {
            Output = Sde.Parametrisation.Velocity,
            Classes = 10,
            PatchSize = 2,
            Channels = [48, 96],
            AttentionLevels = [1],
        },
        Steps = 10_000,
        BatchSize = 32,
        LearningRate = 1e-3,
        WarmUpSteps = 300,
        LabelDropout = 0.1,
        Flips = true,
        LogSteps = 40,
    };

    internal void Check()
    {
        Require(Steps >= 1, $"steps is {Steps}; at least 1 is needed");
        Require(BatchSize >= 1, $"batch size is {BatchSize}; at least 1 is needed");
        Require(LearningRate > 0 && double.IsFinite(LearningRate), FormattableString.Invariant($"learning rate is {LearningRate}; it must be positive"));
        Require(WarmUpSteps >= 0 && CheckpointSteps >= 0 && LogSteps >= 1 && Threads >= 0, "steps of warm-up and between checkpoints and threads are 0 or more, between logs 1 or more");
        Require(GradientNorm >= 0, FormattableString.Invariant($"gradient norm is {GradientNorm}; it is 0 or more"));
        Require(EmaDecay is >= 0 and < 1, FormattableString.Invariant($"EMA decay is {EmaDecay}; it is in [0, 1)"));
        Require(LabelDropout is >= 0 and <= 1, FormattableString.Invariant($"label dropout is {LabelDropout}; it is in [0, 1]"));
        Require(MinTime is >= 0 and < 1, FormattableString.Invariant($"smallest time is {MinTime}; it is in [0, 1)"));
        Require(Network.Classes > 0 || LabelDropout == 0, "label dropout needs a network with classes");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new ArgumentException(otherwise);
    }
}
