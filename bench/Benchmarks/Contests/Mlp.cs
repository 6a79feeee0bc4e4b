using ScoreSde.Benchmarks.Running;
using ScoreSde.Models.Networks;
using ScoreSde.Models.Sampling;
using ScoreSde.Models.Scores;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Benchmarks.Contests;

/// <summary>A small network on many points: 10,000 points, 1000 Euler–Maruyama steps, a perceptron 66-128-128-128-2.</summary>
internal sealed class Mlp : IContest
{
    private const int Points = 10_000, Steps = 1000;
    private ScoreNetwork? network;
    private float[] samples = [];

    public string Name => "mlp";

    public string Title => "10,000 points × 1000 Euler–Maruyama steps with a perceptron 66-128-128-128-2";

    public double Bar => 2.5;

    public string Unit => "a point-step";

    public double Units => (double)Points * Steps;

    public string Peer => "mlp.py";

    public int Place => 50;

    public string? Check => Problems.Spread(samples);

    public Limit Limit => new("the network's multiplications with the time folded in, at the measured peak of fused multiply-adds on all cores", () => Multiplications * Limits.Product());

    /// <summary>Of one point: 2·128 + 128² + 128² + 128·2.</summary>
    private static double Multiplications => 2 * 128 + 2 * 128 * 128 + 128 * 2;

    public void Prepare()
    {
        manual_seed(1);
        network = new PerceptronConfig().Build();
        using var untracked = no_grad();
        nn.init.uniform_(network.get_parameter("layers.3.weight")!, -0.088, 0.088); // as torch begins a layer of 128 inputs
        network.eval();
    }

    public void Ours()
    {
        using var batch = TensorSampler.Run(
            new SampleRequest
            {
                Solver = new EulerMaruyama(), Grid = TimeGrid.Create(Problems.Process, new UniformTime(), Steps, 1, 1e-3), Event = [2], Count = Points, Batch = Points, Seed = 1,
            },
            (_, _) => new NetworkScore(network!));
        samples = batch.Samples.data<float>().ToArray();
    }
}
