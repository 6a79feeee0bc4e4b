using System.Globalization;
using ScoreSde.Cli.Terminal;
using ScoreSde.Evaluation.Distances;
using ScoreSde.Evaluation.Pictures;
using ScoreSde.Evaluation.Reports;
using ScoreSde.Solvers.Processes;

namespace ScoreSde.Cli.Quickstart;

/// <summary>A drop of ink in a box: it spreads until nothing is to be seen, and the score leads every particle back.</summary>
internal static class InkPiece
{
    private const int Particles = 10_000, Shown = 2500, Side = 150, Steps = 400;

    public static Piece Make(IWork work, CancellationToken stop)
    {
        var drop = InkDrop.Picture;
        var law = drop.Law;
        var end = law.TimeToUniform(0.01);
        // Frames even in the logarithm of the variance s² + 2Dt, as the picture changes.
        const int frames = 31;
        var times = new double[frames];
        for (var k = 0; k < frames; k++)
        {
            var variance = law.VarianceAt(0) * Math.Pow(law.VarianceAt(end) / law.VarianceAt(0), (double)k / (frames - 1));
            times[k] = k == 0 ? 0 : k == frames - 1 ? end : (variance - law.VarianceAt(0)) / (2 * law.Diffusivity);
        }
        var spread = drop.Spread(Particles, times, seed: 1);
        stop.ThrowIfCancellationRequested();
        work.Report(0.3);
        double[] falling = [.. times.Reverse()];
        var back = drop.Trace(Particles, falling, seed: 1, steps: Steps);
        stop.ThrowIfCancellationRequested();
        work.Report(0.7);

        Raster[] forward = [.. Enumerable.Range(0, frames).Select(k => Picture(spread, k, Side))];
        Raster[] backward = [.. Enumerable.Range(0, frames).Select(k => Picture(back, k, Side))];
        int[] still = [0, 8, 14, 20, 30];
        var animation = PngFile.EncodeAnimation(
            [.. Enumerable.Range(0, 2 * frames).Select(k => Picture(k < frames ? spread : back, k % frames, 2 * Side))],
            [.. Enumerable.Range(0, 2 * frames).Select(k => k % frames == frames - 1 ? 1200 : k % frames == 0 ? 700 : 90)]);
        work.Report(0.95);

        var found = Enumerable.Range(0, 2).Select(c => Estimate.Mean([.. Enumerable.Range(0, Particles).Select(i => back.Last[2 * i + c])])).ToArray();
        var distance = TransportDistance.ToDrop(law, 0, back.Last, seed: 2);
        work.Report(1);
        return new Piece(Add, [("ink.png", animation)]);

        void Add(HtmlPage page)
        {
            page.Section("A drop of ink");
            page.Text("""
                Diffusion in the plain sense of the word: a drop falls into a box of still water and its particles wander at random until the ink is
                everywhere alike. No particle remembers where it started, and yet the way back exists: run the same random walk with one more push,
                along the gradient of the logarithm of the ink’s density, the <i>score</i>.
                """);
            page.Figures(still.Select(k => Figure.Of(forward[k], "ink particles spreading", Caption(times[k], k == 0 ? "the drop" : k == frames - 1 ? "uniform" : ""))));
            page.Figures([
                .. still.Reverse().Select(k => Figure.Of(backward[frames - 1 - k], "ink particles traced back", Caption(times[k], k == frames - 1 ? "uniform" : k == 0 ? "traced back" : ""))),
            ]);
            page.Figures(Figure.Of(animation, 2 * Side, 2 * Side, "animation of the ink spreading and being traced back", "The same as an animation: out, and back."));
            page.Text(string.Create(CultureInfo.InvariantCulture, $"""
                In the second row {Particles} fresh particles start <em>uniform</em> over the box and take {Steps} steps of Euler–Maruyama. Their mean ends at
                ({found[0].Value:0.0000}&nbsp;±&nbsp;{found[0].StandardError:0.0000}, {found[1].Value:0.0000}&nbsp;±&nbsp;{found[1].StandardError:0.0000});
                the drop fell at ({law.Centre[0]}, {law.Centre[1]}). The Wasserstein distance of the cloud to the drop is {distance.Distance:0.0000}
                (99&nbsp;% interval of what is not chance: {distance.Low:0.0000} to {distance.High:0.0000}; the drop’s own radius is {law.Deviation}).
                """));
        }
    }

    private static string Caption(double time, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"<b>t = {time:0.###}</b> {text}");

    private static Raster Picture(ParticleFrames frames, int frame, int side) =>
        new Chart((0, 1), (0, 1), side, side, edges: false, background: Colour.Grey(0.92))
            .Points(frames.At(frame)[..(2 * Shown)], Colour.Grey(0.08).WithAlpha(0.5), side / 190.0).Picture;
}
