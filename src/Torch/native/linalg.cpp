// Products and decompositions.
#include "abi.h"

namespace {
std::vector<at::Tensor> pair(const std::tuple<at::Tensor, at::Tensor>& both) { return {std::get<0>(both), std::get<1>(both)}; }

std::vector<at::Tensor> triple(const std::tuple<at::Tensor, at::Tensor, at::Tensor>& all) {
    return {std::get<0>(all), std::get<1>(all), std::get<2>(all)};
}
}

SST_API Tensor sst_matmul(Tensor x, Tensor y) { TENSOR(T(x).matmul(T(y))) }
SST_API Tensor sst_mm(Tensor x, Tensor y) { TENSOR(T(x).mm(T(y))) }
SST_API Tensor sst_mv(Tensor x, Tensor y) { TENSOR(T(x).mv(T(y))) }
SST_API Tensor sst_bmm(Tensor x, Tensor y) { TENSOR(T(x).bmm(T(y))) }
SST_API Tensor sst_outer(Tensor x, Tensor y) { TENSOR(T(x).outer(T(y))) }
SST_API Tensor sst_dot(Tensor x, Tensor y) { TENSOR(T(x).dot(T(y))) }
SST_API Tensor sst_addmm(Tensor x, Tensor a, Tensor b, double beta, double alpha) { TENSOR(T(x).addmm(T(a), T(b), beta, alpha)) }
SST_API int32_t sst_addmm_(Tensor x, Tensor a, Tensor b, double beta, double alpha) { STATUS(T(x).addmm_(T(a), T(b), beta, alpha)) }
SST_API Tensor sst_baddbmm(Tensor x, Tensor a, Tensor b, double beta, double alpha) { TENSOR(T(x).baddbmm(T(a), T(b), beta, alpha)) }
SST_API Tensor sst_einsum(const char* equation, const Tensor* tensors, int32_t tensors_count) {
    TENSOR(at::einsum(equation, list(tensors, tensors_count)))
}
SST_API Tensor sst_cdist(Tensor x, Tensor y, double p, int64_t mode) { TENSOR(at::cdist(T(x), T(y), p, maybe(true, mode))) }
SST_API Tensor sst_trace(Tensor x) { TENSOR(T(x).trace()) }
SST_API Tensor sst_det(Tensor x) { TENSOR(at::det(T(x))) }
SST_API Tensor sst_inv(Tensor x) { TENSOR(at::linalg_inv(T(x))) }
SST_API Tensor sst_matrix_exp(Tensor x) { TENSOR(at::matrix_exp(T(x))) }
SST_API Tensor sst_cholesky(Tensor x) { TENSOR(at::linalg_cholesky(T(x))) }
SST_API Tensor sst_eigvalsh(Tensor x, bool upper) { TENSOR(at::linalg_eigvalsh(T(x), upper ? "U" : "L")) }
SST_API int64_t sst_eigh(Tensor x, bool upper) { SEVERAL(pair(at::linalg_eigh(T(x), upper ? "U" : "L"))) }
SST_API int64_t sst_svd(Tensor x, bool full) { SEVERAL(triple(at::linalg_svd(T(x), full))) }
SST_API Tensor sst_svdvals(Tensor x) { TENSOR(at::linalg_svdvals(T(x))) }
SST_API int64_t sst_qr(Tensor x, const char* mode) { SEVERAL(pair(at::linalg_qr(T(x), mode))) }
SST_API int64_t sst_slogdet(Tensor x) { SEVERAL(pair(at::linalg_slogdet(T(x)))) }
SST_API Tensor sst_solve(Tensor a, Tensor b, bool left) { TENSOR(at::linalg_solve(T(a), T(b), left)) }
SST_API Tensor sst_solve_triangular(Tensor a, Tensor b, bool upper, bool left, bool unitriangular) {
    TENSOR(at::linalg_solve_triangular(T(a), T(b), upper, left, unitriangular))
}
SST_API Tensor sst_vector_norm(Tensor x, double ord, const int64_t* dims, int32_t dims_count, bool all, bool keepdim) {
    TENSOR(all ? at::linalg_vector_norm(T(x), ord, at::OptionalIntArrayRef(), keepdim) : at::linalg_vector_norm(T(x), ord, L(dims, dims_count), keepdim))
}
