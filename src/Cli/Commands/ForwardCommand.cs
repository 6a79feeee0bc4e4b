using System.CommandLine;
using System.Globalization;
using ScoreSde.Training;
using ScoreSde.Cli.Terminal;
using ScoreSde.Evaluation.Pictures;
using ScoreSde.Models.Files;
using ScoreSde.Sde;
using ScoreSde.Training.Data;

namespace ScoreSde.Cli.Commands;

/// <summary>The forward process, to look at.</summary>
internal static class ForwardCommand
{
    private static readonly string[] Formats = ["png", "npy"];

    public static Command Create(Display display)
    {
        var data = new Option<string>("--data") { Description = "a data set by name or file (see: list data)", DefaultValueFactory = _ => "fashion-mnist" };
        var process = new Option<string>("--process") { Description = "the forward process (see: list processes)", DefaultValueFactory = _ => "vp-linear" };
        var count = Numbers.Whole("--n", "how many samples", 4, 1, 10_000);
        var levels = Numbers.Whole("--levels", "how many times from 0 to 1", 9, 2, 1000);
        var seed = Numbers.Seed();
        var folder = new Option<string>("--out") { Description = "folder to write to", DefaultValueFactory = _ => "out/forward" };
        var format = new Option<string>("--format") { Description = $"comma-separated, of {string.Join(", ", Formats)}", DefaultValueFactory = _ => "png" };
        var command = new Command("forward", "Shows data turning into noise: samples at a few times, with how much signal is left.") { data, process, count, levels, seed, folder, format };
        command.SetAction(parsed => Run(
            display, parsed.GetValue(data)!, parsed.GetValue(process)!, parsed.GetValue(count), parsed.GetValue(levels), parsed.GetValue(seed),
            parsed.GetValue(folder)!, parsed.GetValue(format)!));
        return command.Teach(
            """
            Examples:
              ./scoresde forward                                    four garments, nine times
              ./scoresde forward --process vp-cosine --levels 12    a schedule that keeps the signal longer
              ./scoresde forward --data ring --n 2000               a cloud of points instead of images

            x_t = alpha x_0 + sigma e with e ~ N(0, I). The printed a (usually written with a bar over alpha) is alpha squared:
            the share of the signal's variance that is left. log SNR is log(alpha^2/sigma^2).
            """);
    }

    private static int Run(Display display, string dataText, string processText, int count, int levels, ulong seed, string folder, string formatText)
    {
        var formats = Choice.Several("--format", formatText, Formats);
        var process = ProcessCatalogue.Parse(processText);
        var noising = Noising.Of(DataCatalogue.Open(dataText), count, seed);
        var at = Enumerable.Range(0, levels).Select(k => process.At(process.Start + (process.End - process.Start) * k / (levels - 1))).ToArray();
        display.Say($"{"t",8} {"a",10} {"sigma",10} {"log SNR",10}");
        foreach (var level in at)
            display.Say(string.Create(CultureInfo.InvariantCulture, $"{level.Time,8:0.####} {level.Alpha * level.Alpha,10:0.#####} {level.Sigma,10:0.#####} {2 * level.Lambda,10:0.###}"));
        if (formats.Contains("npy"))
        {
            float[] all = [.. at.SelectMany(level => noising.At(level))];
            NumpyArray.Of(all, [levels, count, .. noising.Shape.Select(s => (int)s)]).Save(Path.Combine(folder, "forward.npy"));
        }
        if (formats.Contains("png")) PngFile.Save(Path.Combine(folder, "forward.png"), Strip(noising, at));
        display.Say($"wrote {string.Join(", ", formats.Select(f => Path.Combine(folder, "forward." + f)))}");
        return CommandLine.Success;
    }

    /// <summary>A column for each level; images below each other, points as a cloud.</summary>
    private static Raster Strip(Noising noising, Level[] levels) => Montage.Grid(
        Array.ConvertAll(levels, level => Column(noising, level)), levels.Length, 8, Colour.White,
        Array.ConvertAll(levels, level => string.Create(CultureInfo.InvariantCulture, $"a={level.Alpha * level.Alpha:0.00}")));

    public static Raster Column(Noising noising, in Level level)
    {
        var x = noising.At(level);
        if (noising.Shape is [1 or 3, var height, var width])
            return Montage.Grid(x, (int)noising.Shape[0], (int)height, (int)width, columns: 1, scale: 3, gap: 4);
        if (noising.Size != 2) throw new BadInputException($"samples of shape [{string.Join(", ", noising.Shape)}] are neither images nor points of the plane; take --format npy");
        return new Chart((-6, 6), (-6, 6), 180, 180).Points(Array.ConvertAll(x, v => (double)v), Colour.Category(5).WithAlpha(0.6)).Picture;
    }
}
