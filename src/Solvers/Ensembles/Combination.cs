using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ScoreSde.Solvers.Ensembles;

/// <summary>Σ cᵢ vᵢ over the values of a tape, vector by vector: the first term by a multiplication, the others by fused multiply-adds in order.</summary>
internal static unsafe class Combination
{
    /// <summary>One combination.</summary>
    /// <param name="values">[slot, vector].</param>
    /// <param name="stride">Vectors of a slot.</param>
    /// <param name="factors">cᵢ.</param>
    /// <param name="slots">Of the vᵢ.</param>
    /// <param name="terms">How many.</param>
    /// <param name="target">May be one of the vᵢ.</param>
    /// <param name="vectors">How many of each value.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Of(Vector512<float>* values, int stride, ref float factors, ref int slots, int terms, Vector512<float>* target, int vectors)
    {
        var a0 = values + (terms > 0 ? slots : 0) * stride;
        var a1 = values + (terms > 1 ? Unsafe.Add(ref slots, 1) : 0) * stride;
        var a2 = values + (terms > 2 ? Unsafe.Add(ref slots, 2) : 0) * stride;
        var a3 = values + (terms > 3 ? Unsafe.Add(ref slots, 3) : 0) * stride;
        var c0 = Vector512.Create(terms > 0 ? factors : 0);
        var c1 = Vector512.Create(terms > 1 ? Unsafe.Add(ref factors, 1) : 0);
        var c2 = Vector512.Create(terms > 2 ? Unsafe.Add(ref factors, 2) : 0);
        var c3 = Vector512.Create(terms > 3 ? Unsafe.Add(ref factors, 3) : 0);
        switch (terms)
        {
            case 0:
                for (var i = 0; i < vectors; i++) target[i] = default;
                return;
            case 1:
                for (var i = 0; i < vectors; i++) target[i] = c0 * a0[i];
                return;
            case 2:
                for (var i = 0; i < vectors; i++) target[i] = Vector512.FusedMultiplyAdd(c1, a1[i], c0 * a0[i]);
                return;
            case 3:
                for (var i = 0; i < vectors; i++) target[i] = Vector512.FusedMultiplyAdd(c2, a2[i], Vector512.FusedMultiplyAdd(c1, a1[i], c0 * a0[i]));
                return;
            case 4:
                for (var i = 0; i < vectors; i++)
                    target[i] = Vector512.FusedMultiplyAdd(c3, a3[i], Vector512.FusedMultiplyAdd(c2, a2[i], Vector512.FusedMultiplyAdd(c1, a1[i], c0 * a0[i])));
                return;
            default:
                for (var i = 0; i < vectors; i++)
                {
                    var sum = Vector512.Create(factors) * values[slots * stride + i];
                    for (var k = 1; k < terms; k++)
                        sum = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref factors, k)), values[Unsafe.Add(ref slots, k) * stride + i], sum);
                    target[i] = sum;
                }
                return;
        }
    }
}
