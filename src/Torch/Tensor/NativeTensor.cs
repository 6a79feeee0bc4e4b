namespace TorchSharp;

/// <summary>
/// Owns the address of a native tensor and frees it when the collector finds that nobody has. Disposed tensors give their owner back to a store
/// of their thread: an object with a finalizer is dear to make, a <see cref="torch.Tensor"/> without one is not.
/// </summary>
internal sealed class NativeTensor
{
    private static long alive;
    private static long peak;
    private nint address;

    ~NativeTensor() => Free();

    internal static long Alive => Interlocked.Read(ref alive);

    internal static long Peak => Interlocked.Read(ref peak);

    internal nint Address => address;

    internal void Own(nint native)
    {
        address = native;
        long count = Interlocked.Increment(ref alive);
        if (count > peak) Volatile.Write(ref peak, count);
    }

    internal void Free()
    {
        nint old = address;
        if (old == 0) return;
        address = 0;
        Interlocked.Decrement(ref alive);
        Native.sst_free(old);
    }

    /// <summary>Owners without a tensor, for the thread's next ones.</summary>
    internal struct Store
    {
        private const int Capacity = 512;
        private NativeTensor[]? free;
        private int count;

        internal NativeTensor Take() => count > 0 ? free![--count] : new NativeTensor();

        internal void Give(NativeTensor owner)
        {
            free ??= new NativeTensor[Capacity];
            if (count < free.Length) free[count++] = owner;
        }
    }
}
