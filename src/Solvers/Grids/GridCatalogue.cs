namespace ScoreSde.Solvers.Grids;

/// <summary>All grid rules, by name. Adding one is adding its file.</summary>
public static class GridCatalogue
{
    /// <summary>The catalogue of this assembly.</summary>
    public static Catalogue<IGridRule> Instance { get; } = new("grid", g => g.Name, typeof(GridCatalogue).Assembly);

    /// <inheritdoc cref="Catalogue{T}.Parse"/>
    public static IGridRule Parse(string text) => Instance.Parse(text);
}
