using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ScoreSde.Cli.Networks;
using ScoreSde.Cli.Quickstart;
using ScoreSde.Cli.Terminal;
using ScoreSde.Evaluation.Reports;
using ScoreSde.Models.Files;
using ScoreSde.Training.Data;
using TorchSharp;

namespace ScoreSde.Cli.Commands;

/// <summary>A page that shows what this is all about, made here and now.</summary>
internal static class QuickstartCommand
{
    private static readonly (string Command, string Meaning)[] Next =
    [
        ("./scoresde sample --label 7 --n 64 --solver ddim --steps 50", "sixty-four sneakers from the network that comes along"),
        ("./scoresde train --data ring --steps 2000", "train a score network of your own, in under a minute"),
        ("./scoresde simulate double-well --paths 200", "paths of any other stochastic differential equation"),
    ];

    public static Command Create(Display display, CancellationToken stop)
    {
        var command = new Command("quickstart", "Writes a page with pictures of everything, out/quickstart/index.html, in under three minutes.");
        command.SetAction(_ => Run(display, stop));
        return command.Teach(
            """
            It takes no options. The page opens from disk and needs no network: real images turning to noise, garments sampled by two solvers
            from the same noise, the way back as an animation, both solvers against an exactly known law, and a drop of ink.

            Example:
              ./scoresde quickstart && xdg-open out/quickstart/index.html
            """);
    }

    private static int Run(Display display, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var folder = Path.Combine("out", "quickstart");
        var path = DefaultModel.Require();
        using var model = TrainedModel.Load(path, Devices.Find("cpu"));
        if (model.Event is not [1 or 3, _, _]) throw new BadInputException($"{path} is no network for images; quickstart shows images");
        var forward = display.Work("noising real images", _ => ForwardPiece.Make(FashionMnist.Test(), model.Process));
        var samples = SamplesPiece.Make(model, display, stop);
        var ring = display.Work("particles on the ring", work => RingPiece.Make(work, stop));
        var ink = display.Work("a drop of ink", work => InkPiece.Make(work, stop));

        var page = new HtmlPage(
            "Diffusion as a continuous process",
            "A forward process turns data into noise; its reverse turns noise into data. Everything on this page was computed on this machine a moment ago.");
        foreach (var piece in new[] { forward, samples, ring, ink }) piece.Add(page);
        page.Section("Three things to try next").Commands(Next.Select(n => (n.Command, n.Meaning)));
        page.Footer(string.Create(
            CultureInfo.InvariantCulture,
            $"Written in {watch.Elapsed.TotalSeconds:0} seconds on {Environment.ProcessorCount} processors with libtorch {HtmlPage.Escape(torch.__version__)}. The pictures lie beside this page as PNG files."));
        foreach (var (name, content) in new[] { forward, samples, ring, ink }.SelectMany(p => p.Files)) WholeFile.Write(Path.Combine(folder, name), content);
        var index = Path.GetFullPath(Path.Combine(folder, "index.html"));
        page.Save(index);

        display.Say(string.Create(CultureInfo.InvariantCulture, $"wrote {index} in {watch.Elapsed.TotalSeconds:0} s: open it in a browser"));
        display.Say();
        display.Say("Three things to try next:");
        foreach (var (command, meaning) in Next) display.Say($"  {command,-62} {meaning}");
        return CommandLine.Success;
    }
}
