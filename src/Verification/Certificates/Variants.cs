using ScoreSde.Sde;
using ScoreSde.Solvers;
using ScoreSde.Solvers.General;
using ScoreSde.Solvers.Grids;
using ScoreSde.Solvers.Integration;

namespace ScoreSde.Verification.Certificates;

/// <summary>A solver with its options set, as a text that the catalogue reads, and for a general stochastic one the η of the reverse process.</summary>
public sealed record Variant(string Text, ISolver Solver, double? Eta)
{
    /// <summary>r = η² of the process it follows.</summary>
    public double Rate => Eta is { } eta ? eta * eta : Solver.Card.Rate;

    /// <summary>The text, with η where there is one.</summary>
    public string Name => Eta is { } eta ? FormattableString.Invariant($"{Text} at η = {eta}") : Text;
}

/// <summary>
/// The variants of a catalogue that are certified, from the options' types alone, so that a new solver's are found where it is declared: every order, every member of an
/// enumeration, both values of a switch, and three strengths of noise (rates η² near 0.5, 1 and 1.4).
/// </summary>
public static class Variants
{
    private static readonly Walk Probe = Walk.Straight(TimeGrid.Create(new VariancePreserving(new LinearSchedule(0.1, 20)), new UniformLambda(), 8, 0.8, 0.05));

    private const int HighestOrder = 8;
    private static readonly double[] Etas = [0.7, 1, 1.2];
    private static readonly double[] Rates = [0.5, 1, 1.4];

    /// <summary>All variants of the solvers whose name passes a filter.</summary>
    public static IReadOnlyList<Variant> Of(Catalogue<ISolver> catalogue, Func<string, bool>? filter = null)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        var variants = new List<Variant>();
        foreach (var name in catalogue.Names)
        {
            if (filter is not null && !filter(name)) continue;
            foreach (var text in Texts(catalogue, name))
            {
                var solver = catalogue.Parse(text);
                if (solver is IGeneralSolver && solver.Card.NoiseSlots > 0)
                    foreach (var eta in Etas) variants.Add(new Variant(text, solver, eta));
                else
                    variants.Add(new Variant(text, solver, null));
            }
        }
        return variants;
    }

    private static IEnumerable<string> Texts(Catalogue<ISolver> catalogue, string name)
    {
        yield return name;
        var cards = new HashSet<string>(StringComparer.Ordinal) { Signature(catalogue.Parse(name)) };
        foreach (var (option, type, standard) in catalogue.Options(name))
            foreach (var value in Values(option, type, standard))
            {
                var text = $"{name}:{option}={value}";
                if (TryParse(catalogue, text) is { } solver && cards.Add(Signature(solver))) yield return text;
            }
    }

    /// <summary>The record's own text: its type and options.</summary>
    private static string Signature(ISolver solver) => solver.ToString() ?? "";

    private static ISolver? TryParse(Catalogue<ISolver> catalogue, string text)
    {
        try
        {
            var solver = catalogue.Parse(text);
            _ = solver.Card;
            _ = OrderPlan.Of(solver, Probe);
            return solver;
        }
        catch (ArgumentException)
        {
            return null; // an order or a parametrisation that this solver does not have
        }
    }

    private static IEnumerable<string> Values(string option, Type type, object? standard)
    {
        if (type.IsEnum) return Enum.GetNames(type).Select(CatalogueText.Of);
        if (type == typeof(bool)) return standard is true ? ["false"] : ["true"];
        if (type == typeof(int) && option.Contains("order", StringComparison.Ordinal)) return Enumerable.Range(1, HighestOrder).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        double[] strengths = type != typeof(double) ? [] : option is "eta" or "tau" ? Etas : option == "rate" ? Rates : [];
        if (strengths.Length > 0)
            return (standard is 0.0 ? strengths : [0, .. strengths]).Select(v => v.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return [];
    }
}
