using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ScoreSde.Sde;

namespace ScoreSde.Solvers.Scores;

/// <summary>
/// The exact score of a mixture of Gaussians with one isotropic variance, on lanes: s = (α Σ r_k m_k − x)/v, v = α²·variance + σ²,
/// r_k ∝ w_k exp((α m_k·x − ½ α²|m_k|²)/v). Any centres and weights cost the same.
/// </summary>
/// <remarks>
/// The logarithms of the responsibilities are of size α|m||x|/v and carry a few units of 2⁻²⁴ of that: as much as rounding x itself to a
/// float does to the exact score, so the score is exact for a point within a few units in the last place of x (tested against the double law).
/// </remarks>
public readonly struct LanesMixtureScore<T> : IScore<T> where T : struct, ILanes<T>
{
    private const int Group = 8;
    private readonly float[] _means;     // [component, coordinate]
    private readonly float[] _squares;   // |m_k|²
    private readonly float[] _weights;   // log2 w_k
    private readonly double _variance;

    /// <summary>From component means [component, coordinate], one variance, and weights (equal if none).</summary>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    public LanesMixtureScore(ReadOnlySpan<double> means, double variance, ReadOnlySpan<double> weights = default)
    {
        var d = T.Coordinates;
        var count = means.Length / d;
        if (count == 0 || means.Length % d != 0) throw new ArgumentException($"{means.Length} numbers are no whole number of means of {d} coordinates", nameof(means));
        if (!weights.IsEmpty && weights.Length != count) throw new ArgumentException($"{weights.Length} weights for {count} components", nameof(weights));
        ArgumentOutOfRangeException.ThrowIfNegative(variance);
        _variance = variance;
        var padded = (count + Group - 1) / Group * Group;
        (_means, _squares, _weights) = (new float[padded * d], new float[padded], new float[padded]);
        Array.Fill(_weights, -1e30f); // no weight, and no infinity that could turn into a NaN
        for (var k = 0; k < count; k++)
        {
            var square = 0.0;
            for (var j = 0; j < d; j++)
            {
                _means[k * d + j] = (float)means[k * d + j];
                square += means[k * d + j] * means[k * d + j];
            }
            _squares[k] = (float)square;
            _weights[k] = weights.IsEmpty ? 0 : (float)Math.Log2(weights[k]);
        }
    }

    /// <inheritdoc/>
    public Parametrisation Output => Parametrisation.Score;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Evaluate(T x, in Level level)
    {
        var a = level.Alpha;
        var precision = 1 / (a * a * _variance + level.Sigma * level.Sigma);
        var slope = 1.4426950408889634 * a * precision; // log2 e
        var y = slope * x;
        ref var mean = ref MemoryMarshal.GetArrayDataReference(_means);
        ref var square = ref MemoryMarshal.GetArrayDataReference(_squares);
        ref var weight = ref MemoryMarshal.GetArrayDataReference(_weights);
        var half = Vector512.Create((float)(-0.5 * a * slope));
        Eight(in y, half, ref mean, ref square, ref weight, out var greatest, out var total, out var sum);
        for (var k = Group; k < _weights.Length; k += Group)
            Next(in y, half, ref Unsafe.Add(ref mean, k * T.Coordinates), ref Unsafe.Add(ref square, k), ref Unsafe.Add(ref weight, k), ref greatest, ref total, ref sum);
        var scale = Vector512.Create((float)(a * precision)) / total;
        return scale * sum - precision * x;
    }

    /// <summary>Eight components: the greatest logarithm, Σ r_k and Σ r_k m_k relative to it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Eight(
        in T y, Vector512<float> half, ref float mean, ref float square, ref float weight, out Vector512<float> greatest, out Vector512<float> total, out T sum)
    {
        var l0 = Log(in y, half, ref mean, ref square, ref weight, 0);
        var l1 = Log(in y, half, ref mean, ref square, ref weight, 1);
        var l2 = Log(in y, half, ref mean, ref square, ref weight, 2);
        var l3 = Log(in y, half, ref mean, ref square, ref weight, 3);
        var l4 = Log(in y, half, ref mean, ref square, ref weight, 4);
        var l5 = Log(in y, half, ref mean, ref square, ref weight, 5);
        var l6 = Log(in y, half, ref mean, ref square, ref weight, 6);
        var l7 = Log(in y, half, ref mean, ref square, ref weight, 7);
        var most = Greater(Greater(Greater(l0, l1), Greater(l2, l3)), Greater(Greater(l4, l5), Greater(l6, l7)));
        var all = Vector512<float>.Zero;
        var weighted = default(T);
        Add(l0 - most, ref mean, 0, ref all, ref weighted);
        Add(l1 - most, ref mean, 1, ref all, ref weighted);
        Add(l2 - most, ref mean, 2, ref all, ref weighted);
        Add(l3 - most, ref mean, 3, ref all, ref weighted);
        Add(l4 - most, ref mean, 4, ref all, ref weighted);
        Add(l5 - most, ref mean, 5, ref all, ref weighted);
        Add(l6 - most, ref mean, 6, ref all, ref weighted);
        Add(l7 - most, ref mean, 7, ref all, ref weighted);
        greatest = most;
        total = all;
        sum = weighted;
    }

    /// <summary>Eight more: what was gathered is scaled to the new greatest logarithm.</summary>
    private static void Next(
        in T y, Vector512<float> half, ref float mean, ref float square, ref float weight, ref Vector512<float> greatest, ref Vector512<float> total, ref T sum)
    {
        Eight(in y, half, ref mean, ref square, ref weight, out var g, out var t, out var s);
        var greater = Greater(greatest, g);
        var (old, add) = (LaneMath.Exp2(greatest - greater), LaneMath.Exp2(g - greater));
        total = old * total + add * t;
        sum = old * sum + add * s;
        greatest = greater;
    }

    /// <summary>log2 of a component's weight at x, up to what all share.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Log(in T y, Vector512<float> half, ref float mean, ref float square, ref float weight, int k) => T.FusedDot(
        in y, in Unsafe.Add(ref mean, k * T.Coordinates), Vector512.FusedMultiplyAdd(half, LaneMath.Splat(in square, k), LaneMath.Splat(in weight, k)));

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
