using System.Globalization;
using System.Text;
using ScoreSde.Tests.Support;

namespace ScoreSde.Verification.Tests.Faults;

/// <summary>docs/faults.md: how many faults the laws see.</summary>
internal static class FaultPage
{
    public const string Command = "FAULTS_PAGE=$PWD/docs/faults.md dotnet test tests/Verification.Tests -c Release --filter Faults_Planted";

    public static string Path => System.IO.Path.Combine(Repository.Root, "docs", "faults.md");

    public static string Of(IReadOnlyList<Verdict> verdicts)
    {
        var text = new StringBuilder();
        var (killed, same) = (verdicts.Count(v => v.Fate == Fate.Killed), verdicts.Count(v => v.Fate == Fate.Same));
        text.Append(CultureInfo.InvariantCulture, $"""
            # Faults that the laws see

            Faults are planted by rule in every solver of the catalogue, from outside (`tests/Verification.Tests/Faults`), and `SolverLaws.Check` is run on each with one
            seed. Killed: a law is broken. Same: the faulty solver is none, for its linear forms are those of the sound one: the same A and b, and the same |c|,
            at 5 and 9 steps on five processes; the reasons are below. {killed} of {verdicts.Count - same} faults are killed, {100.0 * killed / (verdicts.Count - same):f1} %; {same} more are no faults.

            No false alarm: of the sound solvers and processes none breaks a law with any of 1000 seeds
            (`LAW_SEEDS=1000 dotnet test tests/Verification.Tests -c Release --filter Laws_OfEvery`, about nine minutes on two cores); a test runs a few.

            Written by `{Command}`; a test compares the counts.

            ## By rule

            | rule | planted | killed | same | alive |
            |---|---:|---:|---:|---:|

            """);
        foreach (var rule in FaultRules.All) Row(text, rule, verdicts.Where(v => v.Mutant.Rule == rule));
        text.Append("\n## By solver\n\n| solver | planted | killed | same | alive |\n|---|---:|---:|---:|---:|\n");
        foreach (var solver in verdicts.GroupBy(v => v.Mutant.Solver).OrderBy(g => g.Key, StringComparer.Ordinal)) Row(text, $"`{solver.Key}`", solver);
        text.Append("\n## By the law that sees them\n\n| law | faults |\n|---|---:|\n");
        foreach (var law in verdicts.Where(v => v.Fate == Fate.Killed).GroupBy(v => v.Reason).OrderByDescending(g => g.Count()))
            text.Append(CultureInfo.InvariantCulture, $"| {law.Key} | {law.Count()} |\n");
        text.Append("\n## Those that are no faults\n\n");
        foreach (var reason in verdicts.Where(v => v.Fate == Fate.Same).GroupBy(v => v.Reason).OrderBy(g => g.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"- {reason.Key}: {string.Join("; ", reason.OrderBy(v => v.Mutant.Solver + v.Mutant.Where + v.Mutant.Rule, StringComparer.Ordinal).Select(Name))}.\n");
        text.Append("\n## Those still alive\n\nThey leave a method of the order that is declared: a stage that is a little off in a method of order 1, a start that only matters for orders above that of the ramp.\n\n");
        foreach (var alive in verdicts.Where(v => v.Fate == Fate.Survived).OrderBy(v => v.Mutant.Solver + v.Mutant.Where + v.Mutant.Rule, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"- {Name(alive)}\n");
        return text.ToString();
    }

    /// <summary>The counts by solver that a page states.</summary>
    public static IReadOnlyDictionary<string, (int Planted, int Killed, int Same)> Rows(string page) => page.Split('\n')
        .Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(c => c[0].Trim('`'), c => (Number(c[1]), Number(c[2]), Number(c[3])));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Name(Verdict v) => $"`{v.Mutant.Solver}` {v.Mutant.Where} {v.Mutant.Rule}";

    private static void Row(StringBuilder text, string name, IEnumerable<Verdict> of)
    {
        var all = of.ToList();
        text.Append(CultureInfo.InvariantCulture, $"| {name} | {all.Count} | {all.Count(v => v.Fate == Fate.Killed)} | {all.Count(v => v.Fate == Fate.Same)} | {all.Count(v => v.Fate == Fate.Survived)} |\n");
    }
}
