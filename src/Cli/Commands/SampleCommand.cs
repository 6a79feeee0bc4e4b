using System.CommandLine;
using System.Globalization;
using ScoreSde.Cli.Networks;
using ScoreSde.Cli.Terminal;
using ScoreSde.Evaluation.Pictures;
using ScoreSde.Models.Files;
using ScoreSde.Solvers;
using ScoreSde.Solvers.Correctors;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;

namespace ScoreSde.Cli.Commands;

/// <summary>Samples from a trained network.</summary>
internal static class SampleCommand
{
    private static readonly string[] Formats = ["png", "npy"];

    public static Command Create(Display display, CancellationToken stop)
    {
        var model = new Option<string?>("--model") { Description = "a checkpoint or the folder of a training run (default: the network that comes with ScoreSde)" };
        var solver = new Option<string>("--solver") { Description = "how to walk back from noise, with its options (see: list solvers)", DefaultValueFactory = _ => "ddim" };
        var walk = new WalkOptions("uniform-t");
        var tolerance = new ToleranceOptions();
        var eta = Numbers.Real("--eta", "how much noise a general solver puts back: 0 probability flow, 1 reverse SDE", 0, 100);
        var corrector = new Option<string?>("--corrector") { Description = "Langevin steps at each level before the solver's, with their options (see: list correctors)" };
        var restart = new Option<string?>("--restart") { Description = "go back up and down again: low=0.05,high=0.5,times=1,steps=5, levels in sigma/alpha" };
        var count = Numbers.Whole("--n", "how many samples", 64, 1, 10_000_000);
        var first = Numbers.Whole("--first", "index of the first sample: sample 7 is the same alone or among many", 0, 0, int.MaxValue);
        var label = new Option<int?>("--label") { Description = "class to draw; without it the classes take turns" };
        var seed = Numbers.Seed();
        var batch = Numbers.Whole("--batch", "samples that go through the network together", 64, 1, 65536);
        var (device, precision) = (Devices.Option(), Devices.Precision());
        var launched = new Option<bool>("--no-graphs") { Description = "on a GPU: launch the network's operations one by one at every call, instead of replaying a recorded call" };
        var folder = new Option<string>("--out") { Description = "folder to write to", DefaultValueFactory = _ => "out/sample" };
        var format = new Option<string>("--format") { Description = $"comma-separated, of {string.Join(", ", Formats)}", DefaultValueFactory = _ => "png" };
        var assembly = Additions.Option();
        var command = new Command("sample", "Draws samples from a trained network with a solver of your choice.") { model, solver, eta, corrector, restart, count, first, label, seed, batch, device, precision, launched, folder, format, assembly };
        foreach (var option in walk.All.Concat(tolerance.All)) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var formats = Choice.Several("--format", parsed.GetValue(format)!, Formats);
            var additions = Additions.Load(parsed, assembly);
            var chosen = additions.Solvers.Parse(parsed.GetValue(solver)!);
            using var trained = TrainedModel.Load(parsed.GetValue(model) ?? DefaultModel.Require(), parsed.GetValue(device)!, Devices.Type(parsed.GetValue(precision)!));
            trained.CheckLabel(parsed.GetValue(label));
            var own = tolerance.Read(parsed, chosen, additions.Solvers, eta, corrector, restart);
            var way = own is null
                ? walk.Walk(parsed, trained.Process, trained.LeastTime, chosen, parsed.GetValue(eta), additions)
                : Walk.Straight(walk.Ends(parsed, trained.Process, trained.LeastTime));
            var plan = new DrawPlan(chosen, way.Grid, parsed.GetValue(count), parsed.GetValue(seed))
            {
                Replayed = !parsed.GetValue(launched), OwnSteps = own, Orders = way.Orders, Terminal = walk.Finish(parsed, chosen, parsed.GetValue(eta)), First = parsed.GetValue(first),
                Batch = parsed.GetValue(batch), Eta = parsed.GetValue(eta),
                Corrector = parsed.GetValue(corrector) is { } langevin ? CorrectorCatalogue.Parse(langevin) : null,
                Restart = parsed.GetValue(restart) is { } again ? Restart.Parse(again) : null, Label = parsed.GetValue(label), EveryClass = true,
            };
            return Run(display, trained, plan, formats, parsed.GetValue(folder)!, stop);
        });
        return command.Teach(
            $"""
            Examples:
              ./scoresde sample                                            64 garments from the network that comes along
              ./scoresde sample --solver ddim --steps 20 --seed 7          the probability flow in 20 model calls
              ./scoresde sample --solver euler-maruyama --steps 500        the reverse SDE, step by step
              ./scoresde sample --solver edm-heun --grid karras --steps 18 --finish tweedie
              ./scoresde sample --solver reverse-diffusion --corrector langevin:snr=0.16,steps=1
                                                                           predictor and corrector, two model calls a step
              ./scoresde sample --solver edm-heun --restart low=0.1,high=2,times=3,steps=4
                                                                           back up to sigma/alpha = 2 three times on the way
              ./scoresde sample --solver dormand-prince-5 --rtol 1e-3      every sample chooses its own steps to this tolerance
              ./scoresde sample --label 7 --n 16 --format png,npy          sixteen sneakers, also as an array
              ./scoresde sample --device cuda --precision bfloat16         on a GPU, the network in 16 bits
              ./scoresde sample --device cuda --no-graphs                  each of the network's operations launched by itself
              ./scoresde sample --first 41 --n 1                           sample 41 of the same run, alone

            The same seed starts every solver from the same noise, so pictures of two solvers can be compared one by one. samples.npy holds
            model values (-1 black to 1 white for images) in the shape [n, channels, height, width], or [n, d] for points.
            Ctrl-C keeps the batches that are done.

            {WalkOptions.Lesson}
            ./scoresde explain takes the same options and prints every step's coefficients.

            {ToleranceOptions.Lesson}
            """);
    }

    private static int Run(Display display, TrainedModel trained, DrawPlan plan, IReadOnlyList<string> formats, string folder, CancellationToken stop)
    {
        var drawn = display.Work($"sampling with {plan.Solver.Card.Name}", work => trained.Draw(plan, work, stop));
        if (drawn.Count > 0)
        {
            if (formats.Contains("npy"))
                NumpyArray.Of(drawn.Samples, [drawn.Count, .. trained.Event.Select(s => (int)s)]).Save(Path.Combine(folder, "samples.npy"));
            if (formats.Contains("png")) PngFile.Save(Path.Combine(folder, "samples.png"), Picture(drawn, trained.Event));
            display.Say(string.Create(CultureInfo.InvariantCulture,
                $"{drawn.Count} samples, {Calls(drawn)}, {drawn.Elapsed.TotalSeconds:0.0} s; wrote {string.Join(", ", formats.Select(f => Path.Combine(folder, "samples." + f)))}"));
            if (drawn.Replays is { } replays) display.Say(replays.ToString());
        }
        if (drawn.Status == RunStatus.Completed) return CommandLine.Success;
        var interrupted = drawn.Status == RunStatus.Cancelled;
        display.Complain($"scoresde sample: {(interrupted ? "interrupted" : drawn.Message)}; {drawn.Count} of {plan.Count} samples are kept");
        return interrupted ? CommandLine.Interrupted : CommandLine.Failure;
    }

    private static string Calls(Drawn drawn)
    {
        if (drawn.Steps is not { } steps) return $"{drawn.Evaluations} model calls each";
        return string.Create(CultureInfo.InvariantCulture,
            $"each at the end after {steps.Accepted.Average():0.0} steps (at most {steps.Accepted.Max()}), {steps.Rejected.Average():0.0} rejected (at most {steps.Rejected.Max()}), {steps.Evaluations.Average():0.0} model calls (at most {steps.Evaluations.Max()}; {drawn.Evaluations} for a batch)");
    }

    private static Raster Picture(Drawn drawn, long[] shape)
    {
        if (shape is [1 or 3, var height, var width]) return Montage.Grid(drawn.Samples, (int)shape[0], (int)height, (int)width, scale: 2);
        if (shape is not [2]) throw new BadInputException($"samples of shape [{string.Join(", ", shape)}] are neither images nor points of the plane; take --format npy");
        return new Chart((-6, 6), (-6, 6), 480, 480).Points(Array.ConvertAll(drawn.Samples, v => (double)v), Colour.Category(5).WithAlpha(0.5)).Picture;
    }
}
