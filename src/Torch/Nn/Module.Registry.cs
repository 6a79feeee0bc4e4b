using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Registration and enumeration. Names of descendants are joined by dots.</summary>
        public partial class Module
        {
            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    _internal_submodules.Remove(name);
                    return;
                }

                Name(name);
                _internal_submodules[name] = submodule;
                submodule.RegisterComponents();
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual void register_parameter(string name, Parameter param)
            {
                Name(name);
                if (param is null) _internal_params.Remove(name);
                else _internal_params[name] = param;
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                Name(name);
                ArgumentNullException.ThrowIfNull(tensor);
                _internal_buffers[name] = (tensor, persistent);
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(static named => named.parameter);

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                foreach (var named in _internal_params) yield return named;
                if (!recurse) yield break;
                foreach (var (prefix, child) in _internal_submodules)
                {
                    foreach (var (name, parameter) in child.named_parameters()) yield return ($"{prefix}.{name}", parameter);
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(static named => named.buffer);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                foreach (var (name, (buffer, persistent)) in _internal_buffers)
                {
                    if (persistent || include_nonpersistent) yield return (name, buffer);
                }

                if (!recurse) yield break;
                foreach (var (prefix, child) in _internal_submodules)
                {
                    foreach (var (name, buffer) in child.named_buffers(true, include_nonpersistent)) yield return ($"{prefix}.{name}", buffer);
                }
            }

            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules;

            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (prefix, child) in _internal_submodules)
                {
                    yield return (prefix, child);
                    foreach (var (name, module) in child.named_modules()) yield return ($"{prefix}.{name}", module);
                }
            }

            public virtual IEnumerable<Module> children() => named_children().Select(static named => named.module);

            public virtual IEnumerable<Module> modules() => named_modules().Select(static named => named.module);

            public virtual Parameter? get_parameter(string target) =>
                named_parameters().Where(named => named.name == target).Select(static named => named.parameter).FirstOrDefault();

            public virtual Tensor? get_buffer(string target) =>
                named_buffers().Where(named => named.name == target).Select(static named => named.buffer).FirstOrDefault();

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            protected virtual Parameter[] _parameters(bool recurse = true) => [.. parameters(recurse)];

            /// <summary>A parameter that this layer holds: out of every scope, for as long as the layer lives.</summary>
            private protected void Own(string name, Parameter? parameter)
            {
                if (parameter is null) _internal_params.Remove(name);
                else _internal_params[name] = (Parameter)parameter.DetachFromDisposeScope();
            }

            private protected Parameter? Owned(string name) => _internal_params.TryGetValue(name, out var parameter) ? parameter : null;

            private static void Name(string name)
            {
                if (string.IsNullOrEmpty(name) || name.Contains('.', StringComparison.Ordinal))
                    throw new ArgumentException($"'{name}' cannot name a component: names are not empty and have no dot.", nameof(name));
            }
        }
    }
}
