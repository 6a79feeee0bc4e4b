using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ScoreSde.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace ScoreSde.Models.States;

/// <summary>A linear form in tensors with its cached value: what a <see cref="TensorState"/> holds.</summary>
/// <remarks>Terms in the same tensor are merged as they meet, so a solver's step is one pass over memory whatever way it was written.</remarks>
internal sealed class TensorForm
{
    private const int Few = 4;
    private Own _own; // the terms, unless there are more; of a settled form its value: later forms use that, not what it was made of
    private Term[]? _many;
    private int _count;
    private bool _finite;

    public TensorForm(Tensor value) => Settle(new TensorTerm(value));

    private TensorForm(int room)
    {
        if (room > Few) _many = new Term[room];
    }

    /// <summary>A form of a tensor whose memory holds nothing yet (<see cref="DeviceNoise"/>).</summary>
    public static TensorForm Unmade(Tensor tensor)
    {
        var form = new TensorForm(1);
        form.Add(1, new TensorTerm(tensor));
        return form;
    }

    /// <summary>A form that is a buffer of the run.</summary>
    public static TensorForm Of(TensorTerm value)
    {
        var form = new TensorForm(1);
        form.Settle(value);
        return form;
    }

    public bool IsSettled { get; private set; }

    /// <summary>Whether it is in a GPU's memory.</summary>
    public bool IsOnDevice => First.Place == DeviceType.CUDA || First.HasDevice;

    /// <summary>A term was freed before the value was made.</summary>
    public bool IsGone
    {
        get
        {
            foreach (ref readonly var term in Terms)
                if (term.Leaf.IsGone) return true;
            return false;
        }
    }

    /// <summary>The value, computed at the first call in one fused pass, together with what waits for it in a run.</summary>
    public Tensor Value => IsSettled ? First.Tensor : Compute();

    /// <summary>The value as a term of other forms.</summary>
    public TensorTerm Made
    {
        get
        {
            if (!IsSettled) Compute();
            return First;
        }
    }

    private Span<Term> Terms => _many is null ? MemoryMarshal.CreateSpan(ref Unsafe.As<Own, Term>(ref _own), _count) : _many.AsSpan(0, _count);

    private TensorTerm First => Terms[0].Leaf;

    /// <summary>Whether the pass that made the value has seen that it is finite; true at the first look only, as the value may be changed in place after it.</summary>
    public bool WasSeenFinite()
    {
        var seen = _finite;
        _finite = false;
        return seen;
    }

    public TensorForm Scaled(double factor)
    {
        var form = new TensorForm(_count);
        foreach (ref readonly var term in Terms) form.Add(factor * term.Factor, term.Leaf);
        return form;
    }

    /// <summary>p a ± q b, the sign a factor of its own.</summary>
    public static TensorForm Sum(TensorForm a, double p, TensorForm b, double q, double sign)
    {
        var form = new TensorForm(a._count + b._count);
        foreach (ref readonly var term in a.Terms) form.Add(p * term.Factor, term.Leaf);
        foreach (ref readonly var term in b.Terms)
        {
            var factor = sign * (q * term.Factor);
            var terms = form.Terms;
            var at = 0;
            while (at < terms.Length && !terms[at].Leaf.IsSameAs(term.Leaf)) at++;
            if (at < terms.Length) terms[at].Factor += factor;
            else form.Add(factor, term.Leaf);
        }
        return form;
    }

    /// <summary>Whether this can be made in one pass with another form, which can be fused.</summary>
    public bool FitsFused(TensorForm other)
    {
        var (a, b) = (First, other.First);
        return Type == other.Type && a.IsBeside(b) && a.HasShapeOf(b) && HasOneShape() && CanFuse();
    }

    /// <summary>The type of the value: the terms' own, among which one of bfloat16 beside wider ones is widened (a network's answer beside the state).</summary>
    private ScalarType Type
    {
        get
        {
            foreach (ref readonly var term in Terms)
                if (term.Leaf.Type != ScalarType.BFloat16) return term.Leaf.Type;
            return ScalarType.BFloat16;
        }
    }

    private Tensor Compute()
    {
        if (!HasOneShape())
        {
            var odd = Array.Find(Terms.ToArray(), t => !t.Leaf.HasShapeOf(First)).Leaf;
            throw new ArgumentException($"states of shapes [{string.Join(", ", First.Shape)}] and [{string.Join(", ", odd.Shape)}] cannot be combined");
        }
        var run = TensorRunScope.Current;
        if (_count == 1 && Terms[0].Factor == 1 && DeviceNoise.Make(First.Tensor)) Settle(First);
        else if (CanFuse())
        {
            Fused(run is null ? new([this]) : run.Take(this));
            return First.Tensor;
        }
        else
        {
            var leaves = Array.ConvertAll(Terms.ToArray(), t => (t.Factor, t.Leaf.Tensor));
            foreach (var (_, leaf) in leaves) DeviceNoise.Make(leaf);
            Settle(new TensorTerm(TorchLinearForm.Compute(leaves, Type)));
        }
        run?.Own(First.Tensor);
        return First.Tensor;
    }

    private void Settle(TensorTerm value)
    {
        _many = null;
        _own = default;
        _own[0] = new Term(1, value);
        (_count, IsSettled) = (1, true);
    }

    private void Add(double factor, TensorTerm leaf)
    {
        var term = new Term(factor, leaf);
        if (_many is null) _own[_count++] = term;
        else _many[_count++] = term;
    }

    private bool HasOneShape()
    {
        var terms = Terms;
        for (var i = 1; i < terms.Length; i++)
            if (!terms[i].Leaf.HasShapeOf(terms[0].Leaf)) return false;
        return true;
    }

    private bool CanFuse()
    {
        var type = Type;
        if (_count > LinearFormKernel.MostTerms || type is not (ScalarType.Float32 or ScalarType.Float64)) return false;
        var (recording, place) = (is_grad_enabled(), First.Place);
        foreach (ref readonly var term in Terms)
        {
            var leaf = term.Leaf;
            if (leaf.Type != type && !(leaf.Type == ScalarType.BFloat16 && leaf.HasDevice)) return false;
            if (leaf.Place != place || (recording && leaf.Tensor.requires_grad)) return false;
            if (!leaf.IsReachable && !DeviceForms.Reaches(leaf.Tensor)) return false;
        }
        return true;
    }

    /// <summary>The values of forms of one type and shape, in one pass; the run's, if there is one.</summary>
    private static void Fused(ReadOnlySpan<TensorForm> forms)
    {
        var first = forms[0].First;
        if (first.HasDevice)
        {
            FusedOnDevice(forms, first.Tensor, forms[0].Type);
            return;
        }
        var all = 0;
        foreach (var form in forms) all += form._count;
        const int few = 64;
        var outputs = forms.Length <= few ? stackalloc nint[forms.Length] : new nint[forms.Length];
        var counts = forms.Length <= few ? stackalloc int[forms.Length] : new int[forms.Length];
        var terms = all <= few ? stackalloc nint[all] : new nint[all];
        var factors = all <= few ? stackalloc double[all] : new double[all];
        var own = default(Values);
        Span<TensorTerm> values = forms.Length <= Few ? own : new TensorTerm[forms.Length];
        var run = TensorRunScope.Current;
        for (int k = 0, n = 0; k < forms.Length; k++)
        {
            values[k] = run is null ? TensorTerm.New(first.Shape, first.Type) : run.Buffer(first.Shape, first.Type);
            (outputs[k], counts[k]) = (values[k].Address, forms[k]._count);
            foreach (ref readonly var term in forms[k].Terms) (terms[n], factors[n++]) = (term.Leaf.Address, term.Factor);
        }
        var finite = LinearFormKernel.Of(first.Type == ScalarType.Float32, outputs, counts, terms, factors, first.Count);
        for (var k = 0; k < forms.Length; k++)
        {
            forms[k].Settle(values[k]);
            forms[k]._finite = finite;
        }
    }

    private static void FusedOnDevice(ReadOnlySpan<TensorForm> forms, Tensor like, ScalarType type)
    {
        var (outputs, counts, terms) = (new Tensor[forms.Length], new int[forms.Length], new List<(double, Tensor)>());
        for (var k = 0; k < forms.Length; k++)
        {
            outputs[k] = empty(like.shape, dtype: type, device: like.device);
            counts[k] = forms[k]._count;
            foreach (ref readonly var term in forms[k].Terms) terms.Add((term.Factor, term.Leaf.Tensor));
        }
        DeviceForms.Compute(outputs, counts, CollectionsMarshal.AsSpan(terms));
        for (var k = 0; k < forms.Length; k++)
        {
            forms[k].Settle(new TensorTerm(outputs[k]));
            TensorRunScope.Current?.Own(outputs[k]);
        }
    }

    [InlineArray(Few)]
    private struct Values
    {
        private TensorTerm _first;
    }

    private struct Term(double factor, TensorTerm leaf)
    {
        public double Factor = factor;
        public TensorTerm Leaf = leaf;
    }

    [InlineArray(Few)]
    private struct Own
    {
        private Term _first;
    }
}
