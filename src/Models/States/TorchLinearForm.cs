using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>The linear form in plain torch operations: on devices without a kernel, for other types, and wherever gradients are recorded.</summary>
internal static class TorchLinearForm
{
    public static Tensor Compute(ReadOnlySpan<(double Factor, Tensor Leaf)> terms)
    {
        var sum = terms[0].Leaf * terms[0].Factor;
        for (var i = 1; i < terms.Length; i++)
        {
            var next = sum.add(terms[i].Leaf, terms[i].Factor);
            sum.Dispose();
            sum = next;
        }
        return sum;
    }
}
