using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>A list in rented memory: for what is long, written once, and then copied to its exact length or thrown away.</summary>
internal sealed class RentedList<T> : IDisposable where T : unmanaged
{
    private byte[] _bytes = [];
    private int _capacity;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>All of them; good until the list grows.</summary>
    public Span<T> Items => MemoryMarshal.CreateSpan(ref this[0], Count);

    /// <summary>One of them, or of the room behind them; good until the list grows.</summary>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(_bytes)), index);
    }

    /// <summary>One more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in T item)
    {
        Room(1) = item;
        Count++;
    }

    /// <summary>Where the next so many go, which count when they are taken; what lies there is undefined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Room(int count)
    {
        if (_capacity - Count < count) Grow(count);
        return ref this[Count];
    }

    /// <summary>Counts so many of what was written behind the last.</summary>
    /// <returns>Index of the first of them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(int count)
    {
        Count += count;
        return Count - count;
    }

    /// <summary>A copy of the first so many.</summary>
    public T[] ToArray(int count)
    {
        var items = GC.AllocateUninitializedArray<T>(count);
        Items[..count].CopyTo(items);
        return items;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _capacity, Count) = ([], 0, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(checked(Math.Max(Count + count, 2 * _capacity) * Unsafe.SizeOf<T>()));
        MemoryMarshal.AsBytes(Items).CopyTo(bytes);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _capacity) = (bytes, bytes.Length / Unsafe.SizeOf<T>());
    }
}
