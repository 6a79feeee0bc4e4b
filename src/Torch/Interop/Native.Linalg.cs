using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Products and decompositions.</summary>
internal static partial class Native
{
    [LibraryImport(Library)] internal static partial Tensor sst_matmul(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_mm(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_mv(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_bmm(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_outer(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_dot(Tensor x, Tensor y);

    [LibraryImport(Library)] internal static partial Tensor sst_addmm(Tensor x, Tensor a, Tensor b, double beta, double alpha);

    [LibraryImport(Library)] internal static partial int sst_addmm_(Tensor x, Tensor a, Tensor b, double beta, double alpha);

    [LibraryImport(Library)] internal static partial Tensor sst_baddbmm(Tensor x, Tensor a, Tensor b, double beta, double alpha);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial Tensor sst_einsum(string equation,
        ReadOnlySpan<nint> tensors, int tensors_count);

    [LibraryImport(Library)] internal static partial Tensor sst_cdist(Tensor x, Tensor y, double p, long mode);

    [LibraryImport(Library)] internal static partial Tensor sst_trace(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_det(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_inv(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_matrix_exp(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_cholesky(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_eigvalsh(Tensor x, [MarshalAs(UnmanagedType.U1)] bool upper);

    [LibraryImport(Library)] internal static partial long sst_eigh(Tensor x, [MarshalAs(UnmanagedType.U1)] bool upper);

    [LibraryImport(Library)] internal static partial long sst_svd(Tensor x, [MarshalAs(UnmanagedType.U1)] bool full);

    [LibraryImport(Library)] internal static partial Tensor sst_svdvals(Tensor x);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial long sst_qr(Tensor x, string mode);

    [LibraryImport(Library)] internal static partial long sst_slogdet(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_solve(Tensor a, Tensor b, [MarshalAs(UnmanagedType.U1)] bool left);

    [LibraryImport(Library)] internal static partial Tensor sst_solve_triangular(Tensor a, Tensor b, [MarshalAs(UnmanagedType.U1)] bool upper,
        [MarshalAs(UnmanagedType.U1)] bool left, [MarshalAs(UnmanagedType.U1)] bool unitriangular);

    [LibraryImport(Library)] internal static partial Tensor sst_vector_norm(Tensor x, double ord, ReadOnlySpan<long> dims, int dims_count,
        [MarshalAs(UnmanagedType.U1)] bool all, [MarshalAs(UnmanagedType.U1)] bool keepdim);
}
