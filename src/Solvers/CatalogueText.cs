namespace ScoreSde.Solvers;

/// <summary>How the command line writes the names of C#.</summary>
public static class CatalogueText
{
    /// <summary>A name in lower case with hyphens: FixedSmall is fixed-small.</summary>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
    }
}
