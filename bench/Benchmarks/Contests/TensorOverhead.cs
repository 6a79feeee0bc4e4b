using System.Diagnostics;
using ScoreSde.Benchmarks.Running;
using ScoreSde.Models.Checkpoints;
using ScoreSde.Models.Networks;
using ScoreSde.Models.Sampling;
using ScoreSde.Models.Scores;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Grids;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Benchmarks.Contests;

/// <summary>
/// What a sampler on tensors costs beyond its network's calls. The network returns a tensor that it has ready, so that nothing else is timed: the difference of two runs of a
/// real network is lost in the noise of its calls. What share of a real network's calls it is stands in the check. Both sides make their grid in each run.
/// </summary>
internal sealed class TensorOverhead : IContestFamily
{
    public IEnumerable<IContest> Contests => [new Contest(1, 40), new Contest(64, 41)];

    private sealed class Contest(int batch, int place) : IContest, IDisposable
    {
        private const int Steps = 20;
        private Ready? network;
        private SampleRequest? request;
        private double share, call;

        public string Name => FormattableString.Invariant($"tensor-overhead-{batch}");

        public string Title => FormattableString.Invariant($"what DPM-Solver++ 2M, 20 steps, costs beyond its network's calls, {batch} image{(batch == 1 ? "" : "s")} of 28 × 28; the network answers at once");

        public double Bar => 10;

        public string Unit => "a step";

        public double Units => Steps;

        public string Peer => FormattableString.Invariant($"tensor_overhead.py {batch}");

        public int Repeats => 200;

        public int Place => place;

        public Limit? Limit => Limits.Passes(batch * 784, Steps);

        public string? Check => FormattableString.Invariant($"{100 * share:f2} % of a call of the shipped network, {Times.Show(call)}");

        public void Prepare()
        {
            network = new Ready(batch);
            request = new SampleRequest
            {
                Solver = SolverCatalogue.Parse("dpmpp-2m"), Grid = Grid(), Event = [1, 28, 28], Count = batch, Batch = batch, Seed = 1,
            };
        }

        public void Ours()
        {
            using var drawn = TensorSampler.Run(request! with { Grid = Grid() }, (_, _) => new NetworkScore(network!));
        }

        public Times Measure()
        {
            var whole = Times.Of(Ours, Units, Repeats);
            using var x = randn(batch, 1, 28, 28);
            using var t = ones(batch);
            var bare = Times.Of(() => { for (var i = 0; i < Steps; i++) network!.call(x, t, null).Dispose(); }, Units, Repeats);
            if (call == 0) call = Shipped(x, t);
            var overhead = new Times(whole.Wall - bare.Wall, whole.Processor - bare.Processor);
            share = overhead.Wall / call;
            return overhead;
        }

        public void Dispose() => network?.Dispose();

        private static TimeGrid Grid() => TimeGrid.Create(Problems.Process, new UniformLambda(), Steps, 1, 1e-3);

        private static double Shipped(Tensor x, Tensor t)
        {
            using var _ = no_grad();
            using var shipped = Checkpoint.Load(Path.Combine(Checkout.Root, "models", "fashion-mnist")).Network;
            var best = double.PositiveInfinity;
            for (var i = 0; i < 20; i++)
            {
                var began = Stopwatch.GetTimestamp();
                shipped.call(x, t, null).Dispose();
                best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalNanoseconds);
            }
            return best;
        }
    }

    /// <summary>A network that has its answer ready.</summary>
    private sealed class Ready : ScoreNetwork
    {
        private readonly Tensor answer;
        private readonly TorchSharp.Modules.Parameter weight = new(zeros(1));

        public Ready(int batch) : base("ready", new UNetConfig { Height = 28, Width = 28, Classes = 0 })
        {
            answer = zeros(batch, 1, 28, 28);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input1, Tensor input2, Tensor? input3) => answer.alias();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                answer.Dispose();
                weight.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
