using System.Text.Json;
using ScoreSde.Benchmarks.Running;

namespace ScoreSde.Benchmarks.Tests;

/// <summary>Contests as the command line finds them, and the page they are written to.</summary>
public class ContestTests
{
    [Fact]
    public void Contests_AllThereAre_HaveANameOfTheirOwnABarAndAProgramForTheirRivals()
    {
        Assert.Equal(ContestRunner.All.Count, ContestRunner.All.Select(c => c.Name).Distinct().Count());
        foreach (var contest in ContestRunner.All)
        {
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", contest.Name);
            Assert.True(contest.Bar > 1 && contest.Units > 0 && contest.Repeats > 0, contest.Name);
            Assert.True(File.Exists(Path.Combine(Checkout.Root, "bench", "peers", contest.Peer.Split(' ')[0])), contest.Peer);
        }
    }

    [Fact]
    public void Ratio_IsTheFastestRivalsTimeOverOurs()
    {
        var result = Sample("em-ring", ours: 5, ("a", 60), ("b", 40), ("failed", null));
        Assert.Equal("b", result.Fastest.Name);
        Assert.Equal(8, result.Ratio);
        Assert.Equal(2.5, result.Distance);
    }

    [Fact]
    public void RatioAndDistance_OfAMachineThatSlowsDown_AreThoseOfTheRounds()
    {
        var steady = Sample("em-ring", ours: 5, ("a", 40));
        double[] slower = [1, 3, 1.5];
        var result = steady with
        {
            Walls = [.. slower.Select(s => 5 * s)], Limits = [.. slower.Select(s => 2 * s)], Rivals = [steady.Rivals[0] with { Walls = [40, 126, 57] }],
        };
        Assert.Equal([8, 8.4, 7.6], result.Ratios.Select(r => Math.Round(r, 12)));
        Assert.Equal(8, result.Ratio);
        Assert.Equal(2.5, result.Distance);
        Assert.Contains("| **8.00×** | 7.60–8.40 | 8.00× |", ResultsPage.Text([result]), StringComparison.Ordinal);
    }

    [Fact]
    public void Rivals_OverTwoAndAHalfTimesSlowerThanTheFastest_AreNotAskedAgain()
    {
        var walls = new Dictionary<string, double> { ["slow"] = 25.1, ["fast"] = 10, ["near"] = 25 };
        Assert.Equal(["fast", "near"], ContestRunner.Contenders(walls.Keys, r => walls[r]).Order());
    }

    [Fact]
    public void Page_OfOneContest_KeepsTheOtherRowsAndLeavesNothingHalfWritten()
    {
        var folder = Directory.CreateTempSubdirectory("scoresde-bench");
        try
        {
            ResultsPage.Write(folder.FullName, [Sample("em-ring", 5, ("a", 40)), Sample("ddim", 4, ("a", 20))]);
            var page = ResultsPage.Write(folder.FullName, [Sample("ddim", 2, ("a", 20))]);
            var text = File.ReadAllText(page);
            Assert.Contains("| [em-ring](#em-ring) | 5.00 ns a unit | 40.0 ns | **8.00×** |", text, StringComparison.Ordinal);
            Assert.Contains("| [ddim](#ddim) | 2.00 ns a unit | 20.0 ns | **10.0×** |", text, StringComparison.Ordinal);
            Assert.DoesNotContain("5.00×** | 8", text, StringComparison.Ordinal);
            Assert.Equal([Machine.File + ".json", Machine.File + ".md", Machine.File + ".png"], Directory.GetFiles(folder.FullName).Select(f => Path.GetFileName(f)!).Order());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void CommittedPages_SayWhatTheirFiguresSay()
    {
        foreach (var figures in Directory.GetFiles(Checkout.Results, "*-*.json"))
        {
            var rows = JsonSerializer.Deserialize<List<ContestResult>>(File.ReadAllText(figures), JsonSerializerOptions.Web)!;
            var page = File.ReadAllText(Path.ChangeExtension(figures, ".md"));
            foreach (var row in rows) Assert.Contains($"| [{row.Name}](#{row.Name}) | {Times.Show(row.Ours.Wall)} {row.Unit} |", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(29.94, "29.9 ns")]
    [InlineData(27_800, "27.8 µs")]
    [InlineData(0.4216, "0.422 ns")]
    [InlineData(1.2345e9, "1.23 s")]
    public void Time_HasThreeDigitsAndAUnitThatSuits(double nanoseconds, string expected) => Assert.Equal(expected, Times.Show(nanoseconds));

    private static ContestResult Sample(string name, double ours, params (string Name, double? Wall)[] rivals) => new()
    {
        Name = name, Title = "a title", Place = 1, Bar = 8, Unit = "a unit", Ours = new Times(ours, ours), Walls = [ours, ours], Limits = [2, 2], LimitName = "arithmetic", Rounds = 2,
        When = "2026-01-01", Load = 0,
        Rivals = [.. rivals.Select(r => new RivalResult(r.Name, r.Wall is { } w ? new Times(w, w) : null, 2, r.Wall is { } wall ? [wall, wall] : [], "", ""))],
    };
}
