using System.Globalization;
using ScoreSde.Cli.Terminal;
using ScoreSde.Evaluation.Distances;
using ScoreSde.Models.Checkpoints;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Training;
using ScoreSde.Training.Data;
using static TorchSharp.torch;

namespace ScoreSde.Cli.Networks;

/// <summary>How far a network's samples of a plane set are from the set itself, beside what the same network does untrained and what fresh data do.</summary>
internal static class PlaneQuality
{
    private const int Points = 4000, Steps = 50;
    private const ulong SampleSeed = 11, DataSeed = 0x5EED_0F_DA7A, OtherDataSeed = 0x5EED_0F_DA7B;

    /// <summary>Sliced Wasserstein distances of 4000 samples (DDIM, 50 steps) to 4000 fresh points of the data.</summary>
    public static (Estimate Trained, Estimate Untrained, Estimate Data) Measure(string checkpoint, ITrainingData data, IWork work, CancellationToken stop)
    {
        using var trained = TrainedModel.Load(checkpoint, CPU);
        var config = trained.Config;
        using var blank = TrainedModel.Untrained(config, CPU);
        var truth = Fresh(data, DataSeed);
        var ofTrained = Distance(trained, truth, new Half(work, 0), stop);
        var ofUntrained = Distance(blank, truth, new Half(work, 0.5), stop);
        return (ofTrained, ofUntrained, SlicedWasserstein.Between(Fresh(data, OtherDataSeed), truth));
    }

    /// <summary>The same in a line.</summary>
    public static string Describe(Estimate trained, Estimate untrained, Estimate data) => string.Create(
        CultureInfo.InvariantCulture,
        $"sliced Wasserstein distance to the data, {Points} samples by ddim in {Steps} steps: {trained}; untrained {untrained}; fresh data {data}");

    private static Estimate Distance(TrainedModel model, PointSet truth, IWork work, CancellationToken stop)
    {
        var plan = new DrawPlan(new Ddim(), model.Grid("uniform-t", Steps), Points, SampleSeed) { Batch = Points, EveryClass = true };
        return SlicedWasserstein.Between(PointSet.Of(model.Draw(plan, work, stop).Samples, 2), truth);
    }

    private static PointSet Fresh(ITrainingData data, ulong seed)
    {
        var randomness = new TrainingRandomness(seed);
        var points = new float[2 * Points];
        for (var i = 0; i < Points; i++) data.Read(randomness, i, points.AsSpan(2 * i, 2));
        return PointSet.Of(points, 2);
    }

    /// <summary>Half of a piece of work.</summary>
    private sealed class Half(IWork whole, double from) : IWork
    {
        public void Report(double share, string? note = null) => whole.Report(from + 0.5 * share, note);
    }
}
