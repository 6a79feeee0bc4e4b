using System.Diagnostics;
using System.Globalization;
using System.Text;
using ScoreSde.Benchmarks.Running;
using ScoreSde.Cli.Terminal;
using ScoreSde.Evaluation.Pictures;
using ScoreSde.Models.Files;

namespace ScoreSde.Benchmarks.Growth;

/// <summary>Measures all sweeps and writes a page of pictures and figures.</summary>
internal static class GrowthPage
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(0.4);

    /// <summary>Writes CPU-growth.md and a picture a sweep.</summary>
    /// <returns>The page's path.</returns>
    public static string Write(string folder, IWork work, CancellationToken stop)
    {
        var measured = new List<(Sweep Sweep, IReadOnlyList<Curve> Curves)>();
        var (done, all) = (0, Sweeps.All.Sum(s => s.Lines.Sum(l => l.Values.Length)));
        foreach (var sweep in Sweeps.All)
        {
            var curves = new List<Curve>();
            foreach (var (name, values, run) in sweep.Lines)
            {
                var points = new List<(double, double)>();
                foreach (var value in values)
                {
                    stop.ThrowIfCancellationRequested();
                    work.Report(done++ / (double)all, $"{sweep.Name}: {name}");
                    points.Add((value, Least(run(value))));
                }
                curves.Add(new Curve(name, points));
            }
            measured.Add((sweep, curves));
        }
        Directory.CreateDirectory(folder);
        foreach (var (sweep, curves) in measured) PngFile.Save(Path.Combine(folder, Picture(sweep)), LogChart.Draw($"time of a run: {sweep.Title}", sweep.Across, curves));
        var page = Path.Combine(folder, Machine.File + "-growth.md");
        WholeFile.Write(page, Text(measured));
        return page;
    }

    private static string Picture(Sweep sweep) => $"{Machine.File}-growth-{sweep.Name}.png";

    /// <summary>Seconds, the least of as many runs as fit into some tenths of a second, three at least; the first is not counted.</summary>
    private static double Least(Action run)
    {
        run();
        var (best, whole, runs) = (double.PositiveInfinity, Stopwatch.StartNew(), 0);
        while (runs < 3 || whole.Elapsed < Enough && runs < 1000)
        {
            var began = Stopwatch.GetTimestamp();
            run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds);
            runs++;
        }
        return best;
    }

    private static string Text(IReadOnlyList<(Sweep Sweep, IReadOnlyList<Curve> Curves)> measured)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Line($"# How cost grows");
        Line($"");
        Line($"```");
        Line($"./scoresde bench growth");
        Line($"```");
        Line($"");
        Line($"{Machine.Line}; {DateTime.UtcNow:yyyy-MM-dd}, load {Times.Digits(Machine.Load)}. Time of a whole run, the least of several. Exact scores but for the batch, where it is the shipped network's.");
        foreach (var (sweep, curves) in measured)
        {
            Line($"");
            Line($"## {char.ToUpperInvariant(sweep.Across[0])}{sweep.Across[1..]}");
            Line($"");
            Line($"![time against {sweep.Across}]({Picture(sweep)})");
            Line($"");
            Line($"{sweep.Title}.");
            Line($"");
            var values = curves.SelectMany(c => c.Points.Select(p => p.At)).Distinct().Order().ToList();
            Line($"| {sweep.Across} | {string.Join(" | ", curves.Select(c => c.Name))} |");
            Line($"|---:|{string.Concat(curves.Select(_ => "---:|"))}");
            foreach (var value in values)
                Line($"| {value:n0} | {string.Join(" | ", curves.Select(c => c.Points.Where(p => p.At == value).Select(p => Times.Show(1e9 * p.Seconds)).FirstOrDefault("")))} |");
        }
        return text.ToString();
    }
}
