using ScoreSde.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>A linear form in tensors with its cached value: what a <see cref="TensorState"/> holds.</summary>
/// <remarks>Terms in the same tensor are merged as they meet, so a solver's step is one pass over memory whatever way it was written.</remarks>
internal sealed class TensorForm
{
    private readonly (double Factor, Tensor Leaf)[] _terms;
    private Tensor? _value;

    public TensorForm(Tensor value)
    {
        _terms = [(1, value)];
        _value = value;
    }

    private TensorForm((double Factor, Tensor Leaf)[] terms) => _terms = terms;

    public bool IsSettled => _value is not null;

    public int Terms => _terms.Length;

    /// <summary>The value, computed at the first call in one fused pass.</summary>
    public Tensor Value => _value ??= Compute();

    public TensorForm Scaled(double factor) => new(Array.ConvertAll(Parts, t => (factor * t.Factor, t.Leaf)));

    public TensorForm Plus(TensorForm other, double sign)
    {
        var (mine, others) = (Parts, other.Parts);
        var terms = new List<(double Factor, Tensor Leaf)>(mine.Length + others.Length);
        terms.AddRange(mine);
        foreach (var (factor, leaf) in others)
        {
            var at = terms.FindIndex(t => ReferenceEquals(t.Leaf, leaf));
            if (at >= 0) terms[at] = (terms[at].Factor + sign * factor, leaf);
            else terms.Add((sign * factor, leaf));
        }
        return new TensorForm([.. terms]);
    }

    // A settled form is one term from then on: later forms use the value, not what it was made of.
    private (double Factor, Tensor Leaf)[] Parts => _value is null ? _terms : [(1, _value)];

    private Tensor Compute()
    {
        var shape = _terms[0].Leaf.shape;
        foreach (var (_, leaf) in _terms)
            if (!leaf.shape.AsSpan().SequenceEqual(shape))
                throw new ArgumentException($"states of shapes [{string.Join(", ", shape)}] and [{string.Join(", ", leaf.shape)}] cannot be combined");
        return CanFuse() ? Fused(shape) : TorchLinearForm.Compute(_terms);
    }

    private bool CanFuse()
    {
        if (_terms.Length > LinearFormKernel.MostTerms) return false;
        var type = _terms[0].Leaf.dtype;
        if (type is not (ScalarType.Float32 or ScalarType.Float64)) return false;
        foreach (var (_, leaf) in _terms)
            if (leaf.dtype != type || !TensorMemory.IsReachable(leaf) || (leaf.requires_grad && is_grad_enabled())) return false;
        return true;
    }

    private Tensor Fused(long[] shape)
    {
        var first = _terms[0].Leaf;
        var result = empty(shape, dtype: first.dtype);
        Span<nint> pointers = stackalloc nint[_terms.Length];
        Span<double> factors = stackalloc double[_terms.Length];
        for (var i = 0; i < _terms.Length; i++) (factors[i], pointers[i]) = (_terms[i].Factor, TensorMemory.Address(_terms[i].Leaf));
        if (first.dtype == ScalarType.Float32) LinearFormKernel.OfFloats(TensorMemory.Address(result), pointers, factors, result.numel());
        else LinearFormKernel.OfDoubles(TensorMemory.Address(result), pointers, factors, result.numel());
        return result;
    }
}
