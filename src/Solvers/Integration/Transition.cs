using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.Integration;

/// <summary>One step of a run: from a level to the next, with the coefficients the solver planned for it.</summary>
/// <typeparam name="TPlan">The solver's coefficients, computed once a grid.</typeparam>
public readonly struct Transition<TPlan>(int index, Level from, Level to, TPlan plan) where TPlan : struct
{
    private readonly Level _from = from;
    private readonly Level _to = to;

    /// <summary>The step's index in the run, 0 first.</summary>
    public int Index { get; } = index;

    /// <summary>Where the step begins.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public ref readonly Level From => ref _from;

    /// <summary>Where it ends.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public ref readonly Level To => ref _to;

    /// <summary>The solver's coefficients for this step.</summary>
    public TPlan Plan { get; } = plan;

    /// <summary>The whole step, as an interval to draw noise for.</summary>
    public Interval Interval
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Index, _from.Time, _to.Time);
    }
}
