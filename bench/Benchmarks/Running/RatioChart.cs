using System.Globalization;
using ScoreSde.Evaluation.Pictures;

namespace ScoreSde.Benchmarks.Running;

/// <summary>The page's ratios over a logarithmic axis: the fastest rival's with the rounds' spread, the other rivals', and the bar of each contest.</summary>
internal static class RatioChart
{
    private const int Left = 170, Right = 24, Top = 46, Bottom = 30, Width = 560, Row = 17;
    private static readonly Colour Ink = Colour.Grey(0.2), Faint = Colour.Grey(0.87), Others = Colour.Grey(0.65), Reached = Colour.Category(2), Missed = Colour.Category(0);

    /// <summary>Draws a row for each contest.</summary>
    public static Raster Draw(IReadOnlyList<ContestResult> rows)
    {
        var ratios = rows.SelectMany(r => OfRivals(r).Concat(r.Ratios).Append(r.Bar)).ToList();
        var (low, high) = (Math.Min(0, Math.Floor(Math.Log10(ratios.Min()))), Math.Max(1, Math.Ceiling(Math.Log10(ratios.Max()))));
        double X(double ratio) => Left + Width * (Math.Log10(ratio) - low) / (high - low);
        var height = Row * rows.Count;
        var picture = new Raster(Left + Width + Right, Top + height + Bottom, Colour.White);
        for (var e = (int)low; e <= high; e++)
        {
            var (x, text) = (X(Math.Pow(10, e)), Math.Pow(10, e).ToString("0.###", CultureInfo.InvariantCulture) + "x");
            picture.Line(x, Top, x, Top + height, e == 0 ? 2 : 1, e == 0 ? Ink : Faint);
            picture.Text(text, (int)x - Raster.WidthOf(text) / 2, Top + height + 8, Ink);
        }
        picture.Text("times as fast as the fastest rival, least to greatest of the rounds", Left, 10, Ink);
        picture.Text("grey: slower rivals   upright line: what it is meant to be", Left, 24, Ink);
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, y) = (rows[i], Top + Row * i + Row / 2.0);
            picture.Text(row.Name, Left - 10 - Raster.WidthOf(row.Name), (int)y - 3, Ink);
            foreach (var other in OfRivals(row)) picture.Disc(X(other), y, 2, Others);
            var colour = row.Ratio >= row.Bar ? Reached : Missed;
            picture.Line(X(row.Bar), y - 6, X(row.Bar), y + 6, 1.6, Ink);
            picture.Line(X(row.Ratios.Min()), y, X(row.Ratios.Max()), y, 1.6, colour);
            picture.Disc(X(row.Ratio), y, 3.6, colour);
        }
        return picture;
    }

    private static IEnumerable<double> OfRivals(ContestResult row) =>
        row.Rivals.Where(r => r.Times is not null && r != row.Fastest).Select(r => r.Times!.Value.Wall / row.Ours.Wall);
}
