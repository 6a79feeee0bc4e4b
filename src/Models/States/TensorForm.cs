using System.Runtime.InteropServices;
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

    /// <summary>A form of a tensor whose memory holds nothing yet (<see cref="DeviceNoise"/>).</summary>
    public static TensorForm Unmade(Tensor tensor) => new([(1, tensor)]);

    public bool IsSettled => _value is not null;

    /// <summary>Whether it is in a GPU's memory.</summary>
    public bool IsOnDevice => _terms[0].Leaf.device_type == DeviceType.CUDA || DeviceForms.Of(_terms[0].Leaf) is not null;

    /// <summary>A term was freed before the value was made.</summary>
    public bool IsGone => Array.Exists(_terms, t => t.Leaf.IsInvalid);

    /// <summary>The value, computed at the first call in one fused pass, together with what waits for it in a run.</summary>
    public Tensor Value => _value ?? Compute();

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

    /// <summary>Whether both can be made in one pass.</summary>
    public bool Fits(TensorForm other)
    {
        var (a, b) = (_terms[0].Leaf, other._terms[0].Leaf);
        return Type == other.Type && a.device_type == b.device_type && a.device_index == b.device_index && a.shape.AsSpan().SequenceEqual(b.shape) && HasOneShape() && CanFuse() && other.CanFuse();
    }

    /// <summary>The type of the value: the terms' own, among which one of bfloat16 beside wider ones is widened (a network's answer beside the state).</summary>
    private ScalarType Type
    {
        get
        {
            foreach (var (_, leaf) in _terms)
                if (leaf.dtype != ScalarType.BFloat16) return leaf.dtype;
            return ScalarType.BFloat16;
        }
    }

    // A settled form is one term from then on: later forms use the value, not what it was made of.
    private (double Factor, Tensor Leaf)[] Parts => _value is null ? _terms : [(1, _value)];

    private Tensor Compute()
    {
        if (!HasOneShape())
        {
            var odd = Array.Find(_terms, t => !t.Leaf.shape.AsSpan().SequenceEqual(_terms[0].Leaf.shape)).Leaf;
            throw new ArgumentException($"states of shapes [{string.Join(", ", _terms[0].Leaf.shape)}] and [{string.Join(", ", odd.shape)}] cannot be combined");
        }
        var run = TensorRunScope.Current;
        if (_terms is [(1, var noise)] && DeviceNoise.Make(noise)) _value = noise;
        else if (CanFuse()) Fused(run?.Take(this) ?? [this]);
        else
        {
            foreach (var (_, leaf) in _terms) DeviceNoise.Make(leaf);
            _value = TorchLinearForm.Compute(_terms, Type);
        }
        run?.Own(_value!);
        return _value!;
    }

    private bool HasOneShape()
    {
        var shape = _terms[0].Leaf.shape;
        return Array.TrueForAll(_terms, t => t.Leaf.shape.AsSpan().SequenceEqual(shape));
    }

    private bool CanFuse()
    {
        if (_terms.Length > LinearFormKernel.MostTerms) return false;
        var (first, type) = (_terms[0].Leaf, Type);
        if (type is not (ScalarType.Float32 or ScalarType.Float64)) return false;
        foreach (var (_, leaf) in _terms)
        {
            if (leaf.dtype != type && !(leaf.dtype == ScalarType.BFloat16 && DeviceForms.Of(leaf) is not null)) return false;
            if (leaf.device_type != first.device_type || !IsReachable(leaf) || (leaf.requires_grad && is_grad_enabled())) return false;
        }
        return true;

        static bool IsReachable(Tensor leaf) => TensorMemory.IsReachable(leaf) || DeviceForms.Reaches(leaf);
    }

    /// <summary>The values of forms of one type and shape, in one pass.</summary>
    private static void Fused(List<TensorForm> forms)
    {
        var first = forms[0]._terms[0].Leaf;
        if (DeviceForms.Of(first) is not null)
        {
            FusedOnDevice(forms, first, forms[0].Type);
            return;
        }
        var (outputs, counts, terms, factors) = (new nint[forms.Count], new int[forms.Count], new List<nint>(), new List<double>());
        for (var k = 0; k < forms.Count; k++)
        {
            var form = forms[k];
            form._value = empty(first.shape, dtype: first.dtype);
            (outputs[k], counts[k]) = (TensorMemory.Address(form._value), form._terms.Length);
            foreach (var (factor, leaf) in form._terms)
            {
                terms.Add(TensorMemory.Address(leaf));
                factors.Add(factor);
            }
            if (k > 0) TensorRunScope.Current!.Own(form._value);
        }
        LinearFormKernel.Of(first.dtype == ScalarType.Float32, outputs, counts, CollectionsMarshal.AsSpan(terms), CollectionsMarshal.AsSpan(factors), first.numel());
    }

    private static void FusedOnDevice(List<TensorForm> forms, Tensor like, ScalarType type)
    {
        var (outputs, counts, terms) = (new Tensor[forms.Count], new int[forms.Count], new List<(double, Tensor)>());
        for (var k = 0; k < forms.Count; k++)
        {
            outputs[k] = empty(like.shape, dtype: type, device: like.device);
            counts[k] = forms[k]._terms.Length;
            terms.AddRange(forms[k]._terms);
        }
        DeviceForms.Compute(outputs, counts, CollectionsMarshal.AsSpan(terms));
        for (var k = 0; k < forms.Count; k++)
        {
            forms[k]._value = outputs[k];
            if (k > 0) TensorRunScope.Current!.Own(outputs[k]);
        }
    }
}
