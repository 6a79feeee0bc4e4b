namespace TorchSharp.Utils;

/// <summary>The key under which a field's module, parameter or buffer is registered, instead of the field's name.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ComponentNameAttribute : Attribute
{
    public string? Name { get; set; }
}
