using System.Net;
using System.Text;
using ScoreSde.Models.Files;

namespace ScoreSde.Evaluation.Reports;

/// <summary>A page that is one file: pictures inside, no script, no network; light or dark as the reader's system is.</summary>
/// <param name="title">Title, plain text.</param>
/// <param name="lead">First paragraph as HTML.</param>
public sealed class HtmlPage(string title, string lead)
{
    private readonly StringBuilder body = new();

    /// <summary>Text made safe for HTML.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Begins a section.</summary>
    public HtmlPage Section(string heading)
    {
        body.Append("<h2>").Append(Escape(heading)).Append("</h2>\n");
        return this;
    }

    /// <summary>A paragraph, as HTML.</summary>
    public HtmlPage Text(string html)
    {
        body.Append("<p>").Append(html).Append("</p>\n");
        return this;
    }

    /// <summary>Formulas on a line of their own, as HTML.</summary>
    public HtmlPage Formula(params IEnumerable<string> html)
    {
        body.Append("<p class=\"formula\">");
        foreach (var each in html) body.Append("<span>").Append(each).Append("</span> ");
        body.Append("</p>\n");
        return this;
    }

    /// <summary>Figures side by side where there is room for them.</summary>
    public HtmlPage Figures(params IEnumerable<Figure> figures)
    {
        body.Append("<div class=\"figures\">\n");
        foreach (var figure in figures)
        {
            body.Append("<figure style=\"max-width:").Append(figure.Width).Append("px\">").Append(figure.Markup);
            if (figure.Caption.Length > 0) body.Append("<figcaption>").Append(figure.Caption).Append("</figcaption>");
            body.Append("</figure>\n");
        }
        body.Append("</div>\n");
        return this;
    }

    /// <summary>A table: cells as HTML, the first column left, the others right.</summary>
    public HtmlPage Table(IReadOnlyList<string> headings, params IEnumerable<IReadOnlyList<string>> rows)
    {
        body.Append("<div class=\"scroll\"><table>\n<thead><tr>");
        foreach (var heading in headings) body.Append("<th>").Append(heading).Append("</th>");
        body.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in rows)
        {
            body.Append("<tr>");
            foreach (var cell in row) body.Append("<td>").Append(cell).Append("</td>");
            body.Append("</tr>\n");
        }
        body.Append("</tbody></table></div>\n");
        return this;
    }

    /// <summary>Lines to type, each with what it does.</summary>
    public HtmlPage Commands(params IEnumerable<(string Command, string Meaning)> commands)
    {
        body.Append("<dl class=\"commands\">\n");
        foreach (var (command, meaning) in commands)
            body.Append("<dt><code>").Append(Escape(command)).Append("</code></dt><dd>").Append(meaning).Append("</dd>\n");
        body.Append("</dl>\n");
        return this;
    }

    /// <summary>The small print at the end, as HTML.</summary>
    public HtmlPage Footer(string html)
    {
        body.Append("<footer>").Append(html).Append("</footer>\n");
        return this;
    }

    /// <summary>The whole file.</summary>
    public string ToHtml() => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Escape(title)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <main>
        <h1>{Escape(title)}</h1>
        <p class="lead">{lead}</p>
        {body}</main>
        </body>
        </html>

        """;

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Save(string path) => WholeFile.Write(path, ToHtml());

    private const string Style = """
        :root { --paper: #fdfcfa; --ink: #22211f; --soft: #6d6a64; --line: #e2ded6; --shade: #f4f1eb; --accent: #9a3b2e; --second: #2f6c8f; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #171614; --ink: #e6e2da; --soft: #9c978d; --line: #35322d; --shade: #211f1c; --accent: #e58b73; --second: #7fb8d8; }
        }
        * { box-sizing: border-box; }
        html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; }
        body { margin: 0; font: 1.09rem/1.6 "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, Charter, Georgia, serif;
          text-rendering: optimizeLegibility; font-variant-numeric: oldstyle-nums; }
        main { max-width: 62rem; margin: 0 auto; padding: 3.5rem 1.5rem 4rem; }
        h1 { font-size: 2.3rem; line-height: 1.15; font-weight: 600; letter-spacing: -0.01em; margin: 0 0 1rem; text-wrap: balance; }
        h2 { font-size: 1.4rem; line-height: 1.25; font-weight: 600; margin: 3.2rem 0 0.6rem; padding-top: 1.1rem; border-top: 1px solid var(--line); }
        p { max-width: 42rem; margin: 0.7rem 0; text-wrap: pretty; hyphens: auto; }
        .lead { font-size: 1.2rem; line-height: 1.5; color: var(--soft); }
        var, i { font-style: italic; }
        .formula span { white-space: nowrap; }
        .formula > span { display: inline-block; margin: 0.15rem 3rem 0.15rem 0; }
        .over { border-top: 1px solid currentColor; padding: 0 0.08em; }
        sub, sup { line-height: 0; font-size: 0.72em; }
        .figures { display: flex; flex-wrap: wrap; gap: 1.4rem 1.6rem; margin: 1.5rem 0; align-items: flex-start; }
        .figures.tight { gap: 0.9rem 0.5rem; }
        figure { margin: 0; flex: 0 1 auto; }
        figure img { display: block; max-width: 100%; height: auto; image-rendering: pixelated; border-radius: 3px; }
        figure svg { display: block; max-width: 100%; height: auto; font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        figcaption, table, footer { font: 0.84rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums lining-nums; }
        figcaption { color: var(--soft); margin-top: 0.5rem; }
        figcaption b { color: var(--ink); font-weight: 600; }
        .scroll { overflow-x: auto; margin: 1.3rem 0; }
        table { border-collapse: collapse; }
        th { text-align: right; font-weight: 600; color: var(--soft); vertical-align: bottom; }
        td { text-align: right; }
        th, td { padding: 0.38rem 0 0.38rem 1.8rem; border-bottom: 1px solid var(--line); }
        th:first-child, td:first-child { text-align: left; padding-left: 0; }
        code { font: 0.9em ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-variant-numeric: lining-nums; }
        .commands { margin: 1.3rem 0; }
        .commands dt { background: var(--shade); border-left: 3px solid var(--accent); border-radius: 0 3px 3px 0; padding: 0.5rem 0.9rem; overflow-x: auto; white-space: nowrap; }
        .commands dd { margin: 0.35rem 0 1.2rem; color: var(--soft); font-size: 0.98rem; }
        footer { margin-top: 3.5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); }
        @media print { h2 { break-after: avoid; } figure { break-inside: avoid; } }
        """;
}
