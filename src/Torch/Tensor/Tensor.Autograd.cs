namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients.</summary>
    public partial class Tensor
    {
        public bool requires_grad
        {
            get
            {
                bool required = Native.sst_requires_grad(Handle);
                GC.KeepAlive(this);
                return required;
            }
            set => Native.Check(Native.sst_set_requires_grad(this, value));
        }

        public Tensor? grad
        {
            get
            {
                Native.Check(Native.sst_grad(this, out nint gradient));
                return gradient == 0 ? null : new Tensor(gradient);
            }
            set => Native.Check(Native.sst_set_grad(this, value));
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad() => Native.Check(Native.sst_retain_grad(this));

        public Tensor detach() => Native.sst_detach(this);

        public Tensor detach_() => Done(Native.sst_detach_(this));

        public void backward() => autograd.Backward([this], null, null, false, null);

        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.Backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }

    public static class autograd
    {
        public static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false,
            bool create_graph = false, bool allow_unused = false)
        {
            nint[] from = Native.Handles(outputs);
            nint[] to = Native.Handles(inputs);
            nint[] weights = grad_outputs is null ? [] : Native.Handles(grad_outputs);
            long count = Native.sst_gradients(
                from, from.Length, to, to.Length, weights, weights.Length, retain_graph || create_graph, create_graph, allow_unused);
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return Native.TakeAll(count);
        }

        public static void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) => Backward(tensors, grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) => Backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null) => Backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        internal static void Backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors, bool? retain_graph, bool create_graph, IList<Tensor>? inputs)
        {
            nint[] from = Native.Handles(tensors);
            nint[] weights = grad_tensors is null ? [] : Native.Handles(grad_tensors);
            nint[] to = inputs is null ? [] : Native.Handles(inputs);
            int retain = retain_graph is { } keep ? (keep ? 1 : 0) : -1;
            Native.Check(Native.sst_backward(from, from.Length, weights, weights.Length, retain, create_graph, to, to.Length));
            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }
    }
}
