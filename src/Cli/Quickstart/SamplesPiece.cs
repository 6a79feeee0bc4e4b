using System.Globalization;
using ScoreSde.Cli.Networks;
using ScoreSde.Cli.Terminal;
using ScoreSde.Evaluation.Pictures;
using ScoreSde.Evaluation.Reports;
using ScoreSde.Models.States;
using ScoreSde.Solvers;

namespace ScoreSde.Cli.Quickstart;

/// <summary>The network that comes along, walked back from one and the same noise by the reverse SDE and by the probability flow.</summary>
internal static class SamplesPiece
{
    private const int Count = 20, Columns = 5, SdeSteps = 250, FlowSteps = 20, Frames = 50;
    private const ulong Seed = 7;

    public static Piece Make(TrainedModel model, Display display, CancellationToken stop)
    {
        var stochastic = Draw(model, display, "euler-maruyama", SdeSteps, SdeSteps / Frames, stop);
        var flow = Draw(model, display, "ddim", FlowSteps, 1, stop);
        var (start, sde, ode) = (Picture(model, Start(model)), Picture(model, stochastic.Samples), Picture(model, flow.Samples));
        var animation = Animation(model, stochastic, flow, out var width, out var height);
        return new Piece(
            Add, [("samples-euler-maruyama.png", PngFile.Encode(sde)), ("samples-ddim.png", PngFile.Encode(ode)), ("reverse.png", animation)]);

        void Add(HtmlPage page)
        {
            page.Section("Back: one network, two solvers, the same noise");
            page.Text($"""
                A network of {model.Parameters.ToString("N0", CultureInfo.InvariantCulture).Replace(",", " ", StringComparison.Ordinal)} numbers has learnt to say, for any noisy image, which part is noise. That is the score,
                and it is all a solver needs to walk back. Both solvers below start from the <em>same</em> {Count} pictures of noise. Euler–Maruyama follows the
                reverse SDE and puts some fresh noise back in every step; the probability flow (DDIM) is its deterministic twin with the same law at every
                time, and gets by with far fewer evaluations.
                """);
            page.Figures(
                Figure.Of(start, "noise", "<b>The start</b><br>noise, the same for both"),
                Figure.Of(sde, "garments sampled by Euler–Maruyama", Caption("Euler–Maruyama", "reverse SDE", stochastic)),
                Figure.Of(ode, "garments sampled by DDIM", Caption("DDIM", "probability flow", flow)));
            page.Text("""
                The pictures differ in detail, since the reverse SDE meets fresh noise on its way, but both are samples of the same law. With the probability flow
                every noise has exactly one image: the map can be run backwards, interpolated, and its likelihood computed.
                """);
            page.Section("The way back, as it happens");
            page.Figures(Figure.Of(animation, width, height, "animation: noise turning into garments under both solvers", $"Left: Euler–Maruyama, {SdeSteps} steps. Right: DDIM, {FlowSteps} steps."));
        }
    }

    private static Drawn Draw(TrainedModel model, Display display, string solver, int steps, int saveEvery, CancellationToken stop)
    {
        var plan = new DrawPlan(SolverCatalogue.Parse(solver), model.Grid("uniform-t", steps), Count, Seed) { EveryClass = true, SaveEvery = saveEvery, Batch = Count };
        var drawn = display.Work($"sampling, {solver} {steps} steps", work => model.Draw(plan, work, stop));
        stop.ThrowIfCancellationRequested();
        return drawn;
    }

    private static float[] Start(TrainedModel model)
    {
        var z = new float[Count * model.Event.Aggregate(1L, (a, b) => a * b)];
        Solvers.Noise.NormalNoise.Fill(z, Seed, Solvers.Noise.NoiseStream.Prior, 0, 0, z.Length / Count);
        return z;
    }

    private static string Caption(string name, string kind, Drawn drawn) => string.Create(
        CultureInfo.InvariantCulture, $"<b>{name}</b>, {kind}<br>{drawn.Evaluations} evaluations each, {drawn.Elapsed.TotalSeconds:0.0} s for {Count}");

    private static Raster Picture(TrainedModel model, float[] pixels, int scale = 2) =>
        Montage.Grid(pixels, (int)model.Event[0], (int)model.Event[1], (int)model.Event[2], Columns, scale, gap: 3);

    /// <summary>Both runs side by side in their own time: frame k shows both at the same share of their steps.</summary>
    private static byte[] Animation(TrainedModel model, Drawn sde, Drawn flow, out int width, out int height)
    {
        var frames = new List<Raster>();
        var start = Start(model);
        for (var k = 0; k <= Frames; k++)
        {
            var left = k == 0 ? start : sde.Path[k * sde.Path.Count / Frames - 1].State;
            var right = k * flow.Path.Count / Frames is var done and > 0 ? flow.Path[done - 1].State : start;
            var frame = Montage.Grid([Picture(model, left), Picture(model, right)], 2, 28, Colour.Grey(0.5));
            frames.Add(frame);
        }
        (width, height) = (frames[0].Width, frames[0].Height);
        return PngFile.EncodeAnimation(frames, [.. Enumerable.Range(0, frames.Count).Select(k => k == 0 ? 800 : k == Frames ? 2500 : 100)]);
    }
}
