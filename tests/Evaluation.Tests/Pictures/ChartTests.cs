using ScoreSde.Evaluation.Pictures;

namespace ScoreSde.Evaluation.Tests.Pictures;

public class ChartTests
{
    [Fact]
    public void Heat_OverTheWholeRange_GrowsInLightnessEvenly()
    {
        var before = -1.0;
        for (var k = 0; k <= 256; k++)
        {
            var c = Colour.Heat(k / 256.0);
            var lightness = OklabLightness(c);
            Assert.True(lightness > before - 0.004, $"lightness falls at {k}");
            // 0.02: what clipping to the cube and rounding to eight bits may take from the straight line.
            Assert.InRange(lightness, 0.14 + 0.83 * k / 256 - 0.02, 0.14 + 0.83 * k / 256 + 0.02);
            before = lightness;
        }
    }

    [Fact]
    public void Density_OfAPeak_IsBrightestThere()
    {
        var chart = new Chart((-2, 2), (-2, 2), 80, 80, edges: false).Density((x, y) => Math.Exp(-4 * ((x - 1) * (x - 1) + (y - 1) * (y - 1)))).Picture;
        Assert.Equal(Colour.Heat(1).Red, chart[60, 19].Red, 3.0);
        Assert.Equal(Colour.Heat(0), chart[2, 77]);
    }

    [Fact]
    public void Points_AtACorner_LandInThatCorner()
    {
        var chart = new Chart((0, 1), (0, 1), 100, 100, edges: false).Points([0.1, 0.9, 5, 5], Colour.Black, 2).Picture;
        Assert.Equal(Colour.Black, chart[10, 10]);
        Assert.Equal(Colour.White, chart[90, 90]);
    }

    [Fact]
    public void Path_OutsideTheWindow_IsCutAtItsEdge()
    {
        var chart = new Chart((0, 1), (0, 1), 50, 50).Path([-10, 10], [0.5, 0.5], Colour.Black, 3).Picture;
        Assert.Equal(Colour.Black, chart[60, 31]);
        Assert.Equal(Colour.White, chart[chart.Width - 1, 31]);
    }

    [Fact]
    public void Histogram_OfUniformValues_HasEqualBars()
    {
        var values = Enumerable.Range(0, 1000).Select(k => (k + 0.5) / 1000).ToArray();
        Assert.All(Bins.Count(values, 0, 1, 8), count => Assert.Equal(125, count));
        var chart = new Chart((0, 1), (0, 2), 80, 100, edges: false).Histogram(values, 8, Colour.Black).Picture;
        Assert.Equal(Colour.White, chart[5, 48]);
        Assert.Equal(Colour.Black, chart[5, 52]);
    }

    [Fact]
    public void Ticks_OfAnyWindow_AreRoundNumbersInside()
    {
        Assert.Equal([-6, -4, -2, 0, 2, 4, 6], Chart.Ticks(-6, 6, 6));
        Assert.Equal([0, 0.2, 0.4, 0.6, 0.8, 1], Chart.Ticks(0, 1, 5).Select(t => Math.Round(t, 12)));
    }

    [Fact]
    public void Text_OfEveryPrintableLetter_HasItsOwnShape()
    {
        var shapes = new HashSet<string>();
        for (var letter = '!'; letter <= '~'; letter++)
        {
            var raster = new Raster(5, 7, Colour.White);
            raster.Text(letter.ToString(), 0, 0, Colour.Black);
            Assert.True(shapes.Add(Convert.ToHexString(raster.Bytes)), $"'{letter}' looks like another letter or like an unknown one");
        }
        var box = new Raster(5, 7, Colour.White);
        box.Text("\u4e00", 0, 0, Colour.Black);
        Assert.DoesNotContain(Convert.ToHexString(box.Bytes), shapes);
    }

    /// <summary>Lightness of Oklab, from sRGB: the forward direction of what <see cref="Colour.FromOklab"/> inverts.</summary>
    private static double OklabLightness(Colour c)
    {
        double r = Linear(c.Red), g = Linear(c.Green), b = Linear(c.Blue);
        return 0.2104542553 * Math.Cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
            + 0.7936177850 * Math.Cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
            - 0.0040720468 * Math.Cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);

        static double Linear(byte v) => v / 255.0 <= 0.04045 ? v / 255.0 / 12.92 : Math.Pow((v / 255.0 + 0.055) / 1.055, 2.4);
    }
}
