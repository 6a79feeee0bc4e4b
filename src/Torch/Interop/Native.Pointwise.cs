using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Operations that act on each element.</summary>
internal static partial class Native
{
    [LibraryImport(Library)] internal static partial Tensor sst_exp(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_expm1(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_exp2(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_log(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_log1p(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_log2(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_log10(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_sqrt(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_rsqrt(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_square(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_sin(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_cos(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_tan(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_sinh(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_cosh(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_tanh(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_asin(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_acos(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_atan(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_asinh(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_acosh(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_atanh(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_sigmoid(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_abs(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_neg(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_sign(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_floor(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_ceil(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_trunc(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_frac(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_erf(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_erfc(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_erfinv(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_reciprocal(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_relu(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_silu(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_lgamma(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_digamma(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_logical_not(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_bitwise_not(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_isnan(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_isfinite(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_isinf(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_sinc(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_exp_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_expm1_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_log_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_log1p_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_log2_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_log10_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_sqrt_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_rsqrt_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_sin_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_cos_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_tan_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_sinh_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_cosh_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_tanh_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_sigmoid_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_abs_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_neg_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_floor_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_ceil_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_erf_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_reciprocal_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_relu_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_silu_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_sign_(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_trunc_(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_add(Tensor x, Tensor y, Scalar alpha);

    [LibraryImport(Library)] internal static partial Tensor sst_add_tensor(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_add_scalar(Tensor x, Scalar y, Scalar alpha);

    [LibraryImport(Library)] internal static partial Tensor sst_sub(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_sub_scalar(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial Tensor sst_rsub_scalar(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial Tensor sst_mul(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_mul_scalar(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial Tensor sst_div(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_div_scalar(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial Tensor sst_rdiv_scalar(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial Tensor sst_div_rounded(Tensor x, Tensor y, [MarshalAs(UnmanagedType.U1)] bool floor);

    [LibraryImport(Library)] internal static partial Tensor sst_div_rounded_scalar(Tensor x, Scalar y, [MarshalAs(UnmanagedType.U1)] bool floor);

    [LibraryImport(Library)] internal static partial int sst_add_(Tensor x, Tensor y, Scalar alpha);

    [LibraryImport(Library)] internal static partial int sst_add_tensor_(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial int sst_add_scalar_(Tensor x, Scalar y, Scalar alpha);

    [LibraryImport(Library)] internal static partial int sst_sub_(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial int sst_sub_scalar_(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial int sst_mul_(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial int sst_mul_scalar_(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial int sst_div_(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial int sst_div_scalar_(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial int sst_div_rounded_(Tensor x, Tensor y, [MarshalAs(UnmanagedType.U1)] bool floor);

    [LibraryImport(Library)] internal static partial int sst_div_rounded_scalar_(Tensor x, Scalar y, [MarshalAs(UnmanagedType.U1)] bool floor);

    [LibraryImport(Library)] internal static partial Tensor sst_pow(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_pow_scalar(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial Tensor sst_scalar_pow(Scalar x, Tensor y);

    [LibraryImport(Library)] internal static partial int sst_pow_(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial int sst_pow_scalar_(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial Tensor sst_remainder(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_remainder_scalar(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial int sst_remainder_(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial int sst_remainder_scalar_(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial Tensor sst_fmod(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_fmod_scalar(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial int sst_fmod_(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial int sst_fmod_scalar_(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial Tensor sst_addcmul(Tensor x, Tensor a, Tensor b, Scalar value);

    [LibraryImport(Library)] internal static partial int sst_addcmul_(Tensor x, Tensor a, Tensor b, Scalar value);

    [LibraryImport(Library)] internal static partial Tensor sst_addcdiv(Tensor x, Tensor a, Tensor b, Scalar value);

    [LibraryImport(Library)] internal static partial int sst_addcdiv_(Tensor x, Tensor a, Tensor b, Scalar value);

    [LibraryImport(Library)] internal static partial Tensor sst_lerp(Tensor x, Tensor end, Tensor weight);

    [LibraryImport(Library)] internal static partial int sst_lerp_(Tensor x, Tensor end, Tensor weight);

    [LibraryImport(Library)] internal static partial Tensor sst_atan2(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_logaddexp(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_hypot(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_xlogy(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_maximum(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_minimum(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_clamp(Tensor x, Scalar? min, Scalar? max);

    [LibraryImport(Library)] internal static partial int sst_clamp_(Tensor x, Scalar? min, Scalar? max);

    [LibraryImport(Library)] internal static partial Tensor sst_clamp_tensor(Tensor x, Tensor? min, Tensor? max);

    [LibraryImport(Library)] internal static partial int sst_clamp_tensor_(Tensor x, Tensor? min, Tensor? max);

    [LibraryImport(Library)] internal static partial Tensor sst_clamp_min(Tensor x, Scalar min);

    [LibraryImport(Library)] internal static partial Tensor sst_clamp_max(Tensor x, Scalar max);

    [LibraryImport(Library)] internal static partial int sst_clamp_min_(Tensor x, Scalar min);

    [LibraryImport(Library)] internal static partial int sst_clamp_max_(Tensor x, Scalar max);

    [LibraryImport(Library)] internal static partial Tensor sst_round(Tensor x, long decimals);

    [LibraryImport(Library)] internal static partial int sst_round_(Tensor x, long decimals);

    [LibraryImport(Library)] internal static partial Tensor sst_nan_to_num(Tensor x, double nan, [MarshalAs(UnmanagedType.U1)] bool has_posinf,
        double posinf, [MarshalAs(UnmanagedType.U1)] bool has_neginf, double neginf);

    [LibraryImport(Library)] internal static partial Tensor sst_softplus(Tensor x, double beta, double threshold);

    [LibraryImport(Library)] internal static partial Tensor sst_gelu(Tensor x, [MarshalAs(UnmanagedType.U1)] bool tanh);

    [LibraryImport(Library)] internal static partial int sst_gelu_(Tensor x, [MarshalAs(UnmanagedType.U1)] bool tanh);

    [LibraryImport(Library)] internal static partial Tensor sst_leaky_relu(Tensor x, Scalar slope);

    [LibraryImport(Library)] internal static partial Tensor sst_elu(Tensor x, double alpha);

    [LibraryImport(Library)] internal static partial Tensor sst_glu(Tensor x, long dim);

    [LibraryImport(Library)] internal static partial Tensor sst_where(Tensor condition, Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_masked_fill(Tensor x, Tensor mask, Scalar value);

    [LibraryImport(Library)] internal static partial int sst_masked_fill_(Tensor x, Tensor mask, Scalar value);

    [LibraryImport(Library)] internal static partial Tensor sst_eq(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_eq_scalar(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial Tensor sst_ne(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_ne_scalar(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial Tensor sst_lt(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_lt_scalar(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial Tensor sst_le(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_le_scalar(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial Tensor sst_gt(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_gt_scalar(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial Tensor sst_ge(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_ge_scalar(Tensor x, Scalar y);

    [LibraryImport(Library)] internal static partial Tensor sst_isclose(Tensor x, Tensor y, double rtol, double atol,
        [MarshalAs(UnmanagedType.U1)] bool equal_nan);

    [LibraryImport(Library)] internal static partial Tensor sst_logical_and(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_logical_or(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_logical_xor(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_bitwise_and(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_bitwise_or(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_bitwise_xor(Tensor x, Tensor y);
}
