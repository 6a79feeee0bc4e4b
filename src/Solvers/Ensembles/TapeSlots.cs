using ScoreSde.Sde;
using ScoreSde.Solvers.Noise;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>Puts the values of a recording into as few slots as are alive together, and leaves out what nobody uses.</summary>
internal static class TapeSlots
{
    /// <summary>The tape of a recording of which value <paramref name="result"/> is wanted. Steps, terms, factors and moves are written over.</summary>
    public static Tape Assign(
        RentedList<TapeStep> recorded, RentedList<int> recordedTerms, RentedList<float> recordedFactors, int result, int values,
        TapeMove[] moves, RentedList<Level> levels, List<NoiseStream> streams)
    {
        var steps = recorded.Items;
        var terms = recordedTerms.Items;
        var factors = recordedFactors.Items;
        using RentedList<int> memory = new();
        memory.Room(2 * values);
        memory.Take(2 * values);
        var lastUse = memory.Items[..values];
        var slots = memory.Items[values..];
        LastUses(steps, terms, result, lastUse);
        var (free, most) = (new Stack<int>(), 1);
        var (kept, keptTerms, move, evaluations) = (0, 0, 0, 0L);
        slots[0] = 0;
        if (lastUse[0] < 0) free.Push(0);
        for (var i = 0; i < steps.Length; i++)
        {
            while (move < moves.Length && moves[move].Begin == i) moves[move] = moves[move++] with { Begin = kept };
            var (operation, value, first, number) = steps[i];
            if (lastUse[value] < 0) continue;
            if (operation == TapeOperation.Combine)
            {
                var begin = keptTerms;
                for (var k = first; k < first + number; k++)
                {
                    var used = terms[k];
                    if (lastUse[used] == i) free.Push(slots[used]); // the target may take it: a result is written when all is read
                    (terms[keptTerms], factors[keptTerms]) = (slots[used], factors[k]);
                    keptTerms++;
                }
                first = begin;
            }
            else if (operation == TapeOperation.Evaluate)
            {
                if (lastUse[first] == i) free.Push(slots[first]);
                first = slots[first];
                evaluations++;
            }
            slots[value] = free.TryPop(out var slot) ? slot : most++;
            steps[kept++] = new TapeStep(operation, slots[value], first, number);
            if (lastUse[value] == i) free.Push(slots[value]); // an evaluation whose answer is of no use is still made
        }
        while (move < moves.Length) moves[move] = moves[move++] with { Begin = kept };
        return new Tape(
            recorded.ToArray(kept), moves, recordedFactors.ToArray(keptTerms), recordedTerms.ToArray(keptTerms), levels.ToArray(levels.Count), [.. streams], most,
            slots[result], evaluations);
    }

    /// <summary>Index of the step that uses a value last; −1 where none does.</summary>
    private static void LastUses(ReadOnlySpan<TapeStep> steps, ReadOnlySpan<int> terms, int result, Span<int> last)
    {
        last.Fill(-1);
        last[result] = steps.Length;
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            ref readonly var step = ref steps[i];
            if (step.Operation == TapeOperation.Evaluate)
            {
                last[step.Target] = Math.Max(last[step.Target], i);
                last[step.First] = Math.Max(last[step.First], i);
            }
            else if (step.Operation == TapeOperation.Combine && last[step.Target] >= 0)
                foreach (var value in terms.Slice(step.First, step.Number)) last[value] = Math.Max(last[value], i);
        }
    }
}
