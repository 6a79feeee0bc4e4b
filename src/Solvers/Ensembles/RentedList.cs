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
    public Span<T> Items => Ahead(0, Count);

    /// <summary>Some of them; good until the list grows.</summary>
    public Span<T> Slice(int first, int count) => Items.Slice(first, count);

    /// <summary>One more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T item)
    {
        if (Count == _capacity) Grow(1);
        Unsafe.Add(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(_bytes)), Count++) = item;
    }

    /// <summary>Room for some more behind the last, which count when they are taken; what it holds is undefined.</summary>
    public Span<T> Room(int count)
    {
        if (_capacity - Count < count) Grow(count);
        return Ahead(Count, count);
    }

    /// <summary>Counts the first so many of the room.</summary>
    public void Take(int count) => Count += count;

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _capacity, Count) = ([], 0, 0);
    }

    private Span<T> Ahead(int first, int count) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(_bytes)), first), count);

    private void Grow(int count)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(checked(Math.Max(Count + count, 2 * _capacity) * Unsafe.SizeOf<T>()));
        MemoryMarshal.AsBytes(Items).CopyTo(bytes);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _capacity) = (bytes, bytes.Length / Unsafe.SizeOf<T>());
    }
}
