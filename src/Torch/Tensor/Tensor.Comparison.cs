namespace TorchSharp;

public static partial class torch
{
    /// <summary>Comparisons and logic.</summary>
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Native.sst_eq(this, target);

        public Tensor eq(Scalar target) => Native.sst_eq_scalar(this, target);

        public Tensor ne(Tensor target) => Native.sst_ne(this, target);

        public Tensor ne(Scalar target) => Native.sst_ne_scalar(this, target);

        public Tensor lt(Tensor target) => Native.sst_lt(this, target);

        public Tensor lt(Scalar target) => Native.sst_lt_scalar(this, target);

        public Tensor le(Tensor target) => Native.sst_le(this, target);

        public Tensor le(Scalar target) => Native.sst_le_scalar(this, target);

        public Tensor gt(Tensor target) => Native.sst_gt(this, target);

        public Tensor gt(Scalar target) => Native.sst_gt_scalar(this, target);

        public Tensor ge(Tensor target) => Native.sst_ge(this, target);

        public Tensor ge(Scalar target) => Native.sst_ge_scalar(this, target);

        public Tensor logical_and(Tensor other) => Native.sst_logical_and(this, other);

        public Tensor logical_or(Tensor other) => Native.sst_logical_or(this, other);

        public Tensor logical_xor(Tensor other) => Native.sst_logical_xor(this, other);

        public Tensor bitwise_and(Tensor other) => Native.sst_bitwise_and(this, other);

        public Tensor bitwise_or(Tensor other) => Native.sst_bitwise_or(this, other);

        public Tensor bitwise_xor(Tensor other) => Native.sst_bitwise_xor(this, other);

        public Tensor isclose(Tensor other, double rtol = 1E-05, double atol = 1E-08, bool nanEqual = false) =>
            Native.sst_isclose(this, other, rtol, atol, nanEqual);

        public bool allclose(Tensor target, double rtol = 1E-05, double atol = 1E-08, bool equal_nan = false) =>
            Truth(Native.sst_allclose(this, target, rtol, atol, equal_nan));

        public Tensor equal(Tensor target) => tensor(Truth(Native.sst_equal(this, target)));
    }
}
