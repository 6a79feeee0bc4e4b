using System.Globalization;
using ScoreSde.Training;
using ScoreSde.Evaluation.Pictures;
using ScoreSde.Evaluation.Reports;
using ScoreSde.Sde;
using ScoreSde.Training.Data;

namespace ScoreSde.Cli.Quickstart;

/// <summary>Real images on their way to noise.</summary>
internal static class ForwardPiece
{
    private static readonly double[] Times = [0, 0.08, 0.16, 0.26, 0.38, 0.52, 0.7, 1];
    private static readonly int[] Labels = [1, 7, 8, 2]; // trouser, sneaker, bag, pullover

    public static Piece Make(StoredData images, ForwardSde process)
    {
        var size = (int)images.Shape.Aggregate(1L, (a, b) => a * b);
        var samples = new float[Labels.Length * size];
        for (var k = 0; k < Labels.Length; k++)
        {
            var index = 0;
            while (images.LabelOf(index) != Labels[k]) index++;
            images.CopySample(index, samples.AsSpan(k * size, size));
        }
        var noising = Noising.Of(samples, images.Shape, seed: 5);
        var levels = Array.ConvertAll(Times, process.At);
        var columns = Array.ConvertAll(levels, level => Commands.ForwardCommand.Column(noising, level));
        var strip = Montage.Grid(
            columns, columns.Length, 8, Colour.White,
            Array.ConvertAll(levels, level => string.Create(CultureInfo.InvariantCulture, $"a={level.Alpha * level.Alpha:0.000}")));
        return new Piece(Add, [("forward.png", PngFile.Encode(strip))]);

        void Add(HtmlPage page)
        {
            page.Section("Forward: from data to noise");
            page.Text("""
                Four real images from Fashion-MNIST. The forward process mixes in noise a little at a time, and where it stands at any time is known in one step:
                """);
            page.Formula("d<var>x</var> = −½ β(<var>t</var>) <var>x</var> d<var>t</var> + √<span class=\"over\">β(<var>t</var>)</span> d<var>W</var>", "<var>x<sub>t</sub></var> = √<span class=\"over\">ᾱ<sub>t</sub></span> <var>x</var><sub>0</sub> + √<span class=\"over\">1 − ᾱ<sub>t</sub></span> ε");
            page.Text("""
                The number ᾱ<sub>t</sub> is the share of the signal that is left. At <var>t</var> = 1 nothing is, and noise of that kind is easy to make: that is where sampling starts.
                """);
            page.Figures(levels.Select((level, k) => Figure.Of(
                columns[k], "four images with noise",
                string.Create(CultureInfo.InvariantCulture, $"<var>t</var> = {level.Time:0.##}<br><b>ᾱ = {Share(level)}</b>"))));
        }
    }

    private static string Share(in Level level)
    {
        var share = level.Alpha * level.Alpha;
        if (share >= 0.001) return share.ToString(share >= 0.01 ? "0.00" : "0.000", CultureInfo.InvariantCulture);
        var power = (int)Math.Floor(Math.Log10(share));
        return string.Create(CultureInfo.InvariantCulture, $"{share / Math.Pow(10, power):0}·10<sup>{power}</sup>").Replace('-', '−');
    }
}
