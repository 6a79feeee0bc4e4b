namespace TorchSharp;

public static partial class torch
{
    /// <summary>Arithmetic operators.</summary>
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => Native.sst_add_tensor(left, right);

        public static Tensor operator +(Tensor left, Scalar right) => Native.sst_add_scalar(left, right, One);

        public static Tensor operator +(Tensor left, int right) => Native.sst_add_scalar(left, right, One);

        public static Tensor operator +(Tensor left, long right) => Native.sst_add_scalar(left, right, One);

        public static Tensor operator +(Tensor left, float right) => Native.sst_add_scalar(left, right, One);

        public static Tensor operator +(Tensor left, double right) => Native.sst_add_scalar(left, right, One);

        public static Tensor operator +(Scalar left, Tensor right) => Native.sst_add_scalar(right, left, One);

        public static Tensor operator +(int left, Tensor right) => Native.sst_add_scalar(right, left, One);

        public static Tensor operator +(long left, Tensor right) => Native.sst_add_scalar(right, left, One);

        public static Tensor operator +(float left, Tensor right) => Native.sst_add_scalar(right, left, One);

        public static Tensor operator +(double left, Tensor right) => Native.sst_add_scalar(right, left, One);

        public static Tensor operator -(Tensor left, Tensor right) => Native.sst_sub(left, right);

        public static Tensor operator -(Tensor left, Scalar right) => Native.sst_sub_scalar(left, right);

        public static Tensor operator -(Tensor left, int right) => Native.sst_sub_scalar(left, right);

        public static Tensor operator -(Tensor left, long right) => Native.sst_sub_scalar(left, right);

        public static Tensor operator -(Tensor left, float right) => Native.sst_sub_scalar(left, right);

        public static Tensor operator -(Tensor left, double right) => Native.sst_sub_scalar(left, right);

        public static Tensor operator -(Scalar left, Tensor right) => Native.sst_rsub_scalar(right, left);

        public static Tensor operator -(int left, Tensor right) => Native.sst_rsub_scalar(right, left);

        public static Tensor operator -(long left, Tensor right) => Native.sst_rsub_scalar(right, left);

        public static Tensor operator -(float left, Tensor right) => Native.sst_rsub_scalar(right, left);

        public static Tensor operator -(double left, Tensor right) => Native.sst_rsub_scalar(right, left);

        public static Tensor operator *(Tensor left, Tensor right) => Native.sst_mul(left, right);

        public static Tensor operator *(Tensor left, Scalar right) => Native.sst_mul_scalar(left, right);

        public static Tensor operator *(Tensor left, int right) => Native.sst_mul_scalar(left, right);

        public static Tensor operator *(Tensor left, long right) => Native.sst_mul_scalar(left, right);

        public static Tensor operator *(Tensor left, float right) => Native.sst_mul_scalar(left, right);

        public static Tensor operator *(Tensor left, double right) => Native.sst_mul_scalar(left, right);

        public static Tensor operator *(Scalar left, Tensor right) => Native.sst_mul_scalar(right, left);

        public static Tensor operator *(int left, Tensor right) => Native.sst_mul_scalar(right, left);

        public static Tensor operator *(long left, Tensor right) => Native.sst_mul_scalar(right, left);

        public static Tensor operator *(float left, Tensor right) => Native.sst_mul_scalar(right, left);

        public static Tensor operator *(double left, Tensor right) => Native.sst_mul_scalar(right, left);

        public static Tensor operator /(Tensor left, Tensor right) => Native.sst_div(left, right);

        public static Tensor operator /(Tensor left, Scalar right) => Native.sst_div_scalar(left, right);

        public static Tensor operator /(Tensor left, int right) => Native.sst_div_scalar(left, right);

        public static Tensor operator /(Tensor left, long right) => Native.sst_div_scalar(left, right);

        public static Tensor operator /(Tensor left, float right) => Native.sst_div_scalar(left, right);

        public static Tensor operator /(Tensor left, double right) => Native.sst_div_scalar(left, right);

        public static Tensor operator /(Scalar left, Tensor right) => Native.sst_rdiv_scalar(right, left);

        public static Tensor operator /(int left, Tensor right) => Native.sst_rdiv_scalar(right, left);

        public static Tensor operator /(long left, Tensor right) => Native.sst_rdiv_scalar(right, left);

        public static Tensor operator /(float left, Tensor right) => Native.sst_rdiv_scalar(right, left);

        public static Tensor operator /(double left, Tensor right) => Native.sst_rdiv_scalar(right, left);

        public static Tensor operator %(Tensor left, Tensor right) => Native.sst_remainder(left, right);

        public static Tensor operator %(Tensor left, Scalar right) => Native.sst_remainder_scalar(left, right);

        public static Tensor operator %(Tensor left, int right) => Native.sst_remainder_scalar(left, right);

        public static Tensor operator %(Tensor left, long right) => Native.sst_remainder_scalar(left, right);

        public static Tensor operator %(Tensor left, float right) => Native.sst_remainder_scalar(left, right);

        public static Tensor operator %(Tensor left, double right) => Native.sst_remainder_scalar(left, right);

        public static Tensor operator -(Tensor tensor) => Native.sst_neg(tensor);
    }
}
