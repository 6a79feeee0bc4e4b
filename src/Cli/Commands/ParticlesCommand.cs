using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ScoreSde.Cli.Particles;
using ScoreSde.Cli.Terminal;
using ScoreSde.Evaluation.Distances;
using ScoreSde.Evaluation.Pictures;
using ScoreSde.Solvers.Ensembles;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;

namespace ScoreSde.Cli.Commands;

/// <summary>Any number of particles of a law whose score is known.</summary>
internal static class ParticlesCommand
{
    private static readonly string[] Formats = ["png", "npy"];

    public static Command Create(Display display, CancellationToken stop)
    {
        var law = new Option<string>("--law") { Description = "the law of the data, with its exact score: ring, ring:modes,radius,deviation, or FILE.json with weights, means and covariances of a Gaussian mixture", DefaultValueFactory = _ => "ring" };
        var solver = new Option<string>("--solver") { Description = "how to walk back from noise, with its options (see: list solvers)", DefaultValueFactory = _ => "ddim" };
        var process = new Option<string>("--process") { Description = "the forward process (see: list processes)", DefaultValueFactory = _ => "vp" };
        var walk = new WalkOptions("uniform-lambda");
        var eta = Numbers.Real("--eta", "how much noise a general solver puts back: 0 probability flow, 1 reverse SDE", 0, 100);
        var count = Numbers.Count("--n", "how many particles: 1e9 takes no more memory than 1e6", 1_000_000, 1, 1L << 40);
        var first = Numbers.Count("--first", "index of the first, a multiple of 16: a run can be split over machines", 0, 0, 1L << 40);
        var seed = Numbers.Seed();
        var threads = Numbers.Whole("--threads", "threads; 0 takes all", 0, 0, 4096);
        var folder = new Option<string>("--out") { Description = "folder to write to", DefaultValueFactory = _ => "out/particles" };
        var format = new Option<string>("--format") { Description = $"comma-separated, of {string.Join(", ", Formats)}", DefaultValueFactory = _ => "png" };
        var assembly = Additions.Option();
        var command = new Command("particles", "Draws any number of particles of a law whose score is known, and compares them with it.") { law, solver, process, eta, count, first, seed, threads, folder, format, assembly };
        foreach (var option in walk.All) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var formats = Choice.Several("--format", parsed.GetValue(format)!, Formats);
            var additions = Additions.Load(parsed, assembly);
            var (data, sde, chosen) = (Laws.Parse(parsed.GetValue(law)!), additions.Process(parsed.GetValue(process)!), additions.Solvers.Parse(parsed.GetValue(solver)!));
            var way = walk.Walk(parsed, sde, Math.Max(sde.Start, 1e-3 * sde.End), chosen, parsed.GetValue(eta), additions);
            var options = new ParticleOptions
            {
                Count = parsed.GetValue(count), FirstSample = parsed.GetValue(first), Seed = parsed.GetValue(seed), Threads = parsed.GetValue(threads), Eta = parsed.GetValue(eta), Cancellation = stop,
            };
            return Run(display, new ParticleDraw(chosen, way, data, options), formats, parsed.GetValue(folder)!);
        });
        return command.Teach(
            $"""
            Examples:
              ./scoresde particles                                              a million particles of the ring of eight, 50 model calls each
              ./scoresde particles --solver dpmpp-2m --steps 20 --n 1e7         how far off is a solver with 20 calls?
              ./scoresde particles --solver euler-maruyama --steps 1000 --grid uniform-t
              ./scoresde particles --law mixture.json --n 1e8 --format npy      a file of any size, written piece by piece
              ./scoresde particles --n 5e8 --first 5e8                          the second half of a run of 1e9

            Particle i depends on the seed and on i alone: not on how many there are, on the piece of the run it is in, or on threads. particles.npy
            holds float32 in the shape [n, d]; laws have 1, 2, 3, 4 or 8 coordinates. The exact law is that of the level where the run ends, or
            of the data where --finish goes there. Ctrl-C keeps the pieces that are done.

            {WalkOptions.Lesson}
            """);
    }

    private static int Run(Display display, ParticleDraw draw, IReadOnlyList<string> formats, string folder)
    {
        var last = draw.Walk.Moves[^1].To;
        var clean = draw.Walk.Terminal != Solvers.Grids.Terminal.SigmaMin && last.Sigma > 0;
        var summary = new ParticleSummary(new MixtureAtLevel(draw.Law, clean ? last with { Alpha = 1, Sigma = 0 } : last));
        var watch = Stopwatch.StartNew();
        var result = draw.Run(display, summary, formats.Contains("npy") ? Path.Combine(folder, "particles.npy") : null);
        var nanoseconds = watch.Elapsed.TotalNanoseconds / Math.Max(1, result.Done * result.Evaluations);
        if (formats.Contains("png") && result.Done > 0) PngFile.Save(Path.Combine(folder, "particles.png"), summary.Picture());
        display.Say(string.Create(CultureInfo.InvariantCulture, $"{result.Done} particles, {result.Evaluations} model calls each, {nanoseconds:g3} ns a particle and call"));
        summary.Say(display);
        display.Say($"wrote {string.Join(", ", formats)} to {folder}");
        if (result.Status == RunStatus.Completed) return CommandLine.Success;
        display.Complain(FormattableString.Invariant($"stopped after {result.Done} of {draw.Options.Count} particles; the same command with --first {draw.Options.FirstSample + result.Done} goes on from there"));
        return CommandLine.Interrupted;
    }
}
