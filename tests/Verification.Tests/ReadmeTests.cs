using System.Runtime.CompilerServices;
using ScoreSde.Solvers;

namespace ScoreSde.Verification.Tests;

/// <summary>The README's table of solvers is the catalogue.</summary>
public class ReadmeTests
{
    private const string Begin = "<!-- solvers: kept equal to the catalogue by a test -->\n", End = "<!-- end of solvers -->";

    [Fact]
    public void SolverTable_IsTheCatalogue()
    {
        var readme = File.ReadAllText(ReadmePath());
        var start = readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        Assert.Equal(Table(), readme[start..readme.IndexOf(End, StringComparison.Ordinal)]);
    }

    private static string Table() => string.Concat(
        "| name | method | evaluations a step | deterministic | weak | strong | reference |\n|---|---|---|---|---|---|---|\n",
        string.Concat(SolverCatalogue.Instance.All.Select(s => s.Card).Select(c =>
            $"| `{c.Name}` | {c.Title} | {c.EvaluationsPerStep} | {Text(c.Orders.Deterministic)} | {Text(c.Orders.Weak)} | {Text(c.Orders.Strong)} | {c.Reference} |\n")));

    private static string Text(OrderClaim claim) => claim switch
    {
        OrderClaim.Proven p => FormattableString.Invariant($"{p.Order}"),
        OrderClaim.Measured m => FormattableString.Invariant($"{m.Order} (measured)"),
        _ => "–",
    };

    private static string ReadmePath([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "README.md");
}
