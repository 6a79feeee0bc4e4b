namespace TorchSharp;

/// <summary>Joining, splitting and choosing among several tensors.</summary>
public static partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Joined(tensors, handles => Native.sst_cat(handles, handles.Length, dim));

    public static Tensor cat(Tensor[] tensors, long dim = 0) => cat((IList<Tensor>)tensors, dim);

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat((IList<Tensor>)tensors.ToArray(), dim);

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat((IList<Tensor>)tensors, dim);

    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    public static Tensor concatenate(Tensor[] tensors, long axis = 0) => cat((IList<Tensor>)tensors, axis);

    public static Tensor concatenate(ReadOnlySpan<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) =>
        Joined(tensors.ToArray(), handles => Native.sst_stack(handles, handles.Length, dim));

    public static Tensor vstack(IList<Tensor> tensors) => Joined(tensors, static handles => Native.sst_vstack(handles, handles.Length));

    public static Tensor vstack(Tensor[] tensors) => vstack((IList<Tensor>)tensors);

    public static Tensor hstack(IList<Tensor> tensors) => Joined(tensors, static handles => Native.sst_hstack(handles, handles.Length));

    public static Tensor hstack(params Tensor[] tensors) => hstack((IList<Tensor>)tensors);

    public static Tensor einsum(string equation, params Tensor[] tensors) =>
        Joined(tensors, handles => Native.sst_einsum(equation, handles, handles.Length));

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij")
    {
        if (indexing is not ("ij" or "xy")) throw new ArgumentException($"meshgrid: indexing is \"ij\" or \"xy\", not \"{indexing}\".");
        var list = tensors.ToArray();
        long count = Native.sst_meshgrid(Native.Handles(list), list.Length, indexing == "xy");
        GC.KeepAlive(list);
        return Native.TakeAll(count);
    }

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Native.sst_where(condition, x, y);

    public static Tensor[] where(Tensor condition) => Native.TakeAll(Native.sst_where_indices(condition));

    public static Tensor cdist(
        Tensor x1, Tensor x2, double p = 2, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary) =>
        Native.sst_cdist(x1, x2, p, (long)compute_mode);

    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor? sorter = null) =>
        Native.sst_searchsorted(sorted_sequence, values, out_int32, right, sorter);

    private static Tensor Joined(IList<Tensor> tensors, Func<nint[], Tensor> join)
    {
        var result = join(Native.Handles(tensors));
        GC.KeepAlive(tensors);
        return result;
    }
}
