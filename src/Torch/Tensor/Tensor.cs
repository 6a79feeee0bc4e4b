using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A native tensor with an owner: whoever disposes it, the scope it was made in, or the collector.</summary>
    [NativeMarshalling(typeof(TensorMarshaller))]
    public partial class Tensor : IDisposable
    {
        internal static readonly Scalar One = 1;
        private NativeTensor? native;

        internal Tensor(nint handle)
        {
            var manager = DisposeScopeManager.OfThread;
            native = manager.Own(handle);
            Scope = manager.Register(this);
        }

        /// <summary>Takes over the native part and the place in its scope of another tensor, which becomes invalid.</summary>
        private protected Tensor(Tensor original)
        {
            native = Interlocked.Exchange(ref original.native, null) ?? throw Invalid();
            original.Scope?.Replace(original, this);
        }

        public static long TotalCount => NativeTensor.Alive;

        public static long PeakCount => NativeTensor.Peak;

        public IntPtr Handle => (native ?? throw Invalid()).Address;

        public bool IsInvalid => native is null;

        internal DisposeScope? Scope { get; set; }

        /// <summary>The place in the scope's list.</summary>
        internal int Slot { get; set; }

        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        // There is no finalizer to suppress: the native part's owner has it.
#pragma warning disable CA1816
        public void Dispose() => Dispose(true);
#pragma warning restore CA1816

        public Tensor MoveToOuterDisposeScope()
        {
            Scope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            Scope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.Scope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (Scope is { } scope) scope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        /// <summary>Disposal by the scope, which has already let go of its list.</summary>
        internal void DisposeAsMember(DisposeScopeManager manager)
        {
            Scope = null;
            if (Interlocked.Exchange(ref native, null) is not { } owner) return;
            manager.Release(owner);
            manager.Counts.TensorStatistics.DisposedInScopeCount++;
        }

        /// <summary>Frees the native tensor at once; without this call the collector does, through the tensor's owner.</summary>
        protected virtual void Dispose(bool disposing)
        {
            if (Interlocked.Exchange(ref native, null) is not { } owner) return;
            var manager = DisposeScopeManager.OfThread;
            manager.Release(owner);
            var counts = manager.Counts.TensorStatistics;
            if (Scope is { } scope)
            {
                counts.DisposedInScopeCount++;
                scope.Exclude(this);
            }
            else
            {
                counts.DisposedOutsideScopeCount++;
            }
        }

        private static InvalidOperationException Invalid() => new("Tensor invalid -- empty handle.");

        private static bool Truth(int answer)
        {
            Native.Check(answer);
            return answer != 0;
        }

        private Tensor Done(int status)
        {
            Native.Check(status);
            return this;
        }

        private Options Near(ScalarType? dtype, Device? device, bool requires_grad) => new(dtype ?? this.dtype, device ?? this.device, requires_grad);
    }
}
