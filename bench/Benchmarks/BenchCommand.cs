using System.CommandLine;
using System.Globalization;
using ScoreSde.Benchmarks.Growth;
using ScoreSde.Benchmarks.Quick;
using ScoreSde.Benchmarks.Running;
using ScoreSde.Cli;
using ScoreSde.Cli.Terminal;
using Exit = ScoreSde.Cli.CommandLine;

namespace ScoreSde.Benchmarks;

/// <summary>`./scoresde bench`: contests with others, and what else can be measured.</summary>
internal static class BenchCommand
{
    public static int Run(string[] args, Display display, CancellationToken stop)
    {
        if (args is ["parts", .. var rest])
        {
            BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(BenchCommand).Assembly).Run(rest);
            return Exit.Success;
        }
        try
        {
            var parsed = Root(display, stop).Parse(args);
            if (parsed.Errors.Count > 0) throw new BadInputException(parsed.Errors[0].Message);
            return parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = display.Output, Error = display.Error,
            });
        }
        catch (OperationCanceledException)
        {
            display.Complain("scoresde bench: interrupted");
            return Exit.Interrupted;
        }
        catch (BadInputException e)
        {
            display.Complain($"scoresde bench: {e.Message}");
            return Exit.BadInput;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            display.Complain($"scoresde bench: {e.Message}");
            return Exit.Failure;
        }
    }

    private static Command Root(Display display, CancellationToken stop)
    {
        var names = new Argument<string[]>("contests") { Description = $"which, all unless given: {string.Join(", ", ContestRunner.All.Select(c => c.Name))}", Arity = ArgumentArity.ZeroOrMore };
        var rounds = new Option<int>("--rounds") { Description = "turns of each side, medians over them", DefaultValueFactory = _ => 5 };
        var folder = new Option<string?>("--out") { Description = "folder of the page and its figures (default: bench/results)" };
        var quick = new Option<bool>("--quick") { Description = "a minute without Python: parts of the library beside plain ways to the same end; fails if a ratio fell by a quarter" };
        var record = new Option<bool>("--record") { Description = "with --quick: keep these ratios as this processor's (bench/results/quick.json)" };
        var root = new Command("bench", "Runs the library and its rivals in turn and writes medians, ratios and the distance to the limit to a page named after the processor.") { names, rounds, folder, quick, record };
        root.SetAction(parsed =>
        {
            if (parsed.GetValue(record) && !parsed.GetValue(quick)) throw new BadInputException("--record goes with --quick");
            if (parsed.GetValue(quick)) return Quickly(display, parsed.GetValue(record));
            if (parsed.GetValue(rounds) < 1) throw new BadInputException($"--rounds is {parsed.GetValue(rounds)}; at least 1 (a page worth keeping has 5)");
            return Contests(display, Chosen(parsed.GetValue(names)!), parsed.GetValue(rounds), parsed.GetValue(folder) ?? Checkout.Results, stop);
        });
        var first = new Command("first-runs", "What the first run of each solver on particles costs beyond the second: compilation.") { new Argument<string?>("solver") { Arity = ArgumentArity.ZeroOrOne } };
        first.SetAction(parsed => FirstRuns.Run([.. parsed.UnmatchedTokens.Concat(parsed.CommandResult.Tokens.Select(t => t.Value))]));
        root.Subcommands.Add(first);
        var growth = new Command("growth", "Pictures of time against particles, coordinates, steps, threads and batch; bench/results/CPU-growth.md.") { folder };
        growth.SetAction(parsed => display.Say(display.Work("growth", work => GrowthPage.Write(parsed.GetValue(folder) ?? Checkout.Results, work, stop))));
        root.Subcommands.Add(growth);
        root.Subcommands.Add(new Command("parts", "The parts in BenchmarkDotNet: what stands behind goes to it (--list flat, --filter '*Noise*')."));
        return root.Teach(
            """
            Examples:
              ./scoresde bench                              all contests (many minutes); bench/results/CPU.md
              ./scoresde bench em-ring ddim                 these two; the page keeps its other rows
              ./scoresde bench --quick                      a minute, no Python: has a part become slower beside a plain loop?
              ./scoresde bench growth                       how time grows with particles, coordinates, steps, threads, batch, as pictures
              ./scoresde bench parts --filter '*Noise*'     BenchmarkDotNet on a part
              PEERS=FOLDER ./scoresde bench                 with checkouts in FOLDER of k-diffusion, diffusers, torchsde, torchdiffeq, score_sde_pytorch as rivals

            Rivals are the programs of bench/peers on Debian's python3-torch, each with the faster of one and two threads. A ratio is the fastest rival's time over ours in the same
            round, the median of the rounds; the last lines are 'name ratio×'. Other work on the machine slows both sides: the ratio, and the ratio of processor times on the page, say more than times.
            Ctrl-C keeps the contests that were done.
            """);
    }

    private static int Quickly(Display display, bool record)
    {
        var fallen = QuickCheck.Run(display.Say, record);
        if (record) display.Say($"recorded in {QuickCheck.Record}");
        if (fallen.Count == 0) return Exit.Success;
        display.Complain($"scoresde bench: fell by a quarter: {string.Join(", ", fallen)}");
        return Exit.Failure;
    }

    private static IReadOnlyList<IContest> Chosen(string[] names)
    {
        if (names.Length == 0) return ContestRunner.All;
        foreach (var name in names)
            if (ContestRunner.All.All(c => c.Name != name))
                throw new BadInputException($"there is no contest '{name}'; there are: {string.Join(", ", ContestRunner.All.Select(c => c.Name))}");
        return [.. ContestRunner.All.Where(c => names.Contains(c.Name))];
    }

    private static int Contests(Display display, IReadOnlyList<IContest> contests, int rounds, string folder, CancellationToken stop)
    {
        var results = new List<ContestResult>();
        var (failed, page) = (0, "");
        foreach (var contest in contests)
        {
            try
            {
                var result = display.Work(contest.Name, work => ContestRunner.Run(contest, rounds, work, stop));
                results.Add(result);
                page = ResultsPage.Write(folder, [result]); // each as soon as it is there: an interruption costs one contest
                display.Say(string.Create(CultureInfo.InvariantCulture,
                    $"{result.Name}: ours {Times.Show(result.Ours.Wall)} {result.Unit}, {result.Fastest.Name} {Times.Show(result.Fastest.Times!.Value.Wall)} ({result.Fastest.Choice})"));
            }
            catch (IOException e)
            {
                failed++;
                display.Complain($"scoresde bench: {e.Message}");
            }
        }
        if (results.Count > 0) display.Say(page);
        foreach (var result in results) display.Say($"{result.Name} {Times.Digits(result.Ratio)}×");
        return failed > 0 ? Exit.Failure : Exit.Success;
    }
}
