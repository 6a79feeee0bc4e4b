// Layers' functions.
#include "abi.h"

#include <cmath>
#include <limits>

namespace {
// Modes as numbered by PaddingModes: zeros 0, reflect 1, replicate 2, circular 3, constant 4.
at::Tensor pad_by(const at::Tensor& x, at::IntArrayRef pad, int32_t mode, double value) {
    switch (mode) {
        case 0: return at::constant_pad_nd(x, pad, 0);
        case 1: return at::pad(x, pad, "reflect");
        case 2: return at::pad(x, pad, "replicate");
        case 3: return at::pad(x, pad, "circular");
        default: return at::constant_pad_nd(x, pad, value);
    }
}

// Modes as numbered by InterpolationMode: nearest 0, linear 1, bilinear 2, bicubic 3, trilinear 4, area 5.
at::Tensor interpolate(
    const at::Tensor& x, at::IntArrayRef size, Optional<double> scale_h, Optional<double> scale_w, int32_t mode, bool align, bool antialias) {
    const int64_t spatial = x.dim() - 2;
    TORCH_CHECK(spatial == static_cast<int64_t>(size.size()), "interpolate: expected ", spatial, " output sizes, got ", size.size());
    if (mode == 0 && spatial == 1) return at::upsample_nearest1d(x, size, scale_h);
    if (mode == 0 && spatial == 2) return at::upsample_nearest2d(x, size, scale_h, scale_w);
    if (mode == 1 && spatial == 1) return at::upsample_linear1d(x, size, align, scale_h);
    if (mode == 2 && spatial == 2) {
        return antialias ? at::_upsample_bilinear2d_aa(x, size, align, scale_h, scale_w)
                         : at::upsample_bilinear2d(x, size, align, scale_h, scale_w);
    }
    if (mode == 3 && spatial == 2) {
        return antialias ? at::_upsample_bicubic2d_aa(x, size, align, scale_h, scale_w)
                         : at::upsample_bicubic2d(x, size, align, scale_h, scale_w);
    }
    if (mode == 5 && spatial == 1) return at::adaptive_avg_pool1d(x, size);
    if (mode == 5 && spatial == 2) return at::adaptive_avg_pool2d(x, size);
    TORCH_CHECK(false, "interpolate: mode ", mode, " is not available for input with ", spatial, " spatial dimensions");
}

at::Tensor attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& mask, double p, bool causal) {
#if SST_LIBTORCH_AT_LEAST(2, 0)
    return at::scaled_dot_product_attention(q, k, v, mask.defined() ? Optional<at::Tensor>(mask) : Optional<at::Tensor>(), p, causal);
#else
    TORCH_CHECK(!(causal && mask.defined()), "scaled_dot_product_attention: a mask and is_causal exclude each other");
    at::Tensor scores = at::matmul(q, k.transpose(-2, -1)) * (1.0 / std::sqrt(static_cast<double>(q.size(-1))));
    const double minus_infinity = -std::numeric_limits<double>::infinity();
    if (causal) {
        const at::Tensor seen = at::ones({q.size(-2), k.size(-2)}, q.options().dtype(at::kBool)).tril();
        scores = scores.masked_fill(seen.logical_not(), minus_infinity);
    } else if (mask.defined()) {
        scores = mask.scalar_type() == at::kBool ? scores.masked_fill(mask.logical_not(), minus_infinity) : scores + mask;
    }
    return at::matmul(at::dropout(scores.softmax(-1), p, p > 0), v);
#endif
}
}

SST_API Tensor sst_linear(Tensor x, Tensor weight, Tensor bias) { TENSOR(at::linear(T(x), T(weight), maybe(bias))) }
SST_API Tensor sst_conv2d(Tensor x, Tensor weight, Tensor bias, const int64_t* strides, int32_t strides_count, const int64_t* padding,
        int32_t padding_count, const int64_t* dilation, int32_t dilation_count, int64_t groups) {
    TENSOR(at::conv2d(T(x), T(weight), maybe(bias), L(strides, strides_count), L(padding, padding_count), L(dilation, dilation_count), groups))
}
SST_API Tensor sst_conv2d_padded(Tensor x, Tensor weight, Tensor bias, const int64_t* strides, int32_t strides_count, bool same,
        const int64_t* dilation, int32_t dilation_count, int64_t groups) {
    TENSOR(at::conv2d(T(x), T(weight), maybe(bias), L(strides, strides_count), same ? "same" : "valid", L(dilation, dilation_count), groups))
}
SST_API Tensor sst_conv_transpose2d(Tensor x, Tensor weight, Tensor bias, const int64_t* strides, int32_t strides_count,
        const int64_t* padding, int32_t padding_count, const int64_t* output_padding, int32_t output_padding_count, int64_t groups, const int64_t* dilation, int32_t dilation_count) {
    TENSOR(at::conv_transpose2d(T(x), T(weight), maybe(bias), L(strides, strides_count), L(padding, padding_count), L(output_padding, output_padding_count), groups, L(dilation, dilation_count)))
}
SST_API Tensor sst_group_norm(Tensor x, int64_t groups, Tensor weight, Tensor bias, double eps) {
    TENSOR(at::group_norm(T(x), groups, maybe(weight), maybe(bias), eps))
}
SST_API Tensor sst_layer_norm(Tensor x, const int64_t* shape, int32_t shape_count, Tensor weight, Tensor bias, double eps) {
    TENSOR(at::layer_norm(T(x), L(shape, shape_count), maybe(weight), maybe(bias), eps))
}
SST_API Tensor sst_embedding(Tensor weight, Tensor indices, int64_t padding, bool scale, bool sparse) {
    TENSOR(at::embedding(T(weight), T(indices), padding, scale, sparse))
}
SST_API int32_t sst_embedding_renorm_(Tensor weight, Tensor indices, double max_norm, double norm_type) {
    STATUS(at::embedding_renorm_(T(weight), T(indices).contiguous(), max_norm, norm_type))
}
SST_API Tensor sst_dropout(Tensor x, double p, bool training) { TENSOR(at::dropout(T(x), p, training)) }
SST_API int32_t sst_dropout_(Tensor x, double p, bool training) { STATUS(at::dropout_(T(x), p, training)) }
SST_API Tensor sst_one_hot(Tensor x, int64_t classes) { TENSOR(at::one_hot(T(x), classes)) }
SST_API Tensor sst_pad(Tensor x, const int64_t* pad, int32_t pad_count, int32_t mode, double value) {
    TENSOR(pad_by(T(x), L(pad, pad_count), mode, value))
}
SST_API Tensor sst_avg_pool2d(Tensor x, const int64_t* kernel, int32_t kernel_count, const int64_t* stride, int32_t stride_count,
        const int64_t* padding, int32_t padding_count, bool ceil, bool count_padding, bool has_divisor, int64_t divisor) {
    TENSOR(at::avg_pool2d(T(x), L(kernel, kernel_count), L(stride, stride_count), L(padding, padding_count), ceil, count_padding, maybe(has_divisor, divisor)))
}
SST_API Tensor sst_max_pool2d(Tensor x, const int64_t* kernel, int32_t kernel_count, const int64_t* stride, int32_t stride_count,
        const int64_t* padding, int32_t padding_count, const int64_t* dilation, int32_t dilation_count, bool ceil) {
    TENSOR(at::max_pool2d(T(x), L(kernel, kernel_count), L(stride, stride_count), L(padding, padding_count), L(dilation, dilation_count), ceil))
}
SST_API Tensor sst_adaptive_avg_pool2d(Tensor x, const int64_t* size, int32_t size_count) {
    TENSOR(at::adaptive_avg_pool2d(T(x), L(size, size_count)))
}
SST_API Tensor sst_interpolate(Tensor x, const int64_t* size, int32_t size_count, bool has_scale, double scale_h, double scale_w,
        int32_t mode, bool align, bool antialias) {
    TENSOR(interpolate(T(x), L(size, size_count), maybe(has_scale, scale_h), maybe(has_scale, scale_w), mode, align, antialias))
}
SST_API Tensor sst_mse_loss(Tensor x, Tensor target, int64_t reduction) { TENSOR(at::mse_loss(T(x), T(target), reduction)) }
SST_API Tensor sst_l1_loss(Tensor x, Tensor target, int64_t reduction) { TENSOR(at::l1_loss(T(x), T(target), reduction)) }
SST_API Tensor sst_huber_loss(Tensor x, Tensor target, int64_t reduction, double delta) { TENSOR(at::huber_loss(T(x), T(target), reduction, delta)) }
SST_API Tensor sst_smooth_l1_loss(Tensor x, Tensor target, int64_t reduction, double beta) {
    TENSOR(at::smooth_l1_loss(T(x), T(target), reduction, beta))
}
SST_API Tensor sst_cross_entropy(Tensor x, Tensor target, Tensor weight, int64_t reduction, int64_t ignore, double smoothing) {
    TENSOR(at::cross_entropy_loss(T(x), T(target), maybe(weight), reduction, ignore, smoothing))
}
SST_API Tensor sst_nll_loss(Tensor x, Tensor target, Tensor weight, int64_t reduction, int64_t ignore) {
    TENSOR(at::nll_loss_nd(T(x), T(target), maybe(weight), reduction, ignore))
}
SST_API Tensor sst_binary_cross_entropy_with_logits(Tensor x, Tensor target, Tensor weight, Tensor positive, int64_t reduction) {
    TENSOR(at::binary_cross_entropy_with_logits(T(x), T(target), maybe(weight), maybe(positive), reduction))
}
SST_API Tensor sst_attention(Tensor q, Tensor k, Tensor v, Tensor mask, double p, bool causal) {
    TENSOR(attention(T(q), T(k), T(v), optional(mask), p, causal))
}
