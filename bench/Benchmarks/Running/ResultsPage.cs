using System.Globalization;
using System.Text;
using System.Text.Json;
using ScoreSde.Evaluation.Pictures;
using ScoreSde.Models.Files;

namespace ScoreSde.Benchmarks.Running;

/// <summary>bench/results/CPU.md its picture, and the figures both are made of, CPU.json: a run of a few contests renews their rows and keeps the others.</summary>
internal static class ResultsPage
{
    private static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Renews rows and writes the files, each whole or not at all.</summary>
    /// <returns>The page's path.</returns>
    public static string Write(string folder, IReadOnlyList<ContestResult> results)
    {
        var figures = Path.Combine(folder, Machine.File + ".json");
        var rows = (File.Exists(figures) ? JsonSerializer.Deserialize<List<ContestResult>>(File.ReadAllText(figures), Layout)! : [])
            .Where(r => r.Walls.Count > 0 && ContestRunner.All.Any(c => c.Name == r.Name) && results.All(n => n.Name != r.Name))
            .Concat(results).OrderBy(r => r.Place).ThenBy(r => r.Name, StringComparer.Ordinal).ToList();
        WholeFile.Write(figures, JsonSerializer.Serialize(rows, Layout) + "\n");
        var page = Path.ChangeExtension(figures, ".md");
        PngFile.Save(Path.ChangeExtension(figures, ".png"), RatioChart.Draw(rows));
        WholeFile.Write(page, Text(rows));
        return page;
    }

    /// <summary>The page.</summary>
    public static string Text(IReadOnlyList<ContestResult> rows)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Line($"# Speed against others");
        Line($"");
        Line($"```");
        Line($"./scoresde bench");
        Line($"```");
        Line($"");
        Line($"{Machine.Line}.");
        Line($"");
        Line($"Ours and each rival in turn in one run, medians over the rounds by the wall clock; *ratio* is the fastest rival's time over ours in the same round, the median of the rounds");
        Line($"and the least and the greatest; *processor* is the ratio of the medians in processor time. A rival is a program of our own on Debian's torch (`bench/peers`), tuned, or a library");
        Line($"called by one; each takes the faster of one and two threads. A rival over 2.5 times slower than the fastest ran in the first round only. *Limit*: the arithmetic that the usual");
        Line($"algorithm needs, or loading alone, before and after each of our rounds and as long; *distance* is ours over it, the median of the rounds.");
        Line($"");
        Line($"![Ratios]({Machine.File}.png)");
        Line($"");
        Line($"| contest | ours | fastest rival | ratio | of the rounds | bar | processor | limit | distance |");
        Line($"|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var r in rows)
            Line($"| [{r.Name}](#{r.Name}) | {Times.Show(r.Ours.Wall)} {r.Unit} | {Times.Show(r.Fastest.Times!.Value.Wall)} | {(r.Ratio >= r.Bar ? "**" : "")}{Times.Digits(r.Ratio)}×{(r.Ratio >= r.Bar ? "**" : "")} | {Times.Digits(r.Ratios.Min())}–{Times.Digits(r.Ratios.Max())} | {Times.Digits(r.Bar)}× | {Times.Digits(r.ProcessorRatio)}× | {(r.Limit is { } l ? Times.Show(l) : "")} | {(r.Distance is { } d ? Times.Digits(d) : "")} |");
        foreach (var r in rows)
        {
            Line($"");
            Line($"## {r.Name}");
            Line($"");
            Line($"{r.Title}. {r.Rounds} rounds, {r.When}, load {Times.Digits(r.Load)}.");
            Line($"");
            Line($"| | wall, {r.Unit} | processor | × ours | |");
            Line($"|---|---:|---:|---:|---|");
            Line($"| ours | {Times.Show(r.Ours.Wall)} | {Times.Show(r.Ours.Processor)} | | {r.Check} |");
            foreach (var rival in r.Rivals)
                Line($"| {rival.Name} | {Show(rival.Times?.Wall)} | {Show(rival.Times?.Processor)} | {(rival.Times is { } t ? Times.Digits(t.Wall / r.Ours.Wall) : "failed")} | {string.Join("; ", new[] { rival.Choice, rival.Check, rival.Rounds < r.Rounds ? $"{rival.Rounds} round" : "" }.Where(s => s.Length > 0))} |");
            if (r.Limit is { } limit) Line($"| limit: {r.LimitName} | {Times.Show(limit)} | | {Times.Digits(limit / r.Ours.Wall)} | |");
        }
        return text.ToString();
    }

    private static string Show(double? nanoseconds) => nanoseconds is { } n ? Times.Show(n) : "";
}
