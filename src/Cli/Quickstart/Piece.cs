using ScoreSde.Evaluation.Reports;

namespace ScoreSde.Cli.Quickstart;

/// <summary>A section of the page, made but not yet written: what it adds, and the files that lie beside the page.</summary>
internal sealed record Piece(Action<HtmlPage> Add, IReadOnlyList<(string Name, byte[] Content)> Files);
