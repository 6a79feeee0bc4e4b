using System.Reflection;

namespace ScoreSde.Solvers;

/// <summary>
/// Everything of one kind that an assembly holds: records whose constructor's defaults make an instance. A new solver or grid is found here
/// because it exists.
/// </summary>
/// <remarks>
/// On the command line an entry is <c>name</c> or <c>name:option=value,option=value</c>; options are the record's constructor parameters. Where one of
/// them is <c>order</c>, <c>name-3</c> is short for <c>name:order=3</c>, unless an entry has that very name.
/// </remarks>
/// <typeparam name="T">What the entries have in common.</typeparam>
public sealed class Catalogue<T> where T : class
{
    private const string Order = "order";
    private readonly string _kind;
    private readonly Func<T, string> _name;
    private readonly SortedDictionary<string, Type> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> _aliases = new(StringComparer.Ordinal);

    /// <summary>Finds the entries of the given assemblies.</summary>
    /// <param name="kind">What an entry is called in messages: solver, grid.</param>
    /// <param name="name">An entry's name.</param>
    /// <param name="assemblies">Where to look.</param>
    public Catalogue(string kind, Func<T, string> name, params Assembly[] assemblies) : this(kind, name, _ => [], assemblies)
    {
    }

    /// <inheritdoc cref="Catalogue(string, Func{T, string}, Assembly[])"/>
    /// <param name="kind">What an entry is called in messages: solver, grid.</param>
    /// <param name="name">An entry's name.</param>
    /// <param name="aliases">Other names of the same entry.</param>
    /// <param name="assemblies">Where to look.</param>
    public Catalogue(string kind, Func<T, string> name, Func<T, IEnumerable<string>> aliases, params Assembly[] assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        ArgumentNullException.ThrowIfNull(aliases);
        (_kind, _name) = (kind, name);
        foreach (var type in assemblies.SelectMany(a => a.GetTypes()))
        {
            if (type is not { IsAbstract: false, IsGenericTypeDefinition: false } || !typeof(T).IsAssignableFrom(type) || !HasDefaults(type)) continue;
            var entry = Create(type, []);
            _types.Add(name(entry), type);
            foreach (var alias in aliases(entry)) _aliases.Add(alias, type);
        }
    }

    /// <summary>All names.</summary>
    public IReadOnlyCollection<string> Names => _types.Keys;

    /// <summary>One instance of each, with its default options.</summary>
    public IEnumerable<T> All => _types.Values.Select(t => Create(t, []));

    /// <summary>The options of an entry: name, type and default.</summary>
    public IEnumerable<(string Name, Type Type, object? Default)> Options(string name) =>
        Constructor(Find(name).Type).GetParameters().Select(p => (OptionName(p), p.ParameterType, Default(p)));

    /// <summary>An entry from its text: <c>ddim</c>, <c>ddim:eta=0.5</c>, <c>karras:rho=5</c>.</summary>
    /// <exception cref="ArgumentException">Unknown name, option or value; the message says what was given and what is allowed.</exception>
    public T Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (type, order) = Find(colon < 0 ? text : text[..colon]);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (order is not null) values.Add(Order, order);
        foreach (var part in colon < 0 ? [] : text[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) throw new ArgumentException($"option '{part}' of {_kind} '{text}' has no value; write name=value");
            if (!values.TryAdd(part[..equals].Trim(), part[(equals + 1)..].Trim()))
                throw new ArgumentException($"option '{part[..equals].Trim()}' of {_kind} '{text}' is given twice");
        }
        var known = Constructor(type).GetParameters().Select(OptionName).ToArray();
        foreach (var given in values.Keys)
            if (!known.Contains(given))
                throw new ArgumentException($"{_kind} '{_name(Create(type, []))}' has no option '{given}'; it has {(known.Length == 0 ? "none" : string.Join(", ", known))}");
        return Create(type, values);
    }

    /// <summary>The type of a name, and the order of its short form if it is one.</summary>
    private (Type Type, string? Order) Find(string name)
    {
        if (_types.TryGetValue(name, out var type) || _aliases.TryGetValue(name, out type)) return (type, null);
        var hyphen = name.LastIndexOf('-');
        if (hyphen > 0 && hyphen + 1 < name.Length && name.AsSpan(hyphen + 1).IndexOfAnyExceptInRange('0', '9') < 0
            && _types.TryGetValue(name[..hyphen], out type) && Constructor(type).GetParameters().Any(p => OptionName(p) == Order))
            return (type, name[(hyphen + 1)..]);
        throw new ArgumentException($"unknown {_kind} '{name}'; there are {string.Join(", ", Names)}");
    }

    private T Create(Type type, Dictionary<string, string> values)
    {
        var constructor = Constructor(type);
        var arguments = constructor.GetParameters()
            .Select(p => values.TryGetValue(OptionName(p), out var text) ? Convert(p, text) : Default(p)).ToArray();
        return (T)(arguments.Length == 0 ? Activator.CreateInstance(type)! : constructor.Invoke(arguments));
    }

    private object Convert(ParameterInfo parameter, string text)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        try
        {
            if (!type.IsEnum) return System.Convert.ChangeType(text, type, System.Globalization.CultureInfo.InvariantCulture);
            var match = Enum.GetNames(type).FirstOrDefault(n => CatalogueText.Of(n) == text);
            return match is null ? throw new FormatException() : Enum.Parse(type, match);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
        {
            var allowed = type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(CatalogueText.Of)) : $"a {type.Name.ToLowerInvariant()}";
            throw new ArgumentException($"option {OptionName(parameter)} of this {_kind} is '{text}'; allowed: {allowed}", e);
        }
    }

    private static bool HasDefaults(Type type) => type.IsValueType || type.GetConstructors().Any(c => c.GetParameters().All(p => p.HasDefaultValue));

    /// <summary>The constructor with the most parameters, all of which have defaults.</summary>
    private static ConstructorInfo Constructor(Type type) =>
        type.GetConstructors().Where(c => c.GetParameters().All(p => p.HasDefaultValue)).MaxBy(c => c.GetParameters().Length)
        ?? typeof(object).GetConstructor([])!;

    private static object? Default(ParameterInfo parameter) =>
        parameter.ParameterType.IsEnum && parameter.DefaultValue is { } value ? Enum.ToObject(parameter.ParameterType, value) : parameter.DefaultValue;

    private static string OptionName(ParameterInfo parameter) => CatalogueText.Of(parameter.Name!);
}
