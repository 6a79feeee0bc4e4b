using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Lifetime, state and data of a tensor.</summary>
internal static partial class Native
{
    [LibraryImport(Library)] internal static partial int sst_assert_valid(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_alias(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_shallow_copy(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_clone(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_detach(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_detach_(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_contiguous(Tensor x);

    [LibraryImport(Library)] internal static partial Tensor sst_to(Tensor x, int dtype, int device, int index,
        [MarshalAs(UnmanagedType.U1)] bool non_blocking, [MarshalAs(UnmanagedType.U1)] bool copy);

    [LibraryImport(Library)] internal static partial Tensor sst_to_other(Tensor x, Tensor other, [MarshalAs(UnmanagedType.U1)] bool non_blocking);

    [LibraryImport(Library)] internal static partial int sst_copy_(Tensor x, Tensor source, [MarshalAs(UnmanagedType.U1)] bool non_blocking);

    [LibraryImport(Library)] internal static partial int sst_set_(Tensor x, Tensor source);

    [LibraryImport(Library)] internal static partial int sst_set_data(Tensor x, Tensor source);

    [LibraryImport(Library)] internal static partial int sst_fill_(Tensor x, Scalar value);

    [LibraryImport(Library)] internal static partial int sst_zero_(Tensor x);
}
