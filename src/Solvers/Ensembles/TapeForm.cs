using System.Diagnostics.CodeAnalysis;

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

    /// <summary>The terms, their values rising; good until the next operation on forms.</summary>
    public ReadOnlySpan<TapeTerm> Terms => _terms.Slice(_first, _count);

    /// <summary>The number of the value that this form is, with the factor 1; −1 where it is none.</summary>
    public int Value
    {
        get
        {
            if (_count == Itself) return _first;
            return _count == 1 && Terms[0] is { Factor: 1 } term ? term.Value : -1;
        }
    }

    public static TapeForm operator +(TapeForm a, TapeForm b) => Sum(a, b, 1);

    public static TapeForm operator -(TapeForm a, TapeForm b) => Sum(a, b, -1);

    public static TapeForm operator *(double c, TapeForm a)
    {
        if (c == 0) return new(a._terms, 0, 0);
        var product = a._terms.Room(a.Length);
        var terms = a.Read(out var one);
        for (var i = 0; i < product.Length; i++) product[i] = new(c * terms[i].Factor, terms[i].Value);
        return Taken(a._terms, product.Length);
    }

    private static TapeForm Sum(in TapeForm a, in TapeForm b, double sign)
    {
        var sum = a._terms.Room(a.Length + b.Length);
        var left = a.Read(out var one);
        var right = b.Read(out var other);
        int i = 0, j = 0, n = 0;
        while (i < left.Length || j < right.Length)
        {
            var (first, second) = (i < left.Length ? left[i].Value : int.MaxValue, j < right.Length ? right[j].Value : int.MaxValue);
            var factor = (first <= second ? left[i++].Factor : 0) + (second <= first ? sign * right[j++].Factor : 0);
            if (factor != 0) sum[n++] = new(factor, Math.Min(first, second));
        }
        return Taken(a._terms, n);
    }

    private int Length => _count == Itself ? 1 : _count;

    /// <summary>The terms, which for a value itself are the one given.</summary>
    private ReadOnlySpan<TapeTerm> Read([UnscopedRef] out TapeTerm one)
    {
        one = new(1, _first);
        return _count == Itself ? new ReadOnlySpan<TapeTerm>(in one) : Terms;
    }

    private static TapeForm Taken(RentedList<TapeTerm> terms, int count)
    {
        terms.Take(count);
        return new(terms, terms.Count - count, count);
    }
}

/// <summary>A factor and the value it multiplies; the factor of a sum's term is not zero.</summary>
internal readonly record struct TapeTerm(double Factor, int Value);
