using System.Globalization;
using System.Reflection;

namespace ScoreSde.Solvers.Processes;

/// <summary>A parameter of a process.</summary>
/// <param name="Name">As it is written before the equals sign.</param>
/// <param name="Default">Its value when left out.</param>
public sealed record ProcessParameter(string Name, double Default);

/// <summary>What the catalogue knows of a process.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Title">In words.</param>
/// <param name="Equation">The SDE.</param>
/// <param name="Parameters">Its numbers, in order.</param>
public sealed record ProcessCard(string Name, string Title, string Equation, IReadOnlyList<ProcessParameter> Parameters);

/// <summary>Every general process that carries a <see cref="GeneralProcessNameAttribute"/>, found by reflection: a new process is one new file.</summary>
/// <remarks>
/// The text is <c>name[:parameter=number,…]</c>: <c>bm</c>, <c>ou:rate=1,mean=0,volatility=0.5</c>. Numbers without a name are taken in order
/// and stand first (<c>ou:1,0,0.5</c>); what is left out has its default.
/// </remarks>
public static class GeneralProcessCatalogue
{
    /// <summary>The process that a text names.</summary>
    /// <param name="text">As above; upper and lower case are alike.</param>
    /// <param name="others">Assemblies to look in besides this one.</param>
    /// <exception cref="ArgumentException">No such process or parameter, or not a number: the message says what was given and what there is.</exception>
    public static GeneralProcess Parse(string text, params ReadOnlySpan<Assembly> others)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = (colon < 0 ? text : text[..colon]).Trim();
        var makers = Makers(others);
        var maker = makers.FirstOrDefault(m => string.Equals(m.Card.Name, name, StringComparison.OrdinalIgnoreCase)).Method
            ?? throw new ArgumentException($"no general process is named '{name}'; there are: {string.Join(", ", makers.Select(m => m.Card.Name))}", nameof(text));
        var parameters = maker.GetParameters();
        var values = Array.ConvertAll(parameters, p => p.DefaultValue);
        var given = new bool[parameters.Length];
        var named = false;
        string[] settings = colon < 0 ? [] : text[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries);
        for (var i = 0; i < settings.Length; i++)
        {
            var equals = settings[i].IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 && named) throw Refuse($"'{settings[i]}' has no name but comes after one that has");
            named |= equals >= 0;
            var index = equals < 0
                ? i
                : Array.FindIndex(parameters, p => string.Equals(p.Name, settings[i][..equals].Trim(), StringComparison.OrdinalIgnoreCase));
            if (index < 0 || index >= parameters.Length) throw Refuse($"'{settings[i]}' is no parameter of it");
            if (given[index]) throw Refuse($"{parameters[index].Name} is given twice");
            if (!double.TryParse(settings[i].AsSpan(equals + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
                throw Refuse($"'{settings[i][(equals + 1)..]}' is not a finite number");
            given[index] = true;
            values[index] = value;
        }
        return (GeneralProcess)maker.Invoke(null, BindingFlags.DoNotWrapExceptions, null, values, CultureInfo.InvariantCulture)!;

        ArgumentException Refuse(string what) => new(
            $"'{text}': {what}; {name} takes {string.Join(", ", parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name} (default {p.DefaultValue})")))}",
            nameof(text));
    }

    /// <summary>All processes, by name.</summary>
    public static IReadOnlyList<ProcessCard> Cards(params ReadOnlySpan<Assembly> others) => [.. Makers(others).Select(m => m.Card)];

    private static List<(ProcessCard Card, MethodInfo Method)> Makers(ReadOnlySpan<Assembly> others)
    {
        var makers = new List<(ProcessCard Card, MethodInfo Method)>();
        AddMakers(typeof(GeneralProcessCatalogue).Assembly, makers);
        foreach (var assembly in others) AddMakers(assembly, makers);
        makers.Sort((a, b) => string.CompareOrdinal(a.Card.Name, b.Card.Name));
        return makers;
    }

    private static void AddMakers(Assembly assembly, List<(ProcessCard Card, MethodInfo Method)> makers)
    {
        foreach (var type in assembly.GetExportedTypes())
            foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
                if (method.GetCustomAttribute<GeneralProcessNameAttribute>() is { } name)
                {
                    ProcessParameter[] parameters = [.. method.GetParameters().Select(p => new ProcessParameter(p.Name!, (double)p.DefaultValue!))];
                    makers.Add((new ProcessCard(name.Name, name.Title, name.Equation, parameters), method));
                }
    }
}
