namespace TorchSharp;

public static partial class torch
{
    public static class linalg
    {
        public enum QRMode
        {
            Reduced = 0,
            Complete = 1,
            R = 2,
        }

        public static Tensor cholesky(Tensor input) => Native.sst_cholesky(input);

        public static Tensor det(Tensor input) => Native.sst_det(input);

        public static Tensor inv(Tensor input) => Native.sst_inv(input);

        public static Tensor matrix_exp(Tensor input) => Native.sst_matrix_exp(input);

        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Native.TakePair(Native.sst_eigh(input, IsUpper(UPLO)));

        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Native.sst_eigvalsh(input, IsUpper(UPLO));

        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) =>
            Native.TakeTriple(Native.sst_svd(input, fullMatrices));

        public static Tensor svdvals(Tensor input) => Native.sst_svdvals(input);

        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) =>
            Native.TakePair(Native.sst_qr(input, mode switch { QRMode.Reduced => "reduced", QRMode.Complete => "complete", _ => "r" }));

        public static (Tensor, Tensor) slogdet(Tensor input) => Native.TakePair(Native.sst_slogdet(input));

        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Native.sst_solve(A, B, left);

        public static Tensor solve_triangular(
            Tensor A, Tensor B, bool upper, bool left = true, bool unitriangular = false, Tensor? @out = null)
        {
            var solution = Native.sst_solve_triangular(A, B, upper, left, unitriangular);
            if (@out is null) return solution;
            using (solution) return @out.set_(solution);
        }

        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) =>
            Native.sst_vector_norm(input, ord, dims, dims?.Length ?? 0, dims is null, keepdim);

        private static bool IsUpper(char side) => side switch
        {
            'L' or 'l' => false,
            'U' or 'u' => true,
            _ => throw new ArgumentException($"UPLO is 'L' or 'U', not '{side}'."),
        };
    }
}
