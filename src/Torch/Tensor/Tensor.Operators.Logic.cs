namespace TorchSharp;

public static partial class torch
{
    /// <summary>Comparison and logic operators, each giving a tensor.</summary>
    public partial class Tensor
    {
        public static Tensor operator ==(Tensor left, Tensor right) => Native.sst_eq(left, right);

        public static Tensor operator ==(Tensor left, Scalar right) => Native.sst_eq_scalar(left, right);

        public static Tensor operator ==(Scalar left, Tensor right) => Native.sst_eq_scalar(right, left);

        public static Tensor operator !=(Tensor left, Tensor right) => Native.sst_ne(left, right);

        public static Tensor operator !=(Tensor left, Scalar right) => Native.sst_ne_scalar(left, right);

        public static Tensor operator !=(Scalar left, Tensor right) => Native.sst_ne_scalar(right, left);

        public static Tensor operator <(Tensor left, Tensor right) => Native.sst_lt(left, right);

        public static Tensor operator <(Tensor left, Scalar right) => Native.sst_lt_scalar(left, right);

        public static Tensor operator <(Scalar left, Tensor right) => Native.sst_gt_scalar(right, left);

        public static Tensor operator <=(Tensor left, Tensor right) => Native.sst_le(left, right);

        public static Tensor operator <=(Tensor left, Scalar right) => Native.sst_le_scalar(left, right);

        public static Tensor operator <=(Scalar left, Tensor right) => Native.sst_ge_scalar(right, left);

        public static Tensor operator >(Tensor left, Tensor right) => Native.sst_gt(left, right);

        public static Tensor operator >(Tensor left, Scalar right) => Native.sst_gt_scalar(left, right);

        public static Tensor operator >(Scalar left, Tensor right) => Native.sst_lt_scalar(right, left);

        public static Tensor operator >=(Tensor left, Tensor right) => Native.sst_ge(left, right);

        public static Tensor operator >=(Tensor left, Scalar right) => Native.sst_ge_scalar(left, right);

        public static Tensor operator >=(Scalar left, Tensor right) => Native.sst_le_scalar(right, left);

        public static Tensor operator ~(Tensor left) => Native.sst_bitwise_not(left);

        public static Tensor operator &(Tensor left, Tensor right) => Native.sst_bitwise_and(left, right);

        public static Tensor operator |(Tensor left, Tensor right) => Native.sst_bitwise_or(left, right);

        public static Tensor operator ^(Tensor left, Tensor right) => Native.sst_bitwise_xor(left, right);

        public override bool Equals(object? obj) => ReferenceEquals(this, obj);

        public bool Equals(Tensor target) => Truth(Native.sst_equal(this, target));

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
