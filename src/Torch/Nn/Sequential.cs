using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Modules one after the other; what passes between them is disposed.</summary>
        public class Sequential : nn.Module<Tensor, Tensor>
        {
            internal Sequential(IEnumerable<(string name, nn.Module<Tensor, Tensor> submodule)> modules)
                : base(nameof(Sequential))
            {
                foreach (var (name, module) in modules) register_module(name, module);
            }

            public int Count => _internal_submodules.Count;

            [System.Runtime.CompilerServices.IndexerName("SequentialItems")]
            public nn.IModule<Tensor, Tensor> this[int index] => (nn.IModule<Tensor, Tensor>)_internal_submodules[index].Item2;

            public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
            {
                register_module(name, (nn.Module)module);
                return this;
            }

            public Sequential append(nn.IModule<Tensor, Tensor> module) =>
                append(Count.ToString(System.Globalization.CultureInfo.InvariantCulture), module);

            public override Tensor forward(Tensor tensor)
            {
                using var scope = NewDisposeScope();
                if (Count == 0) return scope.MoveToOuter(tensor.alias());
                var value = tensor;
                for (int i = 0; i < Count; i++)
                {
                    var next = this[i].call(value);
                    if (!ReferenceEquals(value, tensor) && !ReferenceEquals(value, next)) value.Dispose();
                    value = next;
                }

                return scope.MoveToOuter(value);
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential() => new([]);

            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new(modules);

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) =>
                new(modules.Select(static (module, index) => (index.ToString(System.Globalization.CultureInfo.InvariantCulture), module)));
        }
    }
}
