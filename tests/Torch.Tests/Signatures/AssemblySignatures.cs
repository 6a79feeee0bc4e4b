using System.Globalization;
using System.Reflection;

namespace ScoreSde.Torch.Tests.Signatures;

/// <summary>
/// Public and protected members of an assembly, one line of text each: type, name, parameters with names and defaults, result. TorchSharp's own
/// names are written without their namespace; what annotations for null say is left out, since a package may be built without them.
/// </summary>
internal static class AssemblySignatures
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetTypes().Where(Visible).SelectMany(Of).Order(StringComparer.Ordinal);

    private static bool Visible(Type type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && Visible(type.DeclaringType!)
        : type.IsPublic;

    private static IEnumerable<string> Of(Type type)
    {
        string name = Name(type);
        yield return $"type {name} : {Kind(type)}";
        if (typeof(Delegate).IsAssignableFrom(type)) yield break;
        foreach (var field in type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly))
        {
            if (type.IsEnum && field.IsStatic)
                yield return $"{name}.{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}";
            else if (!type.IsEnum)
                yield return $"{name}.{Static(field.IsStatic)}{field.Name} : {Name(field.FieldType)}";
        }

        if (type.IsEnum) yield break;
        foreach (var constructor in type.GetConstructors(Declared).Where(Seen))
            yield return $"{name}.{Static(constructor.IsStatic)}new{Arguments(constructor)}";
        foreach (var method in type.GetMethods(Declared).Where(Seen))
        {
            string generic = method.IsGenericMethod ? $"<{string.Join(",", method.GetGenericArguments().Select(Name))}>" : "";
            yield return $"{name}.{Static(method.IsStatic)}{method.Name}{generic}{Arguments(method)} : {Name(method.ReturnType)}";
        }
    }

    private static bool Seen(MethodBase method) =>
        (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && method.Name is not ("Finalize" or ".cctor") && !method.Name.Contains('<');

    private static string Kind(Type type) => type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsInterface ? "interface"
        : typeof(Delegate).IsAssignableFrom(type) ? "delegate" : type is { IsAbstract: true, IsSealed: true } ? "static class" : "class";

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Arguments(MethodBase method) => $"({string.Join(", ", method.GetParameters().Select(Argument))})";

    private static string Argument(ParameterInfo parameter)
    {
        string prefix = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : parameter.IsOut ? "out " : "";
        string value = parameter.HasDefaultValue ? $" = {Value(parameter.RawDefaultValue)}" : "";
        return $"{prefix}{Name(parameter.ParameterType)} {parameter.Name}{value}";
    }

    private static string Value(object? value) => value switch
    {
        null => "null",
        bool b => b ? "true" : "false",
        char c => $"'{c}'",
        string s => $"\"{s.Replace("\n", "\\n")}\"",
        double d => d.ToString("R", CultureInfo.InvariantCulture),
        float f => f.ToString("R", CultureInfo.InvariantCulture),
        Enum e => Convert.ToInt64(e, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Name(Type type)
    {
        if (type.IsByRef) return "ref " + Name(type.GetElementType()!);
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter) return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        string known = type.FullName switch
        {
            "System.Void" => "void", "System.Boolean" => "bool", "System.Byte" => "byte", "System.SByte" => "sbyte", "System.Int16" => "short",
            "System.Int32" => "int", "System.Int64" => "long", "System.UInt64" => "ulong", "System.Single" => "float", "System.Double" => "double",
            "System.String" => "string", "System.Object" => "object", "System.Char" => "char", _ => "",
        };
        if (known.Length > 0) return known;
        var generics = type.GetGenericArguments();
        if (type.FullName is { } full && full.StartsWith("System.ValueTuple`", StringComparison.Ordinal)) return $"({string.Join(", ", generics.Select(Name))})";
        string own = type.Name.Contains('`') ? type.Name[..type.Name.IndexOf('`')] : type.Name;
        if (type.IsNested) own = NameWithoutArguments(type.DeclaringType!) + "." + own;
        else if (type.Namespace is { } space && space.StartsWith("TorchSharp", StringComparison.Ordinal)) own = space == "TorchSharp" ? own : space["TorchSharp.".Length..] + "." + own;
        return generics.Length == 0 ? own : $"{own}<{string.Join(",", generics.Select(Name))}>";
    }

    private static string NameWithoutArguments(Type type)
    {
        string name = Name(type);
        int generic = name.IndexOf('<');
        return generic < 0 ? name : name[..generic];
    }
}
