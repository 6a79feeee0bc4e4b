using System.Runtime.CompilerServices;
using ScoreSde.Kernels.Cuda;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>
/// Noise on a GPU that has not been made: tensors of its shape and type whose memory holds nothing yet, and the draws they stand for. A pass that meets one
/// makes the normals on its way, so that a step's noise is never written to memory nor read from it.
/// </summary>
internal static class DeviceNoise
{
    private static readonly ConditionalWeakTable<Tensor, Stands> Waiting = [];

    /// <summary>A state that is noise as soon as its value is wanted.</summary>
    public static TensorForm Form(long[] shape, ScalarType type, Device place, DeviceDraw draw)
    {
        var tensor = empty(shape, dtype: type, device: place);
        Waiting.Add(tensor, new Stands(draw));
        return TensorForm.Unmade(tensor);
    }

    /// <summary>The draw that a tensor stands for; null where its memory holds what it says.</summary>
    public static DeviceDraw? Of(Tensor tensor) => Waiting.TryGetValue(tensor, out var stands) ? stands.Draw : null;

    /// <summary>Writes the noise where a tensor stands for some, as for operations that are no pass of the kernels. Whether it did.</summary>
    public static bool Make(Tensor tensor)
    {
        if (Of(tensor) is null) return false;
        DeviceForms.Compute([tensor], [1], [(1, tensor)]);
        return Waiting.Remove(tensor);
    }

    private sealed record Stands(DeviceDraw Draw);
}
