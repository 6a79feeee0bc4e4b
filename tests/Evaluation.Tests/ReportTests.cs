using ScoreSde.Evaluation.Distances;
using ScoreSde.Evaluation.Pictures;
using ScoreSde.Evaluation.Reports;

namespace ScoreSde.Evaluation.Tests;

public class ReportTests
{
    [Fact]
    public void Page_WithEverything_IsOneFileWithoutAddresses()
    {
        var html = new HtmlPage("A <title>", "Lead.")
            .Section("One & two").Text("<i>Text</i>").Formula("a = b")
            .Figures(Figure.Of(new Raster(3, 2, Colour.Black), "a \"picture\"", "below", 2))
            .Table(["a", "b"], [["1", "2"]]).Commands(("./scoresde <x>", "does x")).Footer("end").ToHtml();
        Assert.StartsWith("<!doctype html>", html, StringComparison.Ordinal);
        Assert.Contains("<title>A &lt;title&gt;</title>", html, StringComparison.Ordinal);
        Assert.Contains("One &amp; two", html, StringComparison.Ordinal);
        Assert.Contains("alt=\"a &quot;picture&quot;\"", html, StringComparison.Ordinal);
        Assert.Contains("width=\"6\" height=\"4\"", html, StringComparison.Ordinal);
        Assert.Contains("./scoresde &lt;x&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void IntervalChart_OfEstimates_PlacesThemInOrder()
    {
        var svg = IntervalChart.Draw(
            [new("small", new Estimate(1, 0.1), false), new("large", new Estimate(3, 0.2), true)], "a number");
        var centres = System.Text.RegularExpressions.Regex.Matches(svg, "cx=\"([0-9.]+)\"")
            .Select(m => double.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(2, centres.Length);
        Assert.True(centres[0] < centres[1]);
        Assert.Contains(">small<", svg, StringComparison.Ordinal);
    }
}
