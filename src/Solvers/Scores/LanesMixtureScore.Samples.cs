using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ScoreSde.Solvers.Noise.Widths;

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
        var r = Powers(l0 - most, l1 - most, l2 - most, l3 - most);
        var q = Powers(l4 - most, l5 - most, l6 - most, l7 - most);
        var d = T.Coordinates;
        var sum0 = r.A * T.Broadcast(in mean);
        var sum1 = r.B * T.Broadcast(in Unsafe.Add(ref mean, d));
        sum0 = T.FusedAdd(in sum0, r.C, in Unsafe.Add(ref mean, 2 * d));
        sum1 = T.FusedAdd(in sum1, r.D, in Unsafe.Add(ref mean, 3 * d));
        sum0 = T.FusedAdd(in sum0, q.A, in Unsafe.Add(ref mean, 4 * d));
        sum1 = T.FusedAdd(in sum1, q.B, in Unsafe.Add(ref mean, 5 * d));
        sum0 = T.FusedAdd(in sum0, q.C, in Unsafe.Add(ref mean, 6 * d));
        sum1 = T.FusedAdd(in sum1, q.D, in Unsafe.Add(ref mean, 7 * d));
        greatest = most;
        total = ((r.A + r.B) + (r.C + r.D)) + ((q.A + q.B) + (q.C + q.D));
        sum = sum0 + sum1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LogEach(in T y, Vector512<float> half, ref float mean, ref float square, ref float weight, int k) =>
        T.FusedDot(in y, in Unsafe.Add(ref mean, k * T.Coordinates), Vector512.FusedMultiplyAdd(half, LaneMath.Splat(in square, k), LaneMath.Splat(in weight, k)));

    /// <summary>2^ of four logarithms beside the greatest, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Quad<float> Powers(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        var least = Vector512.Create(MixtureKernel<T>.Least);
        return LaneMath.Exp2InRange<Width64, Quad<float>, Quad<uint>>(new(Greater(a, least), Greater(b, least), Greater(c, least), Greater(d, least)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Greater(Vector512<float> a, Vector512<float> b) => Vector512.MaxNative(a, b);
}
