using System.Globalization;
using ScoreSde.Benchmarks.Running;
using ScoreSde.Models.Networks;
using ScoreSde.Models.Sampling;
using ScoreSde.Models.Scores;
using ScoreSde.Solvers.Diffusion;
using ScoreSde.Solvers.Grids;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Benchmarks.Contests;

/// <summary>Images by DDIM with 20 evaluations of a U-Net, whose architecture and weights both sides share, from the same noise.</summary>
internal sealed class UNetSampling : IContestFamily
{
    public IEnumerable<IContest> Contests =>
    [
        new Contest("unet-sampling", "64 images of 28 × 28, 20 calls of a U-Net of 32, 64 and 64 channels", UNetProblem.Batch, false, 60),
        new Contest("unet-sampling-one", "one image of 28 × 28, 20 calls of a U-Net of 32, 64 and 64 channels", 1, false, 61),
        new Contest("unet-sampling-shipped", "64 images by 20 calls of the shipped network", UNetProblem.Batch, true, 62),
        new Contest("unet-sampling-bfloat16", "64 images of 28 × 28, 20 calls of a U-Net of 32, 64 and 64 channels", UNetProblem.Batch, false, 62, brain: true),
    ];

    private sealed class Contest(string name, string title, int batch, bool shipped, int place, bool brain = false) : IContest
    {
        private const int Steps = 20;
        private UNetProblem? problem;
        private UNetProgram? program;
        private SampleRequest? request;
        private Tensor? samples;
        private double error;

        public string Name => name;

        public string Title => title + (brain ? ", weights in bfloat16 and state in float32, DDIM; rivals in the type they like best" : ", float32, DDIM");

        public double Bar => brain ? 3 : 1.7;

        public string Unit => "an image";

        public double Units => batch;

        public string Peer => $"unet.py sampling {UNetProblem.FolderOf(name)} {batch} {Steps}{(brain ? " bfloat16" : "")}";

        public int Repeats => batch == 1 ? 8 : 1;

        public int Place => place;

        public Limit? Limit => new(
            $"{(2e-9 * program!.Products * Steps).ToString("0.00", CultureInfo.InvariantCulture)} GFLOP an image, convolutions counted as direct ones, as multiply-adds in registers; Winograd's take fewer",
            () => (double)program.Products * Steps * Limits.Product());

        public string? Check => FormattableString.Invariant($"{1e-9 * 2 * program!.Products * Steps:f2} GFLOP an image, kernels {Kernels.ImageNetwork.Kernels}") + (brain ? FormattableString.Invariant($"; difference from float32 {error:0.0e+0}") : "");

        public void Prepare()
        {
            problem = shipped ? UNetProblem.Shipped(name) : UNetProblem.Of(UNetProblem.Full, name);
            request = new SampleRequest
            {
                Solver = new Ddim(), Grid = TimeGrid.Create(Problems.Process, new UniformLambda(), Steps, 1, 1e-3),
                Event = problem.Network.Config.EventShape, Count = batch, Batch = batch, Seed = 3,
            };
            using (var start = TensorSampler.Start(request, 0, batch)) problem.Share("start", start);
            Ours();
            problem.Share("ours", samples!); // in float32, also where the network is not: what every difference is from
            if (brain)
            {
                using var exact = samples!.clone();
                problem.Network.to(ScalarType.BFloat16);
                Ours();
                using (NewDisposeScope()) error = ((samples! - exact).abs().max() / exact.abs().max()).item<float>();
            }
            using (var x = zeros([batch, .. problem.Network.Config.EventShape])) program = problem.Network.ProgramFor(x);
            problem.Share("levels", tensor(request.Grid.Levels.ToArray().SelectMany(l => new[] { l.Time, l.Alpha, l.Sigma }).ToArray()));
        }

        public void Ours()
        {
            samples?.Dispose();
            samples = TensorSampler.Run(request!, (_, _) => new NetworkScore(problem!.Network)).Samples;
        }
    }
}
