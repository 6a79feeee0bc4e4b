using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>What arithmetic asks of a tensor, in one call of the native layer instead of a dozen.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TensorFacts
{
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, TensorFacts*, int> Describe =
        (delegate* unmanaged[SuppressGCTransition]<nint, TensorFacts*, int>)NativeLayer.Find("sst_describe");

#pragma warning disable CS0649 // the native layer assigns them
    private readonly nint _address;
    private readonly long _count;
    private Sizes _sizes;
    private readonly int _dimensions, _type, _place, _index, _contiguous;
#pragma warning restore CS0649

    /// <summary>Where its elements begin.</summary>
    public readonly nint Address => _address;

    /// <summary>Number of elements.</summary>
    public readonly long Count => _count;

    /// <summary>Its type.</summary>
    public readonly ScalarType Type => (ScalarType)_type;

    /// <summary>Where it is.</summary>
    public readonly TorchSharp.DeviceType Place => (TorchSharp.DeviceType)_place;

    /// <summary>Which of the devices.</summary>
    public readonly int Index => _index;

    /// <summary>Whether its elements lie one behind the other.</summary>
    public readonly bool IsContiguous => _contiguous != 0;

    /// <summary>Its shape.</summary>
    [UnscopedRef]
    public ReadOnlySpan<long> Shape => ((Span<long>)_sizes)[.._dimensions];

    /// <summary>Reads them; whether it could: a tensor of usual memory and at most eight dimensions, of this repository's layer.</summary>
    [SkipLocalsInit]
    public static bool Read(Tensor tensor, out TensorFacts facts)
    {
        Unsafe.SkipInit(out facts);
        if (Describe == null) return false;
        var handle = tensor.Handle;
        fixed (TensorFacts* to = &facts)
        {
            var read = Describe(handle, to) != 0;
            GC.KeepAlive(tensor);
            return read;
        }
    }

    [InlineArray(8)]
    private struct Sizes
    {
        private long _first;
    }
}
