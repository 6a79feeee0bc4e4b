using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ScoreSde.Solvers.Noise.Widths;

namespace ScoreSde.Solvers.Scores;

/// <summary>The mean of a mixture's centres under their responsibilities, Σ r_k m_k/Σ r_k, at the points of several blocks: docs/derivations/mixture-score.md.</summary>
/// <remarks>Multiplications and additions in a fixed order, so that a point has the same bits at every vector width and in any company.</remarks>
internal static class MixtureKernel<T> where T : struct, ILanes<T>
{
    /// <summary>Components that are taken together.</summary>
    public const int Group = 8;

    /// <summary>
    /// log2 of the least responsibility beside the greatest: what lies below counts as this. Far below a float's precision, and far enough above the
    /// smallest normal float that no product with a centre gets there.
    /// </summary>
    public const float Least = -64;

    /// <summary>Numbers a component has in a row: its logarithm at the origin, then the slopes.</summary>
    public static int Each => 1 + T.Coordinates;

    /// <summary>The means at some points.</summary>
    /// <param name="row">log2 r_k up to what all share is row[k·<see cref="Each"/>] + Σ_j row[k·<see cref="Each"/> + 1 + j]·x_j.</param>
    /// <param name="centres">m_k, [component, coordinate].</param>
    /// <param name="components">A multiple of <see cref="Group"/>.</param>
    /// <param name="points">One block after the other.</param>
    /// <param name="means">Likewise; may be the points.</param>
    /// <param name="blocks">How many.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Means(ref float row, ref float centres, int components, ref T points, ref T means, int blocks)
    {
        if (components > Group)
        {
            for (var b = 0; b < blocks; b++) Many(ref row, ref centres, components, in Unsafe.Add(ref points, b), out Unsafe.Add(ref means, b));
            return;
        }
        for (var b = 0; b < blocks; b++)
        {
            Eight(in Unsafe.Add(ref points, b), ref row, ref centres, out _, out var total, out var sum);
            Unsafe.Add(ref means, b) = Vector512.Create(1f) / total * sum;
        }
    }

    /// <summary>More than eight components, eight by eight: what was gathered is scaled to the new greatest logarithm.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void Many(ref float row, ref float centres, int components, in T point, out T mean)
    {
        var x = point;
        Eight(in x, ref row, ref centres, out var greatest, out var total, out var sum);
        for (var k = Group; k < components; k += Group)
        {
            Eight(in x, ref Unsafe.Add(ref row, k * Each), ref Unsafe.Add(ref centres, k * T.Coordinates), out var g, out var t, out var s);
            var greater = Vector512.MaxNative(greatest, g);
            var (old, add) = (Power(greatest - greater), Power(g - greater));
            total = old * total + add * t;
            sum = old * sum + add * s;
            greatest = greater;
        }
        mean = Vector512.Create(1f) / total * sum;
    }

    /// <summary>Eight components: the greatest logarithm, Σ r_k and Σ r_k m_k relative to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(in T x, ref float row, ref float centres, out Vector512<float> greatest, out Vector512<float> total, out T sum)
    {
        var l0 = Log(in x, ref row, 0);
        var l1 = Log(in x, ref row, 1);
        var l2 = Log(in x, ref row, 2);
        var l3 = Log(in x, ref row, 3);
        var l4 = Log(in x, ref row, 4);
        var l5 = Log(in x, ref row, 5);
        var l6 = Log(in x, ref row, 6);
        var l7 = Log(in x, ref row, 7);
        var most = Vector512.MaxNative(
            Vector512.MaxNative(Vector512.MaxNative(l0, l1), Vector512.MaxNative(l2, l3)),
            Vector512.MaxNative(Vector512.MaxNative(l4, l5), Vector512.MaxNative(l6, l7)));
        var least = Vector512.Create(Least);
        var (x0, x1, x2, x3) = (Vector512.MaxNative(l0 - most, least), Vector512.MaxNative(l1 - most, least), Vector512.MaxNative(l2 - most, least), Vector512.MaxNative(l3 - most, least));
        var (x4, x5, x6, x7) = (Vector512.MaxNative(l4 - most, least), Vector512.MaxNative(l5 - most, least), Vector512.MaxNative(l6 - most, least), Vector512.MaxNative(l7 - most, least));
        var r = LaneMath.Exp2InRange<Width64, Quad<float>, Quad<uint>>(new(x0, x1, x2, x3));
        var q = LaneMath.Exp2InRange<Width64, Quad<float>, Quad<uint>>(new(x4, x5, x6, x7));
        var d = T.Coordinates;
        // Two sums beside each other: half as long a chain of additions.
        var all0 = r.A + r.C + q.A + q.C;
        var all1 = r.B + r.D + q.B + q.D;
        var sum0 = r.A * T.Broadcast(in centres);
        var sum1 = r.B * T.Broadcast(in Unsafe.Add(ref centres, d));
        sum0 = T.FusedAdd(in sum0, r.C, in Unsafe.Add(ref centres, 2 * d));
        sum1 = T.FusedAdd(in sum1, r.D, in Unsafe.Add(ref centres, 3 * d));
        sum0 = T.FusedAdd(in sum0, q.A, in Unsafe.Add(ref centres, 4 * d));
        sum1 = T.FusedAdd(in sum1, q.B, in Unsafe.Add(ref centres, 5 * d));
        sum0 = T.FusedAdd(in sum0, q.C, in Unsafe.Add(ref centres, 6 * d));
        sum1 = T.FusedAdd(in sum1, q.D, in Unsafe.Add(ref centres, 7 * d));
        greatest = most;
        total = all0 + all1;
        sum = sum0 + sum1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Log(in T x, ref float row, int k) =>
        T.FusedDot(in x, in Unsafe.Add(ref row, k * Each + 1), LaneMath.Splat(in row, k * Each));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Power(Vector512<float> log) =>
        LaneMath.Exp2InRange<Width16, Vector512<float>, Vector512<uint>>(Vector512.MaxNative(log, Vector512.Create(Least)));
}
