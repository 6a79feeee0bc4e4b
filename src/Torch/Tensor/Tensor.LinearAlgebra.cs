namespace TorchSharp;

public static partial class torch
{
    /// <summary>Products.</summary>
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Native.sst_matmul(this, target);

        public Tensor mm(Tensor target) => Native.sst_mm(this, target);

        public Tensor mv(Tensor target) => Native.sst_mv(this, target);

        public Tensor bmm(Tensor batch2) => Native.sst_bmm(this, batch2);

        public Tensor outer(Tensor vec2) => Native.sst_outer(this, vec2);

        public Tensor dot(Tensor target) => Native.sst_dot(this, target);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Native.sst_addmm(this, mat1, mat2, beta, alpha);

        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Done(Native.sst_addmm_(this, mat1, mat2, beta, alpha));

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => Native.sst_baddbmm(this, batch1, batch2, beta, alpha);

        public Tensor trace() => Native.sst_trace(this);

        public Tensor det() => Native.sst_det(this);

        public Tensor inverse() => Native.sst_inv(this);

        public Tensor matrix_exp() => Native.sst_matrix_exp(this);
    }
}
