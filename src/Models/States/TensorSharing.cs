using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>
/// Whether anybody else holds a tensor's memory: a view, a graph of gradients. TorchSharp's names do not tell; the native library of this repository's layer
/// does. Under the genuine package nobody knows, and no memory is used twice.
/// </summary>
internal static unsafe class TensorSharing
{
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, int> Function = (delegate* unmanaged[SuppressGCTransition]<nint, int>)NativeLayer.Find("sst_is_shared");

    /// <summary>Whether it can be told.</summary>
    public static bool IsKnown => Function != null;

    /// <summary>Whether something beside this object holds the tensor or its memory.</summary>
    public static bool IsShared(Tensor tensor) => Function(tensor.Handle) != 0;
}
