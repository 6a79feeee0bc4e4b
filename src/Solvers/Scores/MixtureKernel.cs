using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ScoreSde.Solvers.Noise.Widths;

namespace ScoreSde.Solvers.Scores;

/// <summary>The mean of a mixture's centres under their responsibilities, Σ r_k m_k/Σ r_k, at the points of several blocks: docs/derivations/mixture-score.md.</summary>
/// <remarks>
/// Multiplications and additions in a fixed order, so that a point has the same bits at every vector width and in any company. Component k of a row has
/// <see cref="Each"/> numbers: log2 r_k = first + Σ_j (1 + j)-th·x_j, up to what all components share. Components are a multiple of <see cref="Group"/>, centres
/// [component, coordinate].
/// </remarks>
internal static unsafe class MixtureKernel<T> where T : struct, ILanes<T>
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

    /// <summary>The means where every |log2 r_k| is known to be at most 80: no greatest has to be found. Says whether all coordinates were at most <paramref name="reach"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static bool Near(ref float row, ref float centres, int components, float reach, ref T points, ref T means, int blocks)
    {
        var far = Vector512<float>.Zero;
        for (var b = 0; b < blocks; b++)
        {
            ref var x = ref Unsafe.Add(ref points, b);
            for (var j = 0; j < T.Coordinates; j++) far = Farther(far, T.Coordinate(in x, j));
            Weights(in x, ref row, out var r, out var q);
            var total = Total(in r, in q);
            var sum = r.A * T.Broadcast(in centres);
            sum = Add(in sum, in r, in q, ref centres);
            for (var k = Group; k < components; k += Group)
            {
                Weights(in x, ref Unsafe.Add(ref row, k * Each), out r, out q);
                total += Total(in r, in q);
                ref var centre = ref Unsafe.Add(ref centres, k * T.Coordinates);
                sum = T.FusedAdd(in sum, r.A, in centre);
                sum = Add(in sum, in r, in q, ref centre);
            }
            Unsafe.Add(ref means, b) = Vector512.Create(1f) / total * sum;
        }
        return !Vector512.GreaterThanAny(far, Vector512.Create(reach));
    }

    /// <summary>The means at any points; <paramref name="means"/> may be the points. First the logarithms of all blocks, then their powers: so the processor finds enough to do.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Means(ref float row, ref float centres, int components, ref T points, ref T means, int blocks)
    {
        if (components > Group)
        {
            for (var b = 0; b < blocks; b++) Many(ref row, ref centres, components, in Unsafe.Add(ref points, b), out Unsafe.Add(ref means, b));
            return;
        }
        var bytes = stackalloc byte[(IBlockScore<T>.Together * Group + 1) * 64];
        var logs = (Vector512<float>*)((nint)(bytes + 63) & -64);
        for (var b = 0; b < blocks; b++) Logs(in Unsafe.Add(ref points, b), ref row, logs + b * Group);
        for (var b = 0; b < blocks; b++)
        {
            Powers(logs + b * Group, out var r, out var q);
            var sum = r.A * T.Broadcast(in centres);
            Unsafe.Add(ref means, b) = Vector512.Create(1f) / Total(in r, in q) * Add(in sum, in r, in q, ref centres);
        }
    }

    /// <summary>More than eight components, eight by eight: what was gathered is scaled to the new greatest logarithm.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void Many(ref float row, ref float centres, int components, in T point, out T mean)
    {
        var bytes = stackalloc byte[(Group + 1) * 64];
        var logs = (Vector512<float>*)((nint)(bytes + 63) & -64);
        var x = point;
        var (greatest, total, sum) = (Vector512.Create(-3e38f), Vector512<float>.Zero, default(T));
        for (var k = 0; k < components; k += Group)
        {
            ref var centre = ref Unsafe.Add(ref centres, k * T.Coordinates);
            var most = Logs(in x, ref Unsafe.Add(ref row, k * Each), logs);
            Powers(logs, out var r, out var q);
            var s = r.A * T.Broadcast(in centre);
            s = Add(in s, in r, in q, ref centre);
            var greater = Vector512.MaxNative(greatest, most);
            var least = Vector512.Create(Least);
            var old = LaneMath.Exp2InRange<Width16, Vector512<float>, Vector512<uint>>(Vector512.MaxNative(greatest - greater, least));
            var add = LaneMath.Exp2InRange<Width16, Vector512<float>, Vector512<uint>>(Vector512.MaxNative(most - greater, least));
            (total, sum, greatest) = (old * total + add * Total(in r, in q), old * sum + add * s, greater);
        }
        mean = Vector512.Create(1f) / total * sum;
    }

    /// <summary>The greatest of eight logarithms, and all of them less that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Logs(in T x, ref float row, Vector512<float>* logs)
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
        logs[0] = Vector512.MaxNative(l0 - most, least);
        logs[1] = Vector512.MaxNative(l1 - most, least);
        logs[2] = Vector512.MaxNative(l2 - most, least);
        logs[3] = Vector512.MaxNative(l3 - most, least);
        logs[4] = Vector512.MaxNative(l4 - most, least);
        logs[5] = Vector512.MaxNative(l5 - most, least);
        logs[6] = Vector512.MaxNative(l6 - most, least);
        logs[7] = Vector512.MaxNative(l7 - most, least);
        return most;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Powers(Vector512<float>* logs, out Quad<float> r, out Quad<float> q)
    {
        r = LaneMath.Exp2InRange<Width64, Quad<float>, Quad<uint>>(new(logs[0], logs[1], logs[2], logs[3]));
        q = LaneMath.Exp2InRange<Width64, Quad<float>, Quad<uint>>(new(logs[4], logs[5], logs[6], logs[7]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Weights(in T x, ref float row, out Quad<float> r, out Quad<float> q)
    {
        r = LaneMath.Exp2InRange<Width64, Quad<float>, Quad<uint>>(new(Log(in x, ref row, 0), Log(in x, ref row, 1), Log(in x, ref row, 2), Log(in x, ref row, 3)));
        q = LaneMath.Exp2InRange<Width64, Quad<float>, Quad<uint>>(new(Log(in x, ref row, 4), Log(in x, ref row, 5), Log(in x, ref row, 6), Log(in x, ref row, 7)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Log(in T x, ref float row, int k) =>
        T.FusedDot(in x, in Unsafe.Add(ref row, k * Each + 1), LaneMath.Splat(in row, k * Each));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Total(in Quad<float> r, in Quad<float> q) => ((r.A + r.B) + (r.C + r.D)) + ((q.A + q.B) + (q.C + q.D));

    /// <summary>Adds components 1 to 7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Add(in T first, in Quad<float> r, in Quad<float> q, ref float centres)
    {
        var d = T.Coordinates;
        var sum = T.FusedAdd(in first, r.B, in Unsafe.Add(ref centres, d));
        sum = T.FusedAdd(in sum, r.C, in Unsafe.Add(ref centres, 2 * d));
        sum = T.FusedAdd(in sum, r.D, in Unsafe.Add(ref centres, 3 * d));
        sum = T.FusedAdd(in sum, q.A, in Unsafe.Add(ref centres, 4 * d));
        sum = T.FusedAdd(in sum, q.B, in Unsafe.Add(ref centres, 5 * d));
        sum = T.FusedAdd(in sum, q.C, in Unsafe.Add(ref centres, 6 * d));
        return T.FusedAdd(in sum, q.D, in Unsafe.Add(ref centres, 7 * d));
    }

    /// <summary>The larger of the sizes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Farther(Vector512<float> a, Vector512<float> b) =>
        Avx512DQ.IsSupported ? Avx512DQ.Range(a, b, 0b1011) : Vector512.MaxNative(a, Vector512.Abs(b)); // control: the larger in size, without its sign
}
