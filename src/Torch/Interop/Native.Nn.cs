using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Layers' functions.</summary>
internal static partial class Native
{
    [LibraryImport(Library)] internal static partial Tensor sst_linear(Tensor x, Tensor weight, Tensor? bias);

    [LibraryImport(Library)] internal static partial Tensor sst_conv2d(Tensor x, Tensor weight, Tensor? bias, ReadOnlySpan<long> strides,
        int strides_count, ReadOnlySpan<long> padding, int padding_count, ReadOnlySpan<long> dilation, int dilation_count, long groups);

    [LibraryImport(Library)] internal static partial Tensor sst_conv2d_padded(Tensor x, Tensor weight, Tensor? bias, ReadOnlySpan<long> strides,
        int strides_count, [MarshalAs(UnmanagedType.U1)] bool same, ReadOnlySpan<long> dilation, int dilation_count, long groups);

    [LibraryImport(Library)] internal static partial Tensor sst_conv_transpose2d(Tensor x, Tensor weight, Tensor? bias, ReadOnlySpan<long> strides,
        int strides_count, ReadOnlySpan<long> padding, int padding_count, ReadOnlySpan<long> output_padding, int output_padding_count, long groups,
        ReadOnlySpan<long> dilation, int dilation_count);

    [LibraryImport(Library)] internal static partial Tensor sst_group_norm(Tensor x, long groups, Tensor? weight, Tensor? bias, double eps);

    [LibraryImport(Library)] internal static partial Tensor sst_layer_norm(Tensor x, ReadOnlySpan<long> shape, int shape_count, Tensor? weight,
        Tensor? bias, double eps);

    [LibraryImport(Library)] internal static partial Tensor sst_embedding(Tensor weight, Tensor indices, long padding,
        [MarshalAs(UnmanagedType.U1)] bool scale, [MarshalAs(UnmanagedType.U1)] bool sparse);

    [LibraryImport(Library)] internal static partial int sst_embedding_renorm_(Tensor weight, Tensor indices, double max_norm, double norm_type);

    [LibraryImport(Library)] internal static partial Tensor sst_dropout(Tensor x, double p, [MarshalAs(UnmanagedType.U1)] bool training);

    [LibraryImport(Library)] internal static partial int sst_dropout_(Tensor x, double p, [MarshalAs(UnmanagedType.U1)] bool training);

    [LibraryImport(Library)] internal static partial Tensor sst_one_hot(Tensor x, long classes);

    [LibraryImport(Library)] internal static partial Tensor sst_pad(Tensor x, ReadOnlySpan<long> pad, int pad_count, int mode, double value);

    [LibraryImport(Library)] internal static partial Tensor sst_avg_pool2d(Tensor x, ReadOnlySpan<long> kernel, int kernel_count,
        ReadOnlySpan<long> stride, int stride_count, ReadOnlySpan<long> padding, int padding_count, [MarshalAs(UnmanagedType.U1)] bool ceil,
        [MarshalAs(UnmanagedType.U1)] bool count_padding, [MarshalAs(UnmanagedType.U1)] bool has_divisor, long divisor);

    [LibraryImport(Library)] internal static partial Tensor sst_max_pool2d(Tensor x, ReadOnlySpan<long> kernel, int kernel_count,
        ReadOnlySpan<long> stride, int stride_count, ReadOnlySpan<long> padding, int padding_count, ReadOnlySpan<long> dilation, int dilation_count,
        [MarshalAs(UnmanagedType.U1)] bool ceil);

    [LibraryImport(Library)] internal static partial Tensor sst_adaptive_avg_pool2d(Tensor x, ReadOnlySpan<long> size, int size_count);

    [LibraryImport(Library)] internal static partial Tensor sst_interpolate(Tensor x, ReadOnlySpan<long> size, int size_count,
        [MarshalAs(UnmanagedType.U1)] bool has_scale, double scale_h, double scale_w, int mode, [MarshalAs(UnmanagedType.U1)] bool align,
        [MarshalAs(UnmanagedType.U1)] bool antialias);

    [LibraryImport(Library)] internal static partial Tensor sst_mse_loss(Tensor x, Tensor target, long reduction);

    [LibraryImport(Library)] internal static partial Tensor sst_l1_loss(Tensor x, Tensor target, long reduction);

    [LibraryImport(Library)] internal static partial Tensor sst_huber_loss(Tensor x, Tensor target, long reduction, double delta);

    [LibraryImport(Library)] internal static partial Tensor sst_smooth_l1_loss(Tensor x, Tensor target, long reduction, double beta);

    [LibraryImport(Library)] internal static partial Tensor sst_cross_entropy(Tensor x, Tensor target, Tensor? weight, long reduction, long ignore,
        double smoothing);

    [LibraryImport(Library)] internal static partial Tensor sst_nll_loss(Tensor x, Tensor target, Tensor? weight, long reduction, long ignore);

    [LibraryImport(Library)] internal static partial Tensor sst_binary_cross_entropy_with_logits(Tensor x, Tensor target, Tensor? weight,
        Tensor? positive, long reduction);

    [LibraryImport(Library)] internal static partial Tensor sst_attention(Tensor q, Tensor k, Tensor v, Tensor? mask, double p,
        [MarshalAs(UnmanagedType.U1)] bool causal);
}
