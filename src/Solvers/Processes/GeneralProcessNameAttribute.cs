namespace ScoreSde.Solvers.Processes;

/// <summary>
/// Puts a general process into the catalogue: on a public static method that returns a <see cref="GeneralProcess"/> and whose parameters are
/// numbers, all with defaults.
/// </summary>
/// <param name="name">Lower case, words joined by hyphens.</param>
/// <param name="title">In words.</param>
/// <param name="equation">The SDE, in Itô's sense.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class GeneralProcessNameAttribute(string name, string title, string equation) : Attribute
{
    /// <summary>The name on the command line.</summary>
    public string Name { get; } = name;

    /// <summary>The process in words.</summary>
    public string Title { get; } = title;

    /// <summary>The SDE.</summary>
    public string Equation { get; } = equation;
}
