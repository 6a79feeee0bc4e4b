using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Differentiation and its modes.</summary>
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial int sst_backward(ReadOnlySpan<nint> tensors, int count, ReadOnlySpan<nint> gradients, int gradient_count,
        int retain_graph, [MarshalAs(UnmanagedType.U1)] bool create_graph, ReadOnlySpan<nint> inputs, int input_count);

    [LibraryImport(Library)]
    internal static partial long sst_gradients(ReadOnlySpan<nint> outputs, int count, ReadOnlySpan<nint> inputs, int input_count,
        ReadOnlySpan<nint> gradients, int gradient_count, [MarshalAs(UnmanagedType.U1)] bool retain_graph,
        [MarshalAs(UnmanagedType.U1)] bool create_graph, [MarshalAs(UnmanagedType.U1)] bool allow_unused);

    [LibraryImport(Library)] internal static partial int sst_grad(Tensor x, out nint gradient);

    [LibraryImport(Library)] internal static partial int sst_set_grad(Tensor x, Tensor? gradient);

    [LibraryImport(Library)] internal static partial int sst_set_requires_grad(Tensor x, [MarshalAs(UnmanagedType.U1)] bool requires_grad);

    [LibraryImport(Library)] internal static partial int sst_retain_grad(Tensor x);

    [LibraryImport(Library), SuppressGCTransition] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool sst_grad_mode();

    [LibraryImport(Library), SuppressGCTransition] internal static partial void sst_set_grad_mode([MarshalAs(UnmanagedType.U1)] bool enabled);

    [LibraryImport(Library)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool sst_inference_mode();

    [LibraryImport(Library)] internal static partial nint sst_enter_inference_mode([MarshalAs(UnmanagedType.U1)] bool enabled);

    [LibraryImport(Library)] internal static partial void sst_leave_inference_mode(nint mode);

    [LibraryImport(Library)]
    internal static partial int sst_zero_grads(ReadOnlySpan<nint> parameters, int count, [MarshalAs(UnmanagedType.U1)] bool set_to_none);

    [LibraryImport(Library)]
    internal static partial int sst_clip_grad_norm_(ReadOnlySpan<nint> parameters, int count, double max_norm, double norm_type, out double norm);
}
