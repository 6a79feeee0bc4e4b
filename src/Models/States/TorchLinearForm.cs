using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>The linear form in plain torch operations: on devices without a kernel, for other types, and wherever gradients are recorded.</summary>
internal static class TorchLinearForm
{
    /// <param name="terms">Factors and tensors.</param>
    /// <param name="type">The value's type; terms of a narrower one are widened first.</param>
    public static Tensor Compute(ReadOnlySpan<(double Factor, Tensor Leaf)> terms, ScalarType type)
    {
        Tensor? sum = null;
        foreach (var (factor, leaf) in terms)
        {
            using var wide = leaf.dtype == type ? null : leaf.to(type);
            var term = wide ?? leaf;
            var next = sum is null ? term * factor : sum.add(term, factor);
            sum?.Dispose();
            sum = next;
        }
        return sum!;
    }
}
