using ScoreSde.Kernels;
using ScoreSde.Kernels.Cuda;
using ScoreSde.Solvers.Noise;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>Linear forms and noise in a GPU's memory: which kernels a tensor's device has, and one pass of them.</summary>
internal static class DeviceForms
{
    /// <summary>Kernels that work on the program's own memory: with them tensors on the CPU take a GPU's way, which is how it is tested where there is none.</summary>
    internal static DeviceKernels? InProgramMemory { get; set; }

    /// <summary>The kernels of the tensor's device; null where there are none: on the CPU, and on GPUs whose driver or compiler refuse.</summary>
    public static DeviceKernels? Of(Tensor tensor) => Of(tensor.device_type, tensor.device_index);

    /// <summary>The kernels of a device.</summary>
    public static DeviceKernels? Of(Device place) => Of(place.type, place.index);

    /// <summary>The kernels of a device by its kind and number.</summary>
    public static DeviceKernels? Of(TorchSharp.DeviceType type, int index) =>
        type == TorchSharp.DeviceType.CUDA ? DeviceKernels.For(index) : type == TorchSharp.DeviceType.CPU ? InProgramMemory : null;

    /// <summary>Whether the tensor can be a term of a pass or its result.</summary>
    public static bool Reaches(Tensor tensor) => Of(tensor) is not null && tensor.is_contiguous();

    /// <summary>Whether a network's answer can stay as it is beside a state: the pass that takes it up widens it.</summary>
    public static bool Takes(Tensor answer, ScalarType state) =>
        answer.dtype == ScalarType.BFloat16 && state is ScalarType.Float32 or ScalarType.Float64 && Of(answer) is not null;

    /// <summary>One pass over forms of one type and shape.</summary>
    /// <param name="outputs">Their values.</param>
    /// <param name="counts">Terms of each.</param>
    /// <param name="terms">The terms, form by form.</param>
    public static void Compute(ReadOnlySpan<Tensor> outputs, ReadOnlySpan<int> counts, ReadOnlySpan<(double Factor, Tensor Leaf)> terms)
    {
        var first = outputs[0];
        var addresses = new nint[outputs.Length];
        for (var i = 0; i < addresses.Length; i++) addresses[i] = DeviceMemory.Address(outputs[i]);
        var all = new FormTerm[terms.Length];
        for (var i = 0; i < all.Length; i++)
        {
            var (factor, leaf) = terms[i];
            all[i] = DeviceNoise.Of(leaf) is { } draw
                ? FormTerm.Of(factor, draw)
                : new FormTerm(factor, leaf.dtype == first.dtype ? TermKind.State : leaf.dtype == ScalarType.BFloat16 ? TermKind.Brain : TermKind.Narrow, DeviceMemory.Address(leaf));
        }
        var elements = first.numel();
        Of(first)!.LinearForms(first.dtype == ScalarType.Float32, addresses, counts, all, elements, Math.Max(1, elements / Math.Max(1, first.shape[0])));
    }
}
