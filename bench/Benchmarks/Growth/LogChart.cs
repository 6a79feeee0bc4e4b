using System.Globalization;
using ScoreSde.Evaluation.Pictures;

namespace ScoreSde.Benchmarks.Growth;

/// <summary>Curves over two logarithmic axes with a line at every power of ten.</summary>
internal static class LogChart
{
    private const int Left = 64, Right = 16, Top = 30, Bottom = 44, Width = 460, Height = 300;
    private static readonly Colour Ink = Colour.Grey(0.2), Faint = Colour.Grey(0.87);

    /// <summary>Draws curves of seconds.</summary>
    public static Raster Draw(string title, string across, IReadOnlyList<Curve> curves)
    {
        var points = curves.SelectMany(c => c.Points).ToList();
        var (x0, x1) = Ends(points.Select(p => p.At));
        var (y0, y1) = Ends(points.Select(p => p.Seconds));
        double X(double v) => Left + Width * (Math.Log10(v) - x0) / (x1 - x0);
        double Y(double v) => Top + Height * (y1 - Math.Log10(v)) / (y1 - y0);
        var picture = new Raster(Left + Width + Right, Top + Height + Bottom, Colour.White);
        for (var e = (int)x0; e <= x1; e++)
        {
            var (x, text) = (X(Math.Pow(10, e)), Power(e));
            picture.Line(x, Top, x, Top + Height, 1, Faint);
            picture.Text(text, (int)x - Raster.WidthOf(text) / 2, Top + Height + 6, Ink);
        }
        for (var e = (int)y0; e <= y1; e++)
        {
            var (y, text) = (Y(Math.Pow(10, e)), Seconds(e));
            picture.Line(Left, y, Left + Width, y, 1, Faint);
            picture.Text(text, Left - 6 - Raster.WidthOf(text), (int)y - 3, Ink);
        }
        picture.Line(Left, Top, Left, Top + Height, 1, Ink);
        picture.Line(Left, Top + Height, Left + Width, Top + Height, 1, Ink);
        picture.Text(title, Left, 10, Ink);
        picture.Text(across, Left + (Width - Raster.WidthOf(across)) / 2, Top + Height + 26, Ink);
        for (var k = 0; k < curves.Count; k++)
        {
            var (colour, line) = (Colour.Category(k), curves[k].Points);
            for (var i = 0; i < line.Count; i++)
            {
                if (i > 0) picture.Line(X(line[i - 1].At), Y(line[i - 1].Seconds), X(line[i].At), Y(line[i].Seconds), 1.8, colour);
                picture.Disc(X(line[i].At), Y(line[i].Seconds), 2.6, colour);
            }
            picture.Disc(Left + 14, Top + 14 + 14 * k, 3, colour);
            picture.Text(curves[k].Name, Left + 22, Top + 11 + 14 * k, Ink);
        }
        return picture;
    }

    private static (double Low, double High) Ends(IEnumerable<double> values)
    {
        var all = values.ToList();
        var (low, high) = (Math.Floor(Math.Log10(all.Min())), Math.Ceiling(Math.Log10(all.Max())));
        return (low, high > low ? high : low + 1);
    }

    private static string Power(int e) => e is >= 0 and <= 3 ? Math.Pow(10, e).ToString("0", CultureInfo.InvariantCulture) : $"1e{e}";

    private static string Seconds(int e) => e switch
    {
        >= 0 => $"{Power(e)} s",
        >= -3 => $"{Power(e + 3)} ms",
        >= -6 => $"{Power(e + 6)} us",
        _ => $"1e{e} s",
    };
}

/// <summary>A curve: what a run took, the least of several, against what was varied.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Points">In the order of what was varied.</param>
internal sealed record Curve(string Name, IReadOnlyList<(double At, double Seconds)> Points);
