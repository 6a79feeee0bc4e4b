using System.Globalization;
using System.Text;
using ScoreSde.Evaluation.Distances;
using ScoreSde.Evaluation.Pictures;

namespace ScoreSde.Evaluation.Reports;

/// <summary>Estimates as dots with whiskers, one row each, on one axis; an SVG drawing in the colours of its page.</summary>
public static class IntervalChart
{
    private const int Row = 26, Top = 8, Bottom = 44;

    /// <summary>A row: its label, estimate and which of the page's two colours it has.</summary>
    public readonly record struct Entry(string Label, Estimate Estimate, bool Second);

    /// <summary>Draws the rows.</summary>
    /// <param name="entries">At least one.</param>
    /// <param name="axis">What the numbers are.</param>
    /// <param name="z">Half length of the whiskers in standard errors; 2.576 covers 99 %.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="labels">Width of the label column in pixels.</param>
    public static string Draw(IReadOnlyList<Entry> entries, string axis, double z = 2.576, int width = 720, int labels = 260)
    {
        if (entries.Count == 0) throw new ArgumentException("a chart has at least one row", nameof(entries));
        var low = Math.Min(0, entries.Min(e => e.Estimate.Interval(z).Low));
        var high = Math.Max(1e-12, entries.Max(e => e.Estimate.Interval(z).High));
        var pad = 0.04 * (high - low);
        (low, high) = (low - pad, high + pad);
        var bottom = Top + entries.Count * Row;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {width} {bottom + Bottom}\" width=\"{width}\" height=\"{bottom + Bottom}\" role=\"img\" aria-label=\"{HtmlPage.Escape(axis)}\" fill=\"currentColor\">\n");
        foreach (var tick in Chart.Ticks(low, high, 6))
        {
            var x = Across(tick);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Top}\" y2=\"{bottom}\" stroke=\"var(--{(tick == 0 ? "soft" : "line")})\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{bottom + 17}\" text-anchor=\"middle\" fill=\"var(--soft)\">{tick:0.######}</text>\n");
        }
        for (var k = 0; k < entries.Count; k++)
        {
            var (label, estimate, second) = entries[k];
            var y = Top + (k + 0.5) * Row;
            var (from, to) = estimate.Interval(z);
            var colour = second ? "var(--second)" : "var(--accent)";
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{labels - 14}\" y=\"{y + 4.5:0.#}\" text-anchor=\"end\">{HtmlPage.Escape(label)}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Across(from):0.##}\" x2=\"{Across(to):0.##}\" y1=\"{y}\" y2=\"{y}\" stroke=\"{colour}\" stroke-width=\"2\"/>");
            foreach (var end in new[] { from, to })
                svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Across(end):0.##}\" x2=\"{Across(end):0.##}\" y1=\"{y - 4}\" y2=\"{y + 4}\" stroke=\"{colour}\" stroke-width=\"1.5\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{Across(estimate.Value):0.##}\" cy=\"{y}\" r=\"4\" fill=\"{colour}\"/>\n");
        }
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(labels + width) / 2}\" y=\"{bottom + 38}\" text-anchor=\"middle\" fill=\"var(--soft)\">{HtmlPage.Escape(axis)}</text>\n</svg>");
        return svg.ToString();

        double Across(double value) => labels + (value - low) / (high - low) * (width - labels - 16);
    }
}
