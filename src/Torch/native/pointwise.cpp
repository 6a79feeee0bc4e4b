// Operations that act on each element.
#include "abi.h"

SST_API Tensor sst_exp(Tensor x) { TENSOR(T(x).exp()) }
SST_API Tensor sst_expm1(Tensor x) { TENSOR(T(x).expm1()) }
SST_API Tensor sst_exp2(Tensor x) { TENSOR(T(x).exp2()) }
SST_API Tensor sst_log(Tensor x) { TENSOR(T(x).log()) }
SST_API Tensor sst_log1p(Tensor x) { TENSOR(T(x).log1p()) }
SST_API Tensor sst_log2(Tensor x) { TENSOR(T(x).log2()) }
SST_API Tensor sst_log10(Tensor x) { TENSOR(T(x).log10()) }
SST_API Tensor sst_sqrt(Tensor x) { TENSOR(T(x).sqrt()) }
SST_API Tensor sst_rsqrt(Tensor x) { TENSOR(T(x).rsqrt()) }
SST_API Tensor sst_square(Tensor x) { TENSOR(T(x).square()) }
SST_API Tensor sst_sin(Tensor x) { TENSOR(T(x).sin()) }
SST_API Tensor sst_cos(Tensor x) { TENSOR(T(x).cos()) }
SST_API Tensor sst_tan(Tensor x) { TENSOR(T(x).tan()) }
SST_API Tensor sst_sinh(Tensor x) { TENSOR(T(x).sinh()) }
SST_API Tensor sst_cosh(Tensor x) { TENSOR(T(x).cosh()) }
SST_API Tensor sst_tanh(Tensor x) { TENSOR(T(x).tanh()) }
SST_API Tensor sst_asin(Tensor x) { TENSOR(T(x).asin()) }
SST_API Tensor sst_acos(Tensor x) { TENSOR(T(x).acos()) }
SST_API Tensor sst_atan(Tensor x) { TENSOR(T(x).atan()) }
SST_API Tensor sst_asinh(Tensor x) { TENSOR(T(x).asinh()) }
SST_API Tensor sst_acosh(Tensor x) { TENSOR(T(x).acosh()) }
SST_API Tensor sst_atanh(Tensor x) { TENSOR(T(x).atanh()) }
SST_API Tensor sst_sigmoid(Tensor x) { TENSOR(T(x).sigmoid()) }
SST_API Tensor sst_abs(Tensor x) { TENSOR(T(x).abs()) }
SST_API Tensor sst_neg(Tensor x) { TENSOR(T(x).neg()) }
SST_API Tensor sst_sign(Tensor x) { TENSOR(T(x).sign()) }
SST_API Tensor sst_floor(Tensor x) { TENSOR(T(x).floor()) }
SST_API Tensor sst_ceil(Tensor x) { TENSOR(T(x).ceil()) }
SST_API Tensor sst_trunc(Tensor x) { TENSOR(T(x).trunc()) }
SST_API Tensor sst_frac(Tensor x) { TENSOR(T(x).frac()) }
SST_API Tensor sst_erf(Tensor x) { TENSOR(T(x).erf()) }
SST_API Tensor sst_erfc(Tensor x) { TENSOR(T(x).erfc()) }
SST_API Tensor sst_erfinv(Tensor x) { TENSOR(T(x).erfinv()) }
SST_API Tensor sst_reciprocal(Tensor x) { TENSOR(T(x).reciprocal()) }
SST_API Tensor sst_relu(Tensor x) { TENSOR(T(x).relu()) }
SST_API Tensor sst_silu(Tensor x) { TENSOR(at::silu(T(x))) }
SST_API Tensor sst_lgamma(Tensor x) { TENSOR(T(x).lgamma()) }
SST_API Tensor sst_digamma(Tensor x) { TENSOR(T(x).digamma()) }
SST_API Tensor sst_logical_not(Tensor x) { TENSOR(T(x).logical_not()) }
SST_API Tensor sst_bitwise_not(Tensor x) { TENSOR(T(x).bitwise_not()) }
SST_API Tensor sst_isnan(Tensor x) { TENSOR(T(x).isnan()) }
SST_API Tensor sst_isfinite(Tensor x) { TENSOR(T(x).isfinite()) }
SST_API Tensor sst_isinf(Tensor x) { TENSOR(T(x).isinf()) }
SST_API Tensor sst_sinc(Tensor x) { TENSOR(T(x).sinc()) }
SST_API int32_t sst_exp_(Tensor x) { STATUS(T(x).exp_()) }
SST_API int32_t sst_expm1_(Tensor x) { STATUS(T(x).expm1_()) }
SST_API int32_t sst_log_(Tensor x) { STATUS(T(x).log_()) }
SST_API int32_t sst_log1p_(Tensor x) { STATUS(T(x).log1p_()) }
SST_API int32_t sst_log2_(Tensor x) { STATUS(T(x).log2_()) }
SST_API int32_t sst_log10_(Tensor x) { STATUS(T(x).log10_()) }
SST_API int32_t sst_sqrt_(Tensor x) { STATUS(T(x).sqrt_()) }
SST_API int32_t sst_rsqrt_(Tensor x) { STATUS(T(x).rsqrt_()) }
SST_API int32_t sst_sin_(Tensor x) { STATUS(T(x).sin_()) }
SST_API int32_t sst_cos_(Tensor x) { STATUS(T(x).cos_()) }
SST_API int32_t sst_tan_(Tensor x) { STATUS(T(x).tan_()) }
SST_API int32_t sst_sinh_(Tensor x) { STATUS(T(x).sinh_()) }
SST_API int32_t sst_cosh_(Tensor x) { STATUS(T(x).cosh_()) }
SST_API int32_t sst_tanh_(Tensor x) { STATUS(T(x).tanh_()) }
SST_API int32_t sst_sigmoid_(Tensor x) { STATUS(T(x).sigmoid_()) }
SST_API int32_t sst_abs_(Tensor x) { STATUS(T(x).abs_()) }
SST_API int32_t sst_neg_(Tensor x) { STATUS(T(x).neg_()) }
SST_API int32_t sst_floor_(Tensor x) { STATUS(T(x).floor_()) }
SST_API int32_t sst_ceil_(Tensor x) { STATUS(T(x).ceil_()) }
SST_API int32_t sst_erf_(Tensor x) { STATUS(T(x).erf_()) }
SST_API int32_t sst_reciprocal_(Tensor x) { STATUS(T(x).reciprocal_()) }
SST_API int32_t sst_relu_(Tensor x) { STATUS(T(x).relu_()) }
SST_API int32_t sst_silu_(Tensor x) { STATUS(at::silu_(T(x))) }
SST_API int32_t sst_sign_(Tensor x) { STATUS(T(x).sign_()) }
SST_API int32_t sst_trunc_(Tensor x) { STATUS(T(x).trunc_()) }
SST_API Tensor sst_add(Tensor x, Tensor y, Number alpha) { TENSOR(T(x).add(T(y), S(alpha))) }
SST_API Tensor sst_add_tensor(Tensor x, Tensor y) { TENSOR(T(x).add(T(y))) }
SST_API Tensor sst_add_scalar(Tensor x, Number y, Number alpha) { TENSOR(T(x).add(S(y), S(alpha))) }
SST_API Tensor sst_sub(Tensor x, Tensor y) { TENSOR(T(x).sub(T(y))) }
SST_API Tensor sst_sub_scalar(Tensor x, Number y) { TENSOR(T(x).sub(S(y))) }
SST_API Tensor sst_rsub_scalar(Tensor x, Number y) { TENSOR(at::rsub(T(x), S(y))) }
SST_API Tensor sst_mul(Tensor x, Tensor y) { TENSOR(T(x).mul(T(y))) }
SST_API Tensor sst_mul_scalar(Tensor x, Number y) { TENSOR(T(x).mul(S(y))) }
SST_API Tensor sst_div(Tensor x, Tensor y) { TENSOR(T(x).div(T(y))) }
SST_API Tensor sst_div_scalar(Tensor x, Number y) { TENSOR(T(x).div(S(y))) }
SST_API Tensor sst_rdiv_scalar(Tensor x, Number y) { TENSOR(T(x).reciprocal().mul(S(y))) }
SST_API Tensor sst_div_rounded(Tensor x, Tensor y, bool floor) { TENSOR(T(x).div(T(y), floor ? "floor" : "trunc")) }
SST_API Tensor sst_div_rounded_scalar(Tensor x, Number y, bool floor) { TENSOR(T(x).div(S(y), floor ? "floor" : "trunc")) }
SST_API int32_t sst_add_(Tensor x, Tensor y, Number alpha) { STATUS(T(x).add_(T(y), S(alpha))) }
SST_API int32_t sst_add_tensor_(Tensor x, Tensor y) { STATUS(T(x).add_(T(y))) }
SST_API int32_t sst_add_scalar_(Tensor x, Number y, Number alpha) { STATUS(T(x).add_(S(y), S(alpha))) }
SST_API int32_t sst_sub_(Tensor x, Tensor y) { STATUS(T(x).sub_(T(y))) }
SST_API int32_t sst_sub_scalar_(Tensor x, Number y) { STATUS(T(x).sub_(S(y))) }
SST_API int32_t sst_mul_(Tensor x, Tensor y) { STATUS(T(x).mul_(T(y))) }
SST_API int32_t sst_mul_scalar_(Tensor x, Number y) { STATUS(T(x).mul_(S(y))) }
SST_API int32_t sst_div_(Tensor x, Tensor y) { STATUS(T(x).div_(T(y))) }
SST_API int32_t sst_div_scalar_(Tensor x, Number y) { STATUS(T(x).div_(S(y))) }
SST_API int32_t sst_div_rounded_(Tensor x, Tensor y, bool floor) { STATUS(T(x).div_(T(y), floor ? "floor" : "trunc")) }
SST_API int32_t sst_div_rounded_scalar_(Tensor x, Number y, bool floor) { STATUS(T(x).div_(S(y), floor ? "floor" : "trunc")) }
SST_API Tensor sst_pow(Tensor x, Tensor y) { TENSOR(T(x).pow(T(y))) }
SST_API Tensor sst_pow_scalar(Tensor x, Number y) { TENSOR(T(x).pow(S(y))) }
SST_API Tensor sst_scalar_pow(Number x, Tensor y) { TENSOR(at::pow(S(x), T(y))) }
SST_API int32_t sst_pow_(Tensor x, Tensor y) { STATUS(T(x).pow_(T(y))) }
SST_API int32_t sst_pow_scalar_(Tensor x, Number y) { STATUS(T(x).pow_(S(y))) }
SST_API Tensor sst_remainder(Tensor x, Tensor y) { TENSOR(T(x).remainder(T(y))) }
SST_API Tensor sst_remainder_scalar(Tensor x, Number y) { TENSOR(T(x).remainder(S(y))) }
SST_API int32_t sst_remainder_(Tensor x, Tensor y) { STATUS(T(x).remainder_(T(y))) }
SST_API int32_t sst_remainder_scalar_(Tensor x, Number y) { STATUS(T(x).remainder_(S(y))) }
SST_API Tensor sst_fmod(Tensor x, Tensor y) { TENSOR(T(x).fmod(T(y))) }
SST_API Tensor sst_fmod_scalar(Tensor x, Number y) { TENSOR(T(x).fmod(S(y))) }
SST_API int32_t sst_fmod_(Tensor x, Tensor y) { STATUS(T(x).fmod_(T(y))) }
SST_API int32_t sst_fmod_scalar_(Tensor x, Number y) { STATUS(T(x).fmod_(S(y))) }
SST_API Tensor sst_addcmul(Tensor x, Tensor a, Tensor b, Number value) { TENSOR(T(x).addcmul(T(a), T(b), S(value))) }
SST_API int32_t sst_addcmul_(Tensor x, Tensor a, Tensor b, Number value) { STATUS(T(x).addcmul_(T(a), T(b), S(value))) }
SST_API Tensor sst_addcdiv(Tensor x, Tensor a, Tensor b, Number value) { TENSOR(T(x).addcdiv(T(a), T(b), S(value))) }
SST_API int32_t sst_addcdiv_(Tensor x, Tensor a, Tensor b, Number value) { STATUS(T(x).addcdiv_(T(a), T(b), S(value))) }
SST_API Tensor sst_lerp(Tensor x, Tensor end, Tensor weight) { TENSOR(T(x).lerp(T(end), T(weight))) }
SST_API int32_t sst_lerp_(Tensor x, Tensor end, Tensor weight) { STATUS(T(x).lerp_(T(end), T(weight))) }
SST_API Tensor sst_atan2(Tensor x, Tensor y) { TENSOR(T(x).atan2(T(y))) }
SST_API Tensor sst_logaddexp(Tensor x, Tensor y) { TENSOR(T(x).logaddexp(T(y))) }
SST_API Tensor sst_hypot(Tensor x, Tensor y) { TENSOR(T(x).hypot(T(y))) }
SST_API Tensor sst_xlogy(Tensor x, Tensor y) { TENSOR(T(x).xlogy(T(y))) }
SST_API Tensor sst_maximum(Tensor x, Tensor y) { TENSOR(at::maximum(T(x), T(y))) }
SST_API Tensor sst_minimum(Tensor x, Tensor y) { TENSOR(at::minimum(T(x), T(y))) }
SST_API Tensor sst_clamp(Tensor x, Number min, Number max) { TENSOR(T(x).clamp(maybe(min), maybe(max))) }
SST_API int32_t sst_clamp_(Tensor x, Number min, Number max) { STATUS(T(x).clamp_(maybe(min), maybe(max))) }
SST_API Tensor sst_clamp_tensor(Tensor x, Tensor min, Tensor max) { TENSOR(T(x).clamp(maybe(min), maybe(max))) }
SST_API int32_t sst_clamp_tensor_(Tensor x, Tensor min, Tensor max) { STATUS(T(x).clamp_(maybe(min), maybe(max))) }
SST_API Tensor sst_clamp_min(Tensor x, Number min) { TENSOR(T(x).clamp_min(S(min))) }
SST_API Tensor sst_clamp_max(Tensor x, Number max) { TENSOR(T(x).clamp_max(S(max))) }
SST_API int32_t sst_clamp_min_(Tensor x, Number min) { STATUS(T(x).clamp_min_(S(min))) }
SST_API int32_t sst_clamp_max_(Tensor x, Number max) { STATUS(T(x).clamp_max_(S(max))) }
SST_API Tensor sst_round(Tensor x, int64_t decimals) { TENSOR(T(x).round(decimals)) }
SST_API int32_t sst_round_(Tensor x, int64_t decimals) { STATUS(T(x).round_(decimals)) }
SST_API Tensor sst_nan_to_num(Tensor x, double nan, bool has_posinf, double posinf, bool has_neginf, double neginf) {
    TENSOR(T(x).nan_to_num(nan, maybe(has_posinf, posinf), maybe(has_neginf, neginf)))
}
SST_API Tensor sst_softplus(Tensor x, double beta, double threshold) { TENSOR(at::softplus(T(x), beta, threshold)) }
SST_API Tensor sst_gelu(Tensor x, bool tanh) { TENSOR(at::gelu(T(x), tanh ? "tanh" : "none")) }
SST_API int32_t sst_gelu_(Tensor x, bool tanh) { STATUS(at::gelu_(T(x), tanh ? "tanh" : "none")) }
SST_API Tensor sst_leaky_relu(Tensor x, Number slope) { TENSOR(at::leaky_relu(T(x), S(slope))) }
SST_API Tensor sst_elu(Tensor x, double alpha) { TENSOR(at::elu(T(x), alpha)) }
SST_API Tensor sst_glu(Tensor x, int64_t dim) { TENSOR(at::glu(T(x), dim)) }
SST_API Tensor sst_where(Tensor condition, Tensor x, Tensor y) { TENSOR(at::where(T(condition), T(x), T(y))) }
SST_API Tensor sst_masked_fill(Tensor x, Tensor mask, Number value) { TENSOR(T(x).masked_fill(T(mask), S(value))) }
SST_API int32_t sst_masked_fill_(Tensor x, Tensor mask, Number value) { STATUS(T(x).masked_fill_(T(mask), S(value))) }
SST_API Tensor sst_eq(Tensor x, Tensor y) { TENSOR(T(x).eq(T(y))) }
SST_API Tensor sst_eq_scalar(Tensor x, Number y) { TENSOR(T(x).eq(S(y))) }
SST_API Tensor sst_ne(Tensor x, Tensor y) { TENSOR(T(x).ne(T(y))) }
SST_API Tensor sst_ne_scalar(Tensor x, Number y) { TENSOR(T(x).ne(S(y))) }
SST_API Tensor sst_lt(Tensor x, Tensor y) { TENSOR(T(x).lt(T(y))) }
SST_API Tensor sst_lt_scalar(Tensor x, Number y) { TENSOR(T(x).lt(S(y))) }
SST_API Tensor sst_le(Tensor x, Tensor y) { TENSOR(T(x).le(T(y))) }
SST_API Tensor sst_le_scalar(Tensor x, Number y) { TENSOR(T(x).le(S(y))) }
SST_API Tensor sst_gt(Tensor x, Tensor y) { TENSOR(T(x).gt(T(y))) }
SST_API Tensor sst_gt_scalar(Tensor x, Number y) { TENSOR(T(x).gt(S(y))) }
SST_API Tensor sst_ge(Tensor x, Tensor y) { TENSOR(T(x).ge(T(y))) }
SST_API Tensor sst_ge_scalar(Tensor x, Number y) { TENSOR(T(x).ge(S(y))) }
SST_API Tensor sst_isclose(Tensor x, Tensor y, double rtol, double atol, bool equal_nan) { TENSOR(at::isclose(T(x), T(y), rtol, atol, equal_nan)) }
SST_API Tensor sst_logical_and(Tensor x, Tensor y) { TENSOR(T(x).logical_and(T(y))) }
SST_API Tensor sst_logical_or(Tensor x, Tensor y) { TENSOR(T(x).logical_or(T(y))) }
SST_API Tensor sst_logical_xor(Tensor x, Tensor y) { TENSOR(T(x).logical_xor(T(y))) }
SST_API Tensor sst_bitwise_and(Tensor x, Tensor y) { TENSOR(T(x).bitwise_and(T(y))) }
SST_API Tensor sst_bitwise_or(Tensor x, Tensor y) { TENSOR(T(x).bitwise_or(T(y))) }
SST_API Tensor sst_bitwise_xor(Tensor x, Tensor y) { TENSOR(T(x).bitwise_xor(T(y))) }
