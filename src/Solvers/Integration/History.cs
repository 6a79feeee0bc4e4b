using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ScoreSde.Sde;

namespace ScoreSde.Solvers.Integration;

/// <summary>What a multistep method remembers of one earlier step.</summary>
/// <param name="At">Level of the model call.</param>
/// <param name="Base">The state its step went from; where a corrector moved the state after the call, the corrected one.</param>
/// <param name="Output">What the solver kept of the answer, in the parametrisation its card names.</param>
public readonly record struct HistoryEntry<T>(Level At, T Base, T Output);

/// <summary>The last few model calls of a run, newest first. The integrator owns it; an up-move of a walk empties it.</summary>
/// <remarks>Between two moves of a run it has as many entries as the solver's card says it uses.</remarks>
public struct History<T>
{
    /// <summary>How many entries are kept at most.</summary>
    public const int Capacity = 5;

    private Entries _entries;

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>The entry that many calls back; 0 is the newest.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many entries.</exception>
    public readonly HistoryEntry<T> this[int back]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)back, (uint)Count, nameof(back));
            return _entries[back];
        }
    }

    /// <summary>The entry that many calls back, to be written.</summary>
    [UnscopedRef]
    internal ref HistoryEntry<T> At(int back) => ref _entries[back];

    /// <summary>Adds a call, dropping the oldest beyond <see cref="Capacity"/>.</summary>
    public void Push(in HistoryEntry<T> entry)
    {
        for (var i = Math.Min(Count, Capacity - 1); i > 0; i--) _entries[i] = _entries[i - 1];
        _entries[0] = entry;
        if (Count < Capacity) Count++;
    }

    /// <summary>Forgets all but the newest.</summary>
    /// <param name="depth">How many are kept at most.</param>
    public void Trim(int depth)
    {
        for (; Count > depth; Count--) _entries[Count - 1] = default;
    }

    /// <summary>Forgets everything.</summary>
    public void Restart() => this = default;

    [InlineArray(Capacity)]
    private struct Entries
    {
        private HistoryEntry<T> _first;
    }
}
