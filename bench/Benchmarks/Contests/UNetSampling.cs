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
    ];

    private sealed class Contest(string name, string title, int batch, bool shipped, int place) : IContest
    {
        private const int Steps = 20;
        private UNetProblem? problem;
        private UNetProgram? program;
        private SampleRequest? request;
        private Tensor? samples;

        public string Name => name;

        public string Title => title + ", float32, DDIM";

        public double Bar => 1.7;

        public string Unit => "an image";

        public double Units => batch;

        public string Peer => $"unet.py sampling {UNetProblem.FolderOf(name)} {batch} {Steps}";

        public int Repeats => batch == 1 ? 8 : 1;

        public int Place => place;

        public Limit? Limit => new(
            $"{(2e-9 * program!.Products * Steps).ToString("0.00", CultureInfo.InvariantCulture)} GFLOP an image, convolutions counted as direct ones, as multiply-adds in registers; Winograd's take fewer",
            () => (double)program.Products * Steps * Limits.Product());

        public string? Check => FormattableString.Invariant($"{1e-9 * 2 * program!.Products * Steps:f2} GFLOP an image, kernels {Kernels.ImageNetwork.Kernels}");

        public void Prepare()
        {
            problem = shipped ? UNetProblem.Shipped(name) : UNetProblem.Of(UNetProblem.Full, name);
            request = new SampleRequest
            {
                Solver = new Ddim(), Grid = TimeGrid.Create(Problems.Process, new UniformLambda(), Steps, 1, 1e-3),
                Event = problem.Network.Config.EventShape, Count = batch, Batch = batch, Seed = 3,
            };
            using (var start = TensorSampler.Start(request, 0, batch)) problem.Share("start", start);
            using (var x = zeros([batch, .. problem.Network.Config.EventShape])) program = problem.Network.ProgramFor(x);
            Ours();
            problem.Share("ours", samples!);
            problem.Share("levels", tensor(request.Grid.Levels.ToArray().SelectMany(l => new[] { l.Time, l.Alpha, l.Sigma }).ToArray()));
        }

        public void Ours()
        {
            samples?.Dispose();
            samples = TensorSampler.Run(request!, (_, _) => new NetworkScore(problem!.Network)).Samples;
        }
    }
}
