using System.Runtime.InteropServices;
using ScoreSde.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>A linear form in tensors with its cached value: what a <see cref="TensorState"/> holds.</summary>
/// <remarks>Terms in the same tensor are merged as they meet, so a solver's step is one pass over memory whatever way it was written.</remarks>
internal sealed class TensorForm
{
    private (double Factor, TensorTerm Leaf)[] _terms; // of a settled form its value: later forms use that, not what it was made of
    private Tensor? _value;

    public TensorForm(Tensor value)
    {
        _terms = [(1, new TensorTerm(value))];
        _value = value;
    }

    private TensorForm((double Factor, TensorTerm Leaf)[] terms) => _terms = terms;

    /// <summary>A form of a tensor whose memory holds nothing yet (<see cref="DeviceNoise"/>).</summary>
    public static TensorForm Unmade(Tensor tensor) => new([(1, new TensorTerm(tensor))]);

    public bool IsSettled => _value is not null;

    /// <summary>Whether it is in a GPU's memory.</summary>
    public bool IsOnDevice => First.Place == DeviceType.CUDA || DeviceForms.Of(First.Tensor) is not null;

    /// <summary>A term was freed before the value was made.</summary>
    public bool IsGone
    {
        get
        {
            foreach (var (_, leaf) in _terms)
                if (leaf.Tensor.IsInvalid) return true;
            return false;
        }
    }

    /// <summary>The value, computed at the first call in one fused pass, together with what waits for it in a run.</summary>
    public Tensor Value => _value ?? Compute();

    private TensorTerm First => _terms[0].Leaf;

    public TensorForm Scaled(double factor)
    {
        var terms = new (double Factor, TensorTerm Leaf)[_terms.Length];
        for (var i = 0; i < terms.Length; i++) terms[i] = (factor * _terms[i].Factor, _terms[i].Leaf);
        return new TensorForm(terms);
    }

    public TensorForm Plus(TensorForm other, double sign)
    {
        var (mine, others) = (_terms, other._terms);
        var terms = new (double Factor, TensorTerm Leaf)[mine.Length + others.Length];
        mine.CopyTo(terms, 0);
        var count = mine.Length;
        foreach (var (factor, leaf) in others)
        {
            var at = 0;
            while (at < count && !ReferenceEquals(terms[at].Leaf.Tensor, leaf.Tensor)) at++;
            if (at < count) terms[at].Factor += sign * factor;
            else terms[count++] = (sign * factor, leaf);
        }
        return new TensorForm(count == terms.Length ? terms : terms[..count]);
    }

    /// <summary>Whether both can be made in one pass.</summary>
    public bool Fits(TensorForm other)
    {
        var (a, b) = (First, other.First);
        return Type == other.Type && a.Place == b.Place && (a.Place == DeviceType.CPU || a.Tensor.device_index == b.Tensor.device_index)
            && a.HasShapeOf(b) && HasOneShape() && CanFuse() && other.CanFuse();
    }

    /// <summary>The type of the value: the terms' own, among which one of bfloat16 beside wider ones is widened (a network's answer beside the state).</summary>
    private ScalarType Type
    {
        get
        {
            foreach (var (_, leaf) in _terms)
                if (leaf.Type != ScalarType.BFloat16) return leaf.Type;
            return ScalarType.BFloat16;
        }
    }

    private Tensor Compute()
    {
        if (!HasOneShape())
        {
            var odd = Array.Find(_terms, t => !t.Leaf.HasShapeOf(First)).Leaf;
            throw new ArgumentException($"states of shapes [{string.Join(", ", First.Shape)}] and [{string.Join(", ", odd.Shape)}] cannot be combined");
        }
        var run = TensorRunScope.Current;
        if (_terms is [(1, var noise)] && DeviceNoise.Make(noise.Tensor)) Settle(noise);
        else if (CanFuse()) Fused(run is null ? new([this]) : run.Take(this));
        else
        {
            foreach (var (_, leaf) in _terms) DeviceNoise.Make(leaf.Tensor);
            Settle(new TensorTerm(TorchLinearForm.Compute(Array.ConvertAll(_terms, t => (t.Factor, t.Leaf.Tensor)), Type)));
        }
        run?.Own(_value!);
        return _value!;
    }

    private void Settle(TensorTerm value)
    {
        _value = value.Tensor;
        _terms = [(1, value)];
    }

    private bool HasOneShape()
    {
        for (var i = 1; i < _terms.Length; i++)
            if (!_terms[i].Leaf.HasShapeOf(First)) return false;
        return true;
    }

    private bool CanFuse()
    {
        var type = Type;
        if (_terms.Length > LinearFormKernel.MostTerms || type is not (ScalarType.Float32 or ScalarType.Float64)) return false;
        var recording = is_grad_enabled();
        foreach (var (_, leaf) in _terms)
        {
            if (leaf.Type != type && !(leaf.Type == ScalarType.BFloat16 && DeviceForms.Of(leaf.Tensor) is not null)) return false;
            if (leaf.Place != First.Place || (recording && leaf.Tensor.requires_grad)) return false;
            if (!leaf.IsReachable && !DeviceForms.Reaches(leaf.Tensor)) return false;
        }
        return true;
    }

    /// <summary>The values of forms of one type and shape, in one pass.</summary>
    private static void Fused(ReadOnlySpan<TensorForm> forms)
    {
        var first = forms[0].First;
        if (DeviceForms.Of(first.Tensor) is not null)
        {
            FusedOnDevice(forms, first.Tensor, forms[0].Type);
            return;
        }
        var all = 0;
        foreach (var form in forms) all += form._terms.Length;
        const int few = 64;
        var outputs = forms.Length <= few ? stackalloc nint[forms.Length] : new nint[forms.Length];
        var counts = forms.Length <= few ? stackalloc int[forms.Length] : new int[forms.Length];
        var terms = all <= few ? stackalloc nint[all] : new nint[all];
        var factors = all <= few ? stackalloc double[all] : new double[all];
        var values = new TensorTerm[forms.Length];
        for (int k = 0, n = 0; k < forms.Length; k++)
        {
            values[k] = first.NewLike();
            (outputs[k], counts[k]) = (values[k].Address, forms[k]._terms.Length);
            foreach (var (factor, leaf) in forms[k]._terms) (terms[n], factors[n++]) = (leaf.Address, factor);
        }
        LinearFormKernel.Of(first.Type == ScalarType.Float32, outputs, counts, terms, factors, first.Count);
        for (var k = 0; k < forms.Length; k++)
        {
            forms[k].Settle(values[k]);
            if (k > 0) TensorRunScope.Current!.Own(values[k].Tensor);
        }
    }

    private static void FusedOnDevice(ReadOnlySpan<TensorForm> forms, Tensor like, ScalarType type)
    {
        var (outputs, counts, terms) = (new Tensor[forms.Length], new int[forms.Length], new List<(double, Tensor)>());
        for (var k = 0; k < forms.Length; k++)
        {
            outputs[k] = empty(like.shape, dtype: type, device: like.device);
            counts[k] = forms[k]._terms.Length;
            foreach (var (factor, leaf) in forms[k]._terms) terms.Add((factor, leaf.Tensor));
        }
        DeviceForms.Compute(outputs, counts, CollectionsMarshal.AsSpan(terms));
        for (var k = 0; k < forms.Length; k++)
        {
            forms[k].Settle(new TensorTerm(outputs[k]));
            if (k > 0) TensorRunScope.Current!.Own(outputs[k]);
        }
    }
}
