using System.Runtime.CompilerServices;
using ScoreSde.Sde;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.Integration;

/// <summary>One step of a run: from a level to the next, with the coefficients the solver planned for it.</summary>
/// <typeparam name="TPlan">The solver's coefficients, computed once a grid.</typeparam>
public readonly ref struct Transition<TPlan> where TPlan : struct
{
    private readonly ref readonly Level _from;
    private readonly ref readonly Level _to;
    private readonly ref readonly TPlan _plan;

    /// <summary>A step between levels and with coefficients that others keep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Transition(int index, ref readonly Level from, ref readonly Level to, ref readonly TPlan plan)
    {
        Index = index;
        _from = ref from;
        _to = ref to;
        _plan = ref plan;
    }

    /// <summary>The step's index in the run, 0 first.</summary>
    public int Index { get; }

    /// <summary>Where the step begins.</summary>
    public ref readonly Level From => ref _from;

    /// <summary>Where it ends.</summary>
    public ref readonly Level To => ref _to;

    /// <summary>The solver's coefficients for this step.</summary>
    public ref readonly TPlan Plan => ref _plan;

    /// <summary>The whole step, as an interval to draw noise for.</summary>
    public Interval Interval
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Index, _from.Time, _to.Time);
    }
}
