using System.Globalization;

namespace ScoreSde.Evaluation.Pictures;

/// <summary>A picture with a window on the plane: density, particles, paths and histograms, drawn one over the other, with numbered edges.</summary>
public sealed class Chart
{
    private const int Margin = 6, Numbers = 12, Left = 36;
    private readonly double xLow, xHigh, yLow, yHigh;
    private readonly int left, top, width, height;
    private readonly Colour ink;

    /// <summary>An empty chart of the window [xLow, xHigh] × [yLow, yHigh].</summary>
    /// <param name="x">Ends of the horizontal axis.</param>
    /// <param name="y">Ends of the vertical axis.</param>
    /// <param name="width">Width of the window in pixels.</param>
    /// <param name="height">Height of the window in pixels.</param>
    /// <param name="edges">Whether axes with numbers stand at the edges.</param>
    /// <param name="background">White unless given.</param>
    /// <exception cref="ArgumentException">A window without area.</exception>
    public Chart((double Low, double High) x, (double Low, double High) y, int width = 360, int height = 360, bool edges = true, Colour? background = null)
    {
        if (!(x.High > x.Low && y.High > y.Low && double.IsFinite(x.High - x.Low) && double.IsFinite(y.High - y.Low)))
            throw new ArgumentException(FormattableString.Invariant($"a window has low < high; given [{x.Low}, {x.High}] × [{y.Low}, {y.High}]"));
        (xLow, xHigh, yLow, yHigh, this.width, this.height) = (x.Low, x.High, y.Low, y.High, width, height);
        (left, top) = edges ? (Left, Margin) : (0, 0);
        var paper = background ?? Colour.White;
        ink = paper.Red + paper.Green + paper.Blue < 384 && paper.Alpha > 127 ? Colour.Grey(0.85) : Colour.Grey(0.25);
        Picture = new Raster(edges ? Left + width + 2 * Margin : width, edges ? height + Numbers + 2 * Margin : height, paper);
        if (edges) DrawEdges();
    }

    /// <summary>What was drawn so far.</summary>
    public Raster Picture { get; }

    /// <summary>A density as a heat map. Colours grow with the power of the density, so that thin parts show: 1 is linear.</summary>
    /// <param name="density">The density at (x, y), up to a factor.</param>
    /// <param name="power">What the colours grow with.</param>
    /// <param name="brightest">The colour of the highest density, 0 to 1: below 1 leaves room for bright points over it.</param>
    public Chart Density(Func<double, double, double> density, double power = 0.5, double brightest = 1)
    {
        var values = new double[width * height];
        Parallel.For(0, height, j =>
        {
            for (var i = 0; i < width; i++)
                values[j * width + i] = density(xLow + (i + 0.5) / width * (xHigh - xLow), yHigh - (j + 0.5) / height * (yHigh - yLow));
        });
        var greatest = values.Max();
        for (var k = 0; k < values.Length; k++)
            Picture[left + k % width, top + k / width] = Colour.Heat(greatest > 0 ? brightest * Math.Pow(Math.Max(0, values[k]) / greatest, power) : 0);
        return this;
    }

    /// <summary>Points, each (x, y), as small discs; points outside the window are left out.</summary>
    public Chart Points(ReadOnlySpan<double> coordinates, Colour colour, double radius = 1.2)
    {
        for (var k = 0; k + 1 < coordinates.Length; k += 2)
            if (coordinates[k] >= xLow && coordinates[k] <= xHigh && coordinates[k + 1] >= yLow && coordinates[k + 1] <= yHigh)
                Picture.Disc(AcrossOf(coordinates[k]), DownOf(coordinates[k + 1]), radius, colour);
        return this;
    }

    /// <summary>A line through points; a number that is not finite breaks it.</summary>
    public Chart Path(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Colour colour, double thickness = 1.2)
    {
        for (var k = 1; k < x.Length; k++)
            if (double.IsFinite(x[k - 1] + y[k - 1] + x[k] + y[k])) Segment(x[k - 1], y[k - 1], x[k], y[k], thickness, colour);
        return this;
    }

    /// <summary>Bars of equal width over the horizontal axis whose heights are densities: the share of all values in a bin, divided by its width.</summary>
    public Chart Histogram(ReadOnlySpan<double> values, int bins, Colour colour)
    {
        var counts = Bins.Count(values, xLow, xHigh, bins);
        for (var k = 0; k < bins; k++)
        {
            var density = counts[k] / (double)values.Length * bins / (xHigh - xLow);
            int from = left + k * width / bins, to = left + (k + 1) * width / bins - 1, peak = (int)Math.Round(Math.Clamp(DownOf(density), top, top + height));
            for (var j = peak; j < top + height; j++)
                for (var i = from; i < Math.Max(to, from + 1); i++) Picture.Blend(i, j, colour);
        }
        return this;
    }

    /// <summary>Values at which to number an axis: 1, 2 or 5 times a power of ten, about as many as wanted.</summary>
    public static IReadOnlyList<double> Ticks(double low, double high, int wanted)
    {
        var rough = (high - low) / wanted;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        var ticks = new List<double>();
        for (var k = Math.Ceiling(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) ticks.Add(k * step + 0.0); // + 0.0: no negative zero
        return ticks;
    }

    private double AcrossOf(double x) => left + (x - xLow) / (xHigh - xLow) * width;

    private double DownOf(double y) => top + (yHigh - y) / (yHigh - yLow) * height;

    private void Segment(double x0, double y0, double x1, double y1, double thickness, Colour colour)
    {
        // Cut to the window (Liang and Barsky), so that nothing is drawn over the edges.
        double from = 0, to = 1, dx = x1 - x0, dy = y1 - y0;
        if (!Cut(-dx, x0 - xLow) || !Cut(dx, xHigh - x0) || !Cut(-dy, y0 - yLow) || !Cut(dy, yHigh - y0)) return;
        Picture.Line(AcrossOf(x0 + from * dx), DownOf(y0 + from * dy), AcrossOf(x0 + to * dx), DownOf(y0 + to * dy), thickness, colour);

        bool Cut(double slope, double room)
        {
            if (slope == 0) return room >= 0;
            var at = room / slope;
            if (slope < 0) from = Math.Max(from, at); else to = Math.Min(to, at);
            return from <= to;
        }
    }

    private void DrawEdges()
    {
        foreach (var x in Ticks(xLow, xHigh, Math.Max(2, width / 70)))
        {
            var text = Number(x);
            var at = AcrossOf(x);
            Picture.Line(at, top + height, at, top + height + 3, 1, ink);
            Picture.Text(text, Math.Min((int)at - Raster.WidthOf(text) / 2, Picture.Width - Raster.WidthOf(text)), top + height + Margin, ink);
        }
        foreach (var y in Ticks(yLow, yHigh, Math.Max(2, height / 50)))
        {
            var text = Number(y);
            var at = DownOf(y);
            Picture.Line(left - 3, at, left, at, 1, ink);
            Picture.Text(text, left - Margin - Raster.WidthOf(text), (int)at - 3, ink);
        }
        Picture.Line(left, top, left, top + height, 1, ink);
        Picture.Line(left, top + height, left + width, top + height, 1, ink);
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
