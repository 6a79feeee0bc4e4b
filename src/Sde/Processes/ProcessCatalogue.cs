using System.Globalization;
using System.Reflection;

namespace ScoreSde.Sde;

/// <summary>
/// Every process that carries a <see cref="NamedAttribute"/>, found by reflection: a new process or schedule is one new file.
/// </summary>
/// <remarks>
/// The text is <c>process[-schedule][:number,number,…]</c>: <c>ve</c>, <c>vp</c> (with the linear schedule), <c>vp-cosine:0.008</c>,
/// <c>subvp-discrete-linear:1e-4,0.02,1000</c>. Numbers left out have their defaults, and every <see cref="ForwardSde.Name"/> reads back,
/// except that of a table of betas.
/// </remarks>
public static class ProcessCatalogue
{
    private const string DefaultSchedule = "linear";

    /// <summary>The process that a text names.</summary>
    /// <param name="text">As above; upper and lower case are alike.</param>
    /// <param name="others">Assemblies to look in besides this one.</param>
    /// <exception cref="ArgumentException">No such name, or numbers it does not take: the message says what was given and what is allowed.</exception>
    public static ForwardSde Parse(string text, params ReadOnlySpan<Assembly> others)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = (colon < 0 ? text : text[..colon]).Trim();
        string[] numbers = colon < 0 ? [] : text[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries);
        foreach (var entry in Entries(others))
            if (string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase)) return entry.Make(numbers, text);
        throw new ArgumentException($"no process is named '{name}'; there are: {string.Join(", ", Names(others))}", nameof(text));
    }

    /// <summary>All names that <see cref="Parse"/> takes, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names(params ReadOnlySpan<Assembly> others) => [.. Entries(others).Select(e => e.Name)];

    /// <summary>One of each process with default numbers, in the order of <see cref="Names"/>, without repetition.</summary>
    public static IReadOnlyList<ForwardSde> All(params ReadOnlySpan<Assembly> others) =>
        [.. Entries(others).Select(e => e.Make([], e.Name)).DistinctBy(p => p.Name)];

    private static List<Entry> Entries(ReadOnlySpan<Assembly> others)
    {
        var makers = new List<(string Name, MethodBase Maker)>();
        AddMakers(typeof(ProcessCatalogue).Assembly, makers);
        foreach (var assembly in others) AddMakers(assembly, makers);
        var schedules = makers.Where(m => typeof(NoiseSchedule).IsAssignableFrom(Made(m.Maker))).ToList();
        var entries = new List<Entry>();
        foreach (var (name, maker) in makers.Where(m => typeof(ForwardSde).IsAssignableFrom(Made(m.Maker))))
        {
            if (maker.GetParameters() is not [{ ParameterType: var first }] || first != typeof(NoiseSchedule))
            {
                entries.Add(new Entry(name, maker, null));
                continue;
            }
            foreach (var schedule in schedules)
            {
                entries.Add(new Entry($"{name}-{schedule.Name}", schedule.Maker, maker));
                if (schedule.Name == DefaultSchedule) entries.Add(new Entry(name, schedule.Maker, maker));
            }
        }
        entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return entries;
    }

    private static void AddMakers(Assembly assembly, List<(string Name, MethodBase Maker)> makers)
    {
        foreach (var type in assembly.GetExportedTypes())
        {
            if (type.GetCustomAttribute<NamedAttribute>() is { } onType) makers.Add((onType.Name, type.GetConstructors().Single()));
            foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
                if (method.GetCustomAttribute<NamedAttribute>() is { } onMethod) makers.Add((onMethod.Name, method));
        }
    }

    private static Type Made(MethodBase maker) => maker is MethodInfo method ? method.ReturnType : maker.DeclaringType!;

    /// <summary>A name, what takes its numbers, and the process to put round the result where that is a schedule.</summary>
    private sealed record Entry(string Name, MethodBase Maker, MethodBase? Around)
    {
        public ForwardSde Make(string[] numbers, string text)
        {
            var parameters = Maker.GetParameters();
            if (numbers.Length > parameters.Length)
                throw new ArgumentException($"'{text}' has {numbers.Length} numbers; {Name} takes {Signature()}", nameof(text));
            var arguments = new object?[parameters.Length];
            for (var i = 0; i < parameters.Length; i++)
                arguments[i] = i < numbers.Length ? Read(numbers[i], parameters[i], text) : parameters[i].DefaultValue;
            var made = Invoke(Maker, arguments);
            return (ForwardSde)(Around is null ? made : Invoke(Around, [made]));
        }

        private object Read(string number, ParameterInfo parameter, string text)
        {
            if (parameter.ParameterType == typeof(int) && int.TryParse(number, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole)) return whole;
            if (parameter.ParameterType == typeof(double) && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)) return real;
            throw new ArgumentException($"'{number}' in '{text}' is not a value for {parameter.Name}; {Name} takes {Signature()}", nameof(text));
        }

        private string Signature() => Maker.GetParameters() is not [_, ..] parameters ? "no numbers" : string.Join(", ", parameters.Select(p =>
            string.Create(CultureInfo.InvariantCulture, $"{p.Name} ({(p.ParameterType == typeof(int) ? "whole number" : "number")}, default {p.DefaultValue})")));

        private static object Invoke(MethodBase maker, object?[] arguments) =>
            maker is ConstructorInfo constructor
                ? constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, CultureInfo.InvariantCulture)
                : maker.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, CultureInfo.InvariantCulture)!;
    }
}
