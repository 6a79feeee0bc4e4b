using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A native tensor with an owner: whoever disposes it, the scope it was made in, or the collector.</summary>
    [NativeMarshalling(typeof(TensorMarshaller))]
    public partial class Tensor : IDisposable
    {
        internal static readonly Scalar One = 1;
        private static long totalCount;
        private static long peakCount;
        private nint handle;

        internal Tensor(nint handle)
        {
            this.handle = handle;
            long count = Interlocked.Increment(ref totalCount);
            if (count > Volatile.Read(ref peakCount)) Volatile.Write(ref peakCount, count);
            Scope = DisposeScopeManager.OfThread.Register(this);
        }

        /// <summary>Takes over the native part and the place in its scope of another tensor, which becomes invalid.</summary>
        private protected Tensor(Tensor original)
        {
            handle = Interlocked.Exchange(ref original.handle, 0);
            if (handle == 0) throw Invalid();
            original.Scope?.Replace(original, this);
            Unfinalize(original);
        }

        ~Tensor() => Dispose(false);

        public static long TotalCount => Interlocked.Read(ref totalCount);

        public static long PeakCount => Interlocked.Read(ref peakCount);

        public IntPtr Handle => handle == 0 ? throw Invalid() : handle;

        public bool IsInvalid => handle == 0;

        internal DisposeScope? Scope { get; set; }

        /// <summary>The place in the scope's list.</summary>
        internal int Slot { get; set; }

        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

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
        internal void DisposeAsMember()
        {
            if (Release()) DisposeScopeManager.OfThread.Counts.TensorStatistics.DisposedInScopeCount++;
            Scope = null;
            Unfinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (!Release() || !disposing) return;
            var counts = DisposeScopeManager.OfThread.Counts.TensorStatistics;
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

        // Disposal by another way than Dispose.
#pragma warning disable CA1816
        private static void Unfinalize(Tensor tensor) => GC.SuppressFinalize(tensor);
#pragma warning restore CA1816

        private bool Release()
        {
            nint old = Interlocked.Exchange(ref handle, 0);
            if (old == 0) return false;
            Interlocked.Decrement(ref totalCount);
            Native.sst_free(old);
            return true;
        }

        private Tensor Done(int status)
        {
            Native.Check(status);
            return this;
        }

        private Options Near(ScalarType? dtype, Device? device, bool requires_grad) => new(dtype ?? this.dtype, device ?? this.device, requires_grad);
    }
}
