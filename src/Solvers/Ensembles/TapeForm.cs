using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>
/// A linear form Σ cᵢ vᵢ in the values of a tape (the start, model outputs, normals, earlier forms): the state on which a solver's steps are
/// recorded. It has layer 1 only, and through that nothing of a state can be read, so what a step does on forms is what it does on any state.
/// </summary>
/// <remarks>Terms lie in the recorder's memory, which is used again in each move; only a value itself, which has no terms there, outlives one.</remarks>
internal readonly struct TapeForm : IState<TapeForm>
{
    private const int Itself = -1;
    private readonly RentedList<TapeTerm> _terms;
    private readonly int _first; // where the terms begin; of a value itself its number
    private readonly int _count;

    private TapeForm(RentedList<TapeTerm> terms, int first, int count) => (_terms, _first, _count) = (terms, first, count);

    /// <summary>A value itself.</summary>
    public TapeForm(RentedList<TapeTerm> terms, int value) : this(terms, value, Itself)
    {
    }

    /// <summary>The terms, their values rising, of a form that is no value itself; good until the next operation on forms.</summary>
    public ReadOnlySpan<TapeTerm> Terms => MemoryMarshal.CreateReadOnlySpan(ref _terms[_first], _count);

    /// <summary>The number of the value that this form is, with the factor 1; −1 where it is none.</summary>
    public int Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _count == Itself ? _first : _count == 1 && _terms[_first].Factor == 1 ? _terms[_first].Value : -1;
    }

    /// <summary>Whether it is a value itself, and so outlives the move.</summary>
    public bool IsValue => _count == Itself;

    private int Length => Math.Abs(_count);

    public static TapeForm operator +(TapeForm a, TapeForm b) => Sum(a, b, 1);

    public static TapeForm operator -(TapeForm a, TapeForm b) => Sum(a, b, -1);

    public static TapeForm operator *(double c, TapeForm a)
    {
        if (c == 0) return new(a._terms, 0, 0);
        ref var product = ref a._terms.Room(a.Length);
        ref readonly var terms = ref a.Read(out var one);
        for (var i = 0; i < a.Length; i++)
        {
            ref readonly var term = ref Unsafe.Add(ref Unsafe.AsRef(in terms), i);
            Unsafe.Add(ref product, i) = new(c * term.Factor, term.Value);
        }
        return new(a._terms, a._terms.Take(a.Length), a.Length);
    }

    private static TapeForm Sum(in TapeForm a, in TapeForm b, double sign)
    {
        var memory = a._terms;
        ref var sum = ref memory.Room(a.Length + b.Length);
        ref var left = ref Unsafe.AsRef(in a.Read(out var one));
        ref var right = ref Unsafe.AsRef(in b.Read(out var other));
        int i = 0, j = 0, n = 0;
        while (i < a.Length || j < b.Length)
        {
            var first = i < a.Length ? Unsafe.Add(ref left, i).Value : int.MaxValue;
            var second = j < b.Length ? Unsafe.Add(ref right, j).Value : int.MaxValue;
            var factor = first <= second ? Unsafe.Add(ref left, i++).Factor : 0;
            if (second <= first) factor += sign * Unsafe.Add(ref right, j++).Factor;
            Unsafe.Add(ref sum, n) = new(factor, Math.Min(first, second));
            n += factor != 0 ? 1 : 0;
        }
        return new(memory, memory.Take(n), n);
    }

    /// <summary>The first of the terms, which of a value itself is the one given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref readonly TapeTerm Read([UnscopedRef] out TapeTerm one)
    {
        one = new(1, _first);
        if (_count == Itself) return ref one;
        return ref _terms[_first];
    }
}

/// <summary>A factor and the value it multiplies; the factor of a sum's term is not zero.</summary>
internal readonly record struct TapeTerm(double Factor, int Value);
