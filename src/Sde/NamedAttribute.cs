namespace ScoreSde.Sde;

/// <summary>
/// The name by which <see cref="ProcessCatalogue"/> finds a process or a schedule: on the class, if its numbers are the parameters of its
/// public constructor, or on a static factory. Every number must have a default.
/// </summary>
/// <param name="name">Lower case, words joined by hyphens.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = false)]
public sealed class NamedAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
