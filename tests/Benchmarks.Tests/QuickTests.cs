using ScoreSde.Benchmarks.Quick;

namespace ScoreSde.Benchmarks.Tests;

/// <summary>Speed as ratios of two ways to the same end in one process, which other work on the machine slows alike.</summary>
public class QuickTests
{
    [Fact]
    public void Ratios_BestOfFive_HaveNotFallenByAQuarter()
    {
        var lines = new List<string>();
        var fallen = QuickCheck.Run(lines.Add, record: false);
        Assert.True(fallen.Count == 0, string.Join("\n", lines));
    }

    [Fact]
    public void Ratio_ThatFallsByMoreThanAQuarter_IsAFaultAndOneThatFallsByLessIsNot()
    {
        Assert.True(QuickCheck.HasFallen(0.74, 1));
        Assert.False(QuickCheck.HasFallen(0.76, 1));
        Assert.False(QuickCheck.HasFallen(0.01, null)); // nothing is known of this processor
    }

    [Fact]
    public void Measurements_StopAtTheFirstThatHasNotFallenOrAtTheFifth()
    {
        var asked = 0;
        Assert.Equal(0.9, QuickCheck.BestOfFive(() => new[] { 0.5, 0.6, 0.9, 2.0 }[asked++], 1));
        Assert.Equal(3, asked);
        asked = 0;
        Assert.Equal(0.7, QuickCheck.BestOfFive(() => new[] { 0.5, 0.7, 0.6, 0.4, 0.3, 5.0 }[asked++], 1));
        Assert.Equal(5, asked);
    }

    [Fact]
    public void Record_OfAnotherProcessor_CountsOnlyForRatiosThatHoldAnywhere()
    {
        var records = new Dictionary<string, Dictionary<string, double>> { ["a"] = new() { ["x"] = 2, ["y"] = 5 }, ["b"] = new() { ["x"] = 3 } };
        Assert.Equal(3, QuickCheck.Expected(records, "b", "x", anywhere: false));
        Assert.Equal(2, QuickCheck.Expected(records, "c", "x", anywhere: true));
        Assert.Null(QuickCheck.Expected(records, "c", "y", anywhere: false));
    }

    [Fact]
    public void Record_HasEveryRatio()
    {
        foreach (var record in QuickCheck.Read().Values) Assert.Equal(Ratios.All.Select(r => r.Name).Order(), record.Keys.Order());
    }
}
