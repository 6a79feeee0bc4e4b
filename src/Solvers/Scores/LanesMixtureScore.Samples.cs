using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ScoreSde.Solvers.Scores;

/// <summary>The same score with a level for each particle: one more product a component.</summary>
public readonly partial struct LanesMixtureScore<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Evaluate(T x, in SampleLevel<Vector512<float>> level)
    {
        var a = level.Alpha;
        var v = Vector512.FusedMultiplyAdd(a * a, Vector512.Create((float)_variance), level.Sigma * level.Sigma);
        var precision = Vector512.Create(1f) / v;
        var slope = Vector512.Create(1.44269502f) * a * precision; // log2 e
        var y = slope * x;
        var half = Vector512.Create(-0.5f) * a * slope;
        ref var mean = ref MemoryMarshal.GetArrayDataReference(_means);
        ref var square = ref MemoryMarshal.GetArrayDataReference(_squares);
        ref var weight = ref MemoryMarshal.GetArrayDataReference(_weights);
        EightEach(in y, half, ref mean, ref square, ref weight, out var greatest, out var total, out var sum);
        for (var k = Group; k < _weights.Length; k += Group)
        {
            EightEach(in y, half, ref Unsafe.Add(ref mean, k * T.Coordinates), ref Unsafe.Add(ref square, k), ref Unsafe.Add(ref weight, k), out var g, out var t, out var s);
            var greater = Greater(greatest, g);
            var (old, add) = (LaneMath.Exp2(greatest - greater), LaneMath.Exp2(g - greater));
            total = old * total + add * t;
            sum = old * sum + add * s;
            greatest = greater;
        }
        return (a * precision / total) * sum - precision * x;
    }

    /// <summary>Eight components: the greatest logarithm, Σ r_k and Σ r_k m_k relative to it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void EightEach(
        in T y, Vector512<float> half, ref float mean, ref float square, ref float weight,
        out Vector512<float> greatest, out Vector512<float> total, out T sum)
    {
        var l0 = LogEach(in y, half, ref mean, ref square, ref weight, 0);
        var l1 = LogEach(in y, half, ref mean, ref square, ref weight, 1);
        var l2 = LogEach(in y, half, ref mean, ref square, ref weight, 2);
        var l3 = LogEach(in y, half, ref mean, ref square, ref weight, 3);
        var l4 = LogEach(in y, half, ref mean, ref square, ref weight, 4);
        var l5 = LogEach(in y, half, ref mean, ref square, ref weight, 5);
        var l6 = LogEach(in y, half, ref mean, ref square, ref weight, 6);
        var l7 = LogEach(in y, half, ref mean, ref square, ref weight, 7);
        var most = Greater(Greater(Greater(l0, l1), Greater(l2, l3)), Greater(Greater(l4, l5), Greater(l6, l7)));
        var (all0, all1) = (Vector512<float>.Zero, Vector512<float>.Zero);
        T sum0 = default, sum1 = default;
        Add(l0 - most, ref mean, 0, ref all0, ref sum0);
        Add(l1 - most, ref mean, 1, ref all1, ref sum1);
        Add(l2 - most, ref mean, 2, ref all0, ref sum0);
        Add(l3 - most, ref mean, 3, ref all1, ref sum1);
        Add(l4 - most, ref mean, 4, ref all0, ref sum0);
        Add(l5 - most, ref mean, 5, ref all1, ref sum1);
        Add(l6 - most, ref mean, 6, ref all0, ref sum0);
        Add(l7 - most, ref mean, 7, ref all1, ref sum1);
        greatest = most;
        total = all0 + all1;
        sum = sum0 + sum1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogEach(in T y, Vector512<float> half, ref float mean, ref float square, ref float weight, int k) =>
        T.FusedDot(in y, in Unsafe.Add(ref mean, k * T.Coordinates), Vector512.FusedMultiplyAdd(half, LaneMath.Splat(in square, k), LaneMath.Splat(in weight, k)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector512<float> log, ref float mean, int k, ref Vector512<float> total, ref T sum)
    {
        var r = LaneMath.Exp2(log);
        total += r;
        sum = T.FusedAdd(in sum, r, in Unsafe.Add(ref mean, k * T.Coordinates));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Greater(Vector512<float> a, Vector512<float> b) => Vector512.MaxNative(a, b);
}
