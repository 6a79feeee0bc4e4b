namespace ScoreSde.Solvers.Tests.Golden;

/// <summary>
/// Runs recorded from other libraries, repeated with ours: the files in Data beside the tests, or every *.json of the folder that the environment
/// variable GOLDEN names. The findings go to <see cref="TestNotes"/>, the summary last.
/// </summary>
public class ParityTests
{
    [Fact]
    public void RecordedRuns_RepeatedWithOurSolvers_Agree()
    {
        var given = Environment.GetEnvironmentVariable("GOLDEN");
        var folder = string.IsNullOrEmpty(given) ? ParityData.Folder : given;
        Assert.True(Directory.Exists(folder), $"GOLDEN is '{folder}', which is no folder");
        var findings = Parity.OfFolder(folder);
        Assert.True(findings.Count > 0, $"'{folder}' has no *.json");

        foreach (var group in findings.Where(f => f.Verdict != Verdict.Matched).GroupBy(f => f.Verdict).OrderBy(g => g.Key))
            foreach (var finding in group) TestNotes.Add($"{Label(finding.Verdict)}: {finding.File}: {finding.Reason}");
        var matched = findings.Where(f => f.Verdict == Verdict.Matched).ToArray();
        if (matched.Length > 0)
        {
            var worst = matched.MaxBy(f => f.Worst)!;
            TestNotes.Add(FormattableString.Invariant($"largest error of a match: {worst.Worst:g2} of {matched.Sum(f => f.Compared)} numbers, allowed {Checks.Allowed:g2} ({worst.File})"));
        }
        TestNotes.Add(Parity.Summary(findings));

        var wrong = findings.Where(f => f.Verdict == Verdict.Differs || (f.Verdict == Verdict.NotCovered && folder == ParityData.Folder)).ToArray();
        Assert.True(wrong.Length == 0, string.Join(Environment.NewLine, wrong.Select(f => $"{f.File}: {f.Reason}")));
    }

    private static string Label(Verdict verdict) => verdict switch
    {
        Verdict.DiffersOnPurpose => "differs on purpose",
        Verdict.NotCovered => "not covered",
        _ => "DIFFERS",
    };
}
