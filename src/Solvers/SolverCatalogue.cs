namespace ScoreSde.Solvers;

/// <summary>All solvers, by name. Adding one is adding its file.</summary>
public static class SolverCatalogue
{
    /// <summary>The catalogue of this assembly.</summary>
    public static Catalogue<ISolver> Instance { get; } = new("solver", s => s.Card.Name, typeof(SolverCatalogue).Assembly);

    /// <inheritdoc cref="Catalogue{T}.Parse"/>
    public static ISolver Parse(string text) => Instance.Parse(text);
}
