using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Modules;

/// <summary>Modules by name, in the order of insertion.</summary>
public class ModuleDict<T> : torch.nn.Module, IEnumerable<(string, T)>
    where T : torch.nn.Module
{
    internal ModuleDict((string, T)[] modules)
        : base(nameof(ModuleDict<T>))
    {
        foreach (var (key, module) in modules) Add(key, module);
    }

    public ModuleDict()
        : this([])
    {
    }

    public int Count => _internal_submodules.Count;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => _internal_submodules.Keys;

    public ICollection<T> Values => [.. values()];

    public T this[string key]
    {
        get => (T)_internal_submodules[key];
        set => register_module(key, value);
    }

    public void Add(string key, T value)
    {
        if (ContainsKey(key)) throw new ArgumentException($"There is a module '{key}' already.", nameof(key));
        register_module(key, value);
    }

    public bool ContainsKey(string key) => _internal_submodules.ContainsKey(key);

    public bool Remove(string key) => _internal_submodules.Remove(key);

    public void Clear() => _internal_submodules.Clear();

    public void clear() => Clear();

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        bool found = _internal_submodules.TryGetValue(key, out var module);
        value = (T?)module;
        return found;
    }

    public IEnumerable<string> keys() => Keys;

    public IEnumerable<T> values() => _internal_submodules.Values.Cast<T>();

    public IEnumerator<(string, T)> items() => GetEnumerator();

    public IEnumerator<(string, T)> GetEnumerator()
    {
        foreach (var (key, module) in _internal_submodules) yield return (key, (T)module);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    protected override void RegisterComponents()
    {
    }
}
