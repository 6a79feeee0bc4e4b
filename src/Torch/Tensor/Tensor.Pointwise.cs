namespace TorchSharp;

public static partial class torch
{
    /// <summary>Operations that act on each element.</summary>
    public partial class Tensor
    {
        public Tensor exp() => Native.sst_exp(this);

        public Tensor expm1() => Native.sst_expm1(this);

        public Tensor exp2() => Native.sst_exp2(this);

        public Tensor log() => Native.sst_log(this);

        public Tensor log1p() => Native.sst_log1p(this);

        public Tensor log2() => Native.sst_log2(this);

        public Tensor log10() => Native.sst_log10(this);

        public Tensor sqrt() => Native.sst_sqrt(this);

        public Tensor rsqrt() => Native.sst_rsqrt(this);

        public Tensor square() => Native.sst_square(this);

        public Tensor sin() => Native.sst_sin(this);

        public Tensor cos() => Native.sst_cos(this);

        public Tensor tan() => Native.sst_tan(this);

        public Tensor sinh() => Native.sst_sinh(this);

        public Tensor cosh() => Native.sst_cosh(this);

        public Tensor tanh() => Native.sst_tanh(this);

        public Tensor asin() => Native.sst_asin(this);

        public Tensor acos() => Native.sst_acos(this);

        public Tensor atan() => Native.sst_atan(this);

        public Tensor asinh() => Native.sst_asinh(this);

        public Tensor acosh() => Native.sst_acosh(this);

        public Tensor atanh() => Native.sst_atanh(this);

        public Tensor sigmoid() => Native.sst_sigmoid(this);

        public Tensor abs() => Native.sst_abs(this);

        public Tensor neg() => Native.sst_neg(this);

        public Tensor sign() => Native.sst_sign(this);

        public Tensor floor() => Native.sst_floor(this);

        public Tensor ceil() => Native.sst_ceil(this);

        public Tensor trunc() => Native.sst_trunc(this);

        public Tensor frac() => Native.sst_frac(this);

        public Tensor erf() => Native.sst_erf(this);

        public Tensor erfc() => Native.sst_erfc(this);

        public Tensor erfinv() => Native.sst_erfinv(this);

        public Tensor reciprocal() => Native.sst_reciprocal(this);

        public Tensor relu() => Native.sst_relu(this);

        public Tensor silu() => Native.sst_silu(this);

        public Tensor lgamma() => Native.sst_lgamma(this);

        public Tensor digamma() => Native.sst_digamma(this);

        public Tensor logical_not() => Native.sst_logical_not(this);

        public Tensor bitwise_not() => Native.sst_bitwise_not(this);

        public Tensor isnan() => Native.sst_isnan(this);

        public Tensor isfinite() => Native.sst_isfinite(this);

        public Tensor isinf() => Native.sst_isinf(this);

        public Tensor sinc() => Native.sst_sinc(this);

        public Tensor exp_() => Done(Native.sst_exp_(this));

        public Tensor expm1_() => Done(Native.sst_expm1_(this));

        public Tensor log_() => Done(Native.sst_log_(this));

        public Tensor log1p_() => Done(Native.sst_log1p_(this));

        public Tensor log2_() => Done(Native.sst_log2_(this));

        public Tensor log10_() => Done(Native.sst_log10_(this));

        public Tensor sqrt_() => Done(Native.sst_sqrt_(this));

        public Tensor rsqrt_() => Done(Native.sst_rsqrt_(this));

        public Tensor sin_() => Done(Native.sst_sin_(this));

        public Tensor cos_() => Done(Native.sst_cos_(this));

        public Tensor tan_() => Done(Native.sst_tan_(this));

        public Tensor sinh_() => Done(Native.sst_sinh_(this));

        public Tensor cosh_() => Done(Native.sst_cosh_(this));

        public Tensor tanh_() => Done(Native.sst_tanh_(this));

        public Tensor sigmoid_() => Done(Native.sst_sigmoid_(this));

        public Tensor abs_() => Done(Native.sst_abs_(this));

        public Tensor neg_() => Done(Native.sst_neg_(this));

        public Tensor floor_() => Done(Native.sst_floor_(this));

        public Tensor ceil_() => Done(Native.sst_ceil_(this));

        public Tensor erf_() => Done(Native.sst_erf_(this));

        public Tensor reciprocal_() => Done(Native.sst_reciprocal_(this));

        public Tensor relu_() => Done(Native.sst_relu_(this));

        public Tensor silu_() => Done(Native.sst_silu_(this));

        public Tensor sign_() => Done(Native.sst_sign_(this));

        public Tensor trunc_() => Done(Native.sst_trunc_(this));

        public Tensor add(Tensor target) => Native.sst_add_tensor(this, target);

        public Tensor add(Tensor target, Scalar alpha) => Native.sst_add(this, target, alpha);

        public Tensor add(Scalar scalar) => Native.sst_add_scalar(this, scalar, One);

        public Tensor add(Scalar scalar, Scalar alpha) => Native.sst_add_scalar(this, scalar, alpha);

        public Tensor add_(Tensor target) => Done(Native.sst_add_tensor_(this, target));

        public Tensor add_(Tensor target, Scalar alpha) => Done(Native.sst_add_(this, target, alpha));

        public Tensor add_(Scalar scalar) => Done(Native.sst_add_scalar_(this, scalar, One));

        public Tensor add_(Scalar scalar, Scalar alpha) => Done(Native.sst_add_scalar_(this, scalar, alpha));

        public Tensor sub(Tensor target) => Native.sst_sub(this, target);

        public Tensor sub(Scalar target) => Native.sst_sub_scalar(this, target);

        public Tensor sub_(Tensor target) => Done(Native.sst_sub_(this, target));

        public Tensor sub_(Scalar target) => Done(Native.sst_sub_scalar_(this, target));

        public Tensor mul(Tensor target) => Native.sst_mul(this, target);

        public Tensor mul(Scalar target) => Native.sst_mul_scalar(this, target);

        public Tensor mul_(Tensor target) => Done(Native.sst_mul_(this, target));

        public Tensor mul_(Scalar target) => Done(Native.sst_mul_scalar_(this, target));

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Native.sst_div(this, target) : Native.sst_div_rounded(this, target, rounding_mode == RoundingMode.floor);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Native.sst_div_scalar(this, target)
                : Native.sst_div_rounded_scalar(this, target, rounding_mode == RoundingMode.floor);

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Done(Native.sst_div_(this, target))
                : Done(Native.sst_div_rounded_(this, target, rounding_mode == RoundingMode.floor));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Done(Native.sst_div_scalar_(this, target))
                : Done(Native.sst_div_rounded_scalar_(this, target, rounding_mode == RoundingMode.floor));

        public Tensor pow(Tensor exponent) => Native.sst_pow(this, exponent);

        public Tensor pow(Scalar exponent) => Native.sst_pow_scalar(this, exponent);

        public Tensor pow_(Tensor exponent) => Done(Native.sst_pow_(this, exponent));

        public Tensor pow_(Scalar exponent) => Done(Native.sst_pow_scalar_(this, exponent));

        public Tensor remainder(Tensor target) => Native.sst_remainder(this, target);

        public Tensor remainder(Scalar scalar) => Native.sst_remainder_scalar(this, scalar);

        public Tensor remainder_(Tensor target) => Done(Native.sst_remainder_(this, target));

        public Tensor remainder_(Scalar scalar) => Done(Native.sst_remainder_scalar_(this, scalar));

        public Tensor fmod(Tensor target) => Native.sst_fmod(this, target);

        public Tensor fmod(Scalar scalar) => Native.sst_fmod_scalar(this, scalar);

        public Tensor fmod_(Tensor target) => Done(Native.sst_fmod_(this, target));

        public Tensor fmod_(Scalar scalar) => Done(Native.sst_fmod_scalar_(this, scalar));

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Native.sst_addcmul(this, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Done(Native.sst_addcmul_(this, tensor1, tensor2, value));

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Native.sst_addcdiv(this, tensor1, tensor2, One);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Native.sst_addcdiv(this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Done(Native.sst_addcdiv_(this, tensor1, tensor2, One));

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Done(Native.sst_addcdiv_(this, tensor1, tensor2, value));

        public Tensor lerp(Tensor end, Tensor weight) => Native.sst_lerp(this, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight) => Done(Native.sst_lerp_(this, end, weight));

        public Tensor atan2(Tensor other) => Native.sst_atan2(this, other);

        public Tensor logaddexp(Tensor other) => Native.sst_logaddexp(this, other);

        public Tensor hypot(Tensor other) => Native.sst_hypot(this, other);

        public Tensor xlogy(Tensor y) => Native.sst_xlogy(this, y);

        public Tensor maximum(Tensor other) => Native.sst_maximum(this, other);

        public Tensor minimum(Tensor other) => Native.sst_minimum(this, other);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Native.sst_clamp(this, min, max);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Native.sst_clamp_tensor(this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Done(Native.sst_clamp_(this, min, max));

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Done(Native.sst_clamp_tensor_(this, min, max));

        public Tensor clip(Scalar? min = null, Scalar? max = null) => Native.sst_clamp(this, min, max);

        public Tensor clamp_min(Scalar min) => Native.sst_clamp_min(this, min);

        public Tensor clamp_max(Scalar max) => Native.sst_clamp_max(this, max);

        public Tensor clamp_min_(Scalar min) => Done(Native.sst_clamp_min_(this, min));

        public Tensor clamp_max_(Scalar max) => Done(Native.sst_clamp_max_(this, max));

        public Tensor round(long decimals = 0) => Native.sst_round(this, decimals);

        public Tensor round_(long decimals = 0) => Done(Native.sst_round_(this, decimals));

        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) =>
            Native.sst_nan_to_num(this, nan, posinf.HasValue, posinf ?? 0, neginf.HasValue, neginf ?? 0);

        public Tensor softplus(double beta = 1, double threshold = 20) => Native.sst_softplus(this, beta, threshold);

        public Tensor gelu() => Native.sst_gelu(this, false);

        public Tensor gelu(Modules.GELU.Approximate approximate) => Native.sst_gelu(this, approximate == Modules.GELU.Approximate.tanh);

        public Tensor gelu_() => Done(Native.sst_gelu_(this, false));

        public Tensor leaky_relu(Scalar negative_slope) => Native.sst_leaky_relu(this, negative_slope);

        public Tensor elu(double alpha = 1) => Native.sst_elu(this, alpha);

        public Tensor glu(long dim = -1) => Native.sst_glu(this, dim);

        public Tensor where(Tensor condition, Tensor y) => Native.sst_where(condition, this, y);

        public Tensor masked_fill(Tensor mask, Scalar value) => Native.sst_masked_fill(this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => Done(Native.sst_masked_fill_(this, mask, value));

        public Tensor softmax(long dim, ScalarType? dtype = null) => Native.sst_softmax(this, dim, Native.Code(dtype));

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Native.sst_log_softmax(this, dim, Native.Code(dtype));
    }
}
