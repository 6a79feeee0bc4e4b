using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The C ABI of native/: results, failures and functions whose arguments are not the usual ones.</summary>
internal static partial class Native
{
    internal const string Library = "scoresde_torch";

    // The resolver must stand before the first native call, whichever that is; a static constructor would be checked at each of them.
#pragma warning disable CA2255
    [ModuleInitializer]
    internal static void Initialize() => LibraryLoader.Install();
#pragma warning restore CA2255

    /// <summary>The exception for the last failure on this thread.</summary>
    // The type is TorchSharp's.
#pragma warning disable CA2201
    internal static Exception Failure() => new ExternalException(Marshal.PtrToStringUTF8(sst_last_error()) ?? "libtorch failed without a message");
#pragma warning restore CA2201

    internal static void Check(int status)
    {
        if (status < 0) throw Failure();
    }

    /// <summary>The tensor that a call has changed.</summary>
    internal static Tensor InPlace(Tensor changed, int status)
    {
        Check(status);
        return changed;
    }

    /// <summary>Fetches the tensors that a call has handed over; null where libtorch gave an undefined one.</summary>
    internal static unsafe Tensor?[] Take(long count)
    {
        if (count < 0) throw Failure();
        var handles = count <= 64 ? stackalloc nint[(int)count] : new nint[count];
        fixed (nint* first = handles) Check(sst_take(first));
        var tensors = new Tensor?[count];
        for (int i = 0; i < tensors.Length; i++) tensors[i] = handles[i] == 0 ? null : new Tensor(handles[i]);
        return tensors;
    }

    internal static Tensor[] TakeAll(long count) => Take(count)!;

    internal static (Tensor, Tensor) TakePair(long count)
    {
        var both = Take(count);
        return (both[0]!, both[1]!);
    }

    internal static (Tensor, Tensor, Tensor) TakeTriple(long count)
    {
        var all = Take(count);
        return (all[0]!, all[1]!, all[2]!);
    }

    /// <summary>Addresses for a call that takes a list; the caller keeps the tensors alive.</summary>
    internal static nint[] Handles<T>(IEnumerable<T?> tensors)
        where T : Tensor
    {
        if (tensors is IReadOnlyList<T?> list)
        {
            var handles = new nint[list.Count];
            for (int i = 0; i < handles.Length; i++) handles[i] = list[i] is { } tensor ? tensor.Handle : 0;
            return handles;
        }

        return [.. tensors.Select(tensor => tensor is null ? 0 : tensor.Handle)];
    }

    internal static int Code(ScalarType? dtype) => dtype is { } type ? (int)type : -1;

    [LibraryImport(Library)] internal static partial nint sst_last_error();

    [LibraryImport(Library)] internal static unsafe partial int sst_take(nint* handles);

    [LibraryImport(Library)] internal static partial void sst_free(nint x);

    [LibraryImport(Library)] internal static partial nint sst_version();

    // Reading a field of a native tensor neither blocks nor fails: no need to leave the collector's cooperative mode.
    [LibraryImport(Library), SuppressGCTransition] internal static partial long sst_dim(nint x);

    [LibraryImport(Library), SuppressGCTransition] internal static partial long sst_numel(nint x);

    [LibraryImport(Library), SuppressGCTransition] internal static partial int sst_dtype(nint x);

    [LibraryImport(Library), SuppressGCTransition] internal static partial int sst_device_type(nint x);

    [LibraryImport(Library), SuppressGCTransition] internal static partial int sst_device_index(nint x);

    [LibraryImport(Library), SuppressGCTransition] internal static unsafe partial void sst_shape(nint x, long* shape);

    [LibraryImport(Library)] internal static unsafe partial void sst_strides(nint x, long* strides);

    [LibraryImport(Library), SuppressGCTransition] internal static partial long sst_element_size(nint x);

    [LibraryImport(Library)] internal static partial long sst_storage_offset(nint x);

    [LibraryImport(Library)] internal static partial ulong sst_storage_bytes(nint x);

    [LibraryImport(Library), SuppressGCTransition] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool sst_is_contiguous(nint x);

    [LibraryImport(Library)] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool sst_is_leaf(nint x);

    [LibraryImport(Library), SuppressGCTransition] [return: MarshalAs(UnmanagedType.U1)] internal static partial bool sst_requires_grad(nint x);

    [LibraryImport(Library)] internal static partial nint sst_data(Tensor x);

    [LibraryImport(Library)] internal static partial int sst_equal(Tensor x, Tensor y);

    [LibraryImport(Library)]
    internal static partial int sst_allclose(Tensor x, Tensor y, double rtol, double atol, [MarshalAs(UnmanagedType.U1)] bool equal_nan);

    [LibraryImport(Library)] internal static partial int sst_item(Tensor x, out Number result);

    [LibraryImport(Library)] internal static partial Tensor sst_index(Tensor x, ReadOnlySpan<NativeIndex> indices, int count);

    [LibraryImport(Library)] internal static partial int sst_index_put_(Tensor x, ReadOnlySpan<NativeIndex> indices, int count, Tensor value);

    [LibraryImport(Library)]
    internal static partial int sst_index_put_scalar_(Tensor x, ReadOnlySpan<NativeIndex> indices, int count, Scalar value);

    [LibraryImport(Library)] internal static partial int sst_index_accumulate_(Tensor x, ReadOnlySpan<nint> indices, int count, Tensor value);
}
