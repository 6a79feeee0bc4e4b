using System.Collections;

namespace TorchSharp.Utils;

/// <summary>Elements of a CPU tensor in the order of its indices, whatever its strides; a live view that keeps the tensor object alive.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly T* first;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        this.tensor = tensor;
        first = (T*)tensor.Pointer();
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        Count = tensor.numel();
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get
        {
            Check();
            return first[Offset(indices)];
        }
        set
        {
            Check();
            first[Offset(indices)] = value;
        }
    }

    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array);
        return array;
    }

    public Array ToNDArray()
    {
        var array = Array.CreateInstance(typeof(T), shape);
        if (shape.Length == 0)
        {
            array = new T[] { this.Single() };
            return array;
        }

        long[] index = new long[shape.Length];
        foreach (var value in this)
        {
            array.SetValue(value, index);
            for (int axis = index.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) index[axis] = 0;
        }

        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        Check();
        int count = Fitting(array.Length, arrayIndex, tensorIndex);
        var target = array.Slice(arrayIndex, count);
        if (contiguous)
        {
            new ReadOnlySpan<T>(first + tensorIndex, count).CopyTo(target);
            GC.KeepAlive(tensor);
            return;
        }

        for (int i = 0; i < count; i++) target[i] = first[Offset(tensorIndex + i)];
        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        Check();
        int count = Fitting(array.Length, arrayIndex, tensorIndex);
        var source = array.Slice(arrayIndex, count);
        if (contiguous) source.CopyTo(new Span<T>(first + tensorIndex, count));
        else
        {
            for (int i = 0; i < count; i++) first[Offset(tensorIndex + i)] = source[i];
        }

        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return At(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => GC.KeepAlive(tensor);

    private T At(long index)
    {
        Check();
        var value = first[Offset(index)];
        GC.KeepAlive(tensor);
        return value;
    }

    private void Check() => _ = tensor.Handle;

    private int Fitting(int length, int arrayIndex, long tensorIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tensorIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tensorIndex, Count);
        return (int)Math.Min(length - arrayIndex, Count - tensorIndex);
    }

    /// <summary>Where in memory the element with the given number stands, counted with the last index running fastest.</summary>
    private long Offset(long index)
    {
        if (contiguous) return index;
        long offset = 0;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            offset += index % shape[axis] * strides[axis];
            index /= shape[axis];
        }

        return offset;
    }

    private long Offset(long[] indices)
    {
        if (indices.Length == 1 && shape.Length != 1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)indices[0], (ulong)Count, nameof(indices));
            return Offset(indices[0]);
        }

        if (indices.Length != shape.Length) throw new ArgumentException($"{indices.Length} indices for {shape.Length} dimensions.", nameof(indices));
        long offset = 0;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)indices[axis], (ulong)shape[axis], nameof(indices));
            offset += indices[axis] * strides[axis];
        }

        return offset;
    }
}
