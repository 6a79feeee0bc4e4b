using System.Globalization;
using ScoreSde.Models.Checkpoints;
using ScoreSde.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Training;

/// <summary>Everything that changes while a run goes on, and how it is kept: weights, moments, averages, and the sums behind the next log row.</summary>
internal sealed class TrainingState : IDisposable
{
    public TrainingState(ScoreNetwork network, double emaDecay)
    {
        Network = network;
        Optimizer = new AdamOptimizer(network);
        Average = new ExponentialMovingAverage(network, emaDecay);
    }

    public ScoreNetwork Network { get; }

    public AdamOptimizer Optimizer { get; }

    public ExponentialMovingAverage Average { get; }

    /// <summary>Steps done.</summary>
    public long Step { get; set; }

    /// <summary>Sum of the losses since the last log row.</summary>
    public double LossSum { get; set; }

    /// <summary>Number of losses in <see cref="LossSum"/>.</summary>
    public int LossCount { get; set; }

    public void Save(string directory, CheckpointConfig config)
    {
        Checkpoint.Write(directory, config, Average.Averages);
        var metadata = new Dictionary<string, string>
        {
            ["step"] = Step.ToString(CultureInfo.InvariantCulture),
            ["loss_sum"] = LossSum.ToString("R", CultureInfo.InvariantCulture),
            ["loss_count"] = LossCount.ToString(CultureInfo.InvariantCulture),
        };
        Checkpoint.WriteTraining(directory, Tensors(), metadata);
    }

    public void Load(string directory)
    {
        var file = Path.Combine(directory, Checkpoint.TrainingFile);
        var metadata = Checkpoint.ReadInto(file, Tensors());
        Checkpoint.ReadInto(Path.Combine(directory, Checkpoint.ModelFile), Average.Averages);
        Step = long.Parse(metadata["step"], CultureInfo.InvariantCulture);
        LossSum = double.Parse(metadata["loss_sum"], CultureInfo.InvariantCulture);
        LossCount = int.Parse(metadata["loss_count"], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        Average.Dispose();
        Optimizer.Dispose();
    }

    private Dictionary<string, Tensor> Tensors()
    {
        var all = new Dictionary<string, Tensor>(Optimizer.Moments);
        foreach (var (name, parameter) in Network.named_parameters()) all.Add("weight." + name, parameter);
        return all;
    }
}
