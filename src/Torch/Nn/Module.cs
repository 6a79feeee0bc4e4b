using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A tree of parameters and buffers.</summary>
        public partial class Module : IDisposable
        {
            private readonly string typeName;
            private readonly HashSet<string> nonpersistent = [];
            private bool registered;

            protected readonly OrderedDict<string, Module> _internal_submodules = new();
            protected readonly OrderedDict<string, (Tensor buffer, bool persistent)> _internal_buffers = new();
            protected readonly OrderedDict<string, Parameter> _internal_params = new();

            protected Module(string name) => typeName = name;

            public virtual bool training { get; private set; } = true;

            public virtual string GetName() => typeName;

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var (_, child) in _internal_submodules) child.train(train);
            }

            public virtual void eval() => train(false);

            public virtual void zero_grad(bool set_to_none = true) => ZeroGrads(parameters(), set_to_none);

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in _internal_submodules) child.apply(fn);
                fn(this);
                return this;
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (var (_, child) in _internal_submodules) child.Dispose();
                foreach (var (_, (buffer, _)) in _internal_buffers) buffer.Dispose();
                foreach (var (_, parameter) in _internal_params) parameter.Dispose();
            }

            /// <summary>Registers the fields of this object: modules, parameters, and tensors as buffers, each under its field's name.</summary>
            protected virtual void RegisterComponents()
            {
                if (registered) return;
                registered = true;
                const BindingFlags own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
                foreach (var field in GetType().GetFields(own))
                {
                    string name = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                    switch (field.GetValue(this))
                    {
                        case Module module when !_internal_submodules.ContainsKey(name): register_module(name, module); break;
                        case Modules.Parameter parameter:
                            if (!_internal_params.ContainsKey(name)) register_parameter(name, parameter);
                            break;
                        case Tensor buffer when !_internal_buffers.ContainsKey(name): register_buffer(name, buffer); break;
                        default: break;
                    }
                }
            }

            internal static void ZeroGrads(IEnumerable<Parameter> parameters, bool set_to_none)
            {
                var list = parameters.ToArray();
                Check(TorchSharp.Native.sst_zero_grads(TorchSharp.Native.Handles(list), list.Length, set_to_none));
                GC.KeepAlive(list);
            }

            private static void Check(int status) => TorchSharp.Native.Check(status);
        }
    }
}
