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
public readonly partial struct LanesMixtureScore<T> : IScore<T>, ISampleScore<T, Vector512<float>>, IBlockScore<T> where T : struct, ILanes<T>
{
    private const int Group = MixtureKernel<T>.Group;
    private const double Wide = 80; // 2^80 times a million and 2⁻⁸⁰ times 2⁻³² of a thousandth are normal floats
    private readonly float[] _means;     // [component, coordinate]
    private readonly float[] _columns;   // [coordinate, component]
    private readonly float[] _squares;   // |m_k|²
    private readonly float[] _weights;   // log2 w_k
    private readonly double _variance;
    private readonly int _count;
    private readonly float _size; // the largest |m_kj|

    /// <summary>From component means [component, coordinate], one variance, and weights (equal if none).</summary>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    public LanesMixtureScore(ReadOnlySpan<double> means, double variance, ReadOnlySpan<double> weights = default)
    {
        var d = T.Coordinates;
        var count = means.Length / d;
        if (count == 0 || means.Length % d != 0) throw new ArgumentException($"{means.Length} numbers are no whole number of means of {d} coordinates", nameof(means));
        if (!weights.IsEmpty && weights.Length != count) throw new ArgumentException($"{weights.Length} weights for {count} components", nameof(weights));
        ArgumentOutOfRangeException.ThrowIfNegative(variance);
        (_variance, _count) = (variance, count);
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
        foreach (var m in _means) _size = Math.Max(_size, Math.Abs(m));
        for (var i = 0; i < _means.Length; i++)
            if (Math.Abs(_means[i]) < _size / (1L << 32)) _means[i] = 0; // so that no product of a weight and a centre is subnormal
        _columns = new float[_means.Length];
        for (var i = 0; i < _means.Length; i++) _columns[i % d * padded + i / d] = _means[i];
    }

    /// <inheritdoc/>
    public Parametrisation Output => Parametrisation.Score;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public T Evaluate(T x, in Level level)
    {
        var length = RowLength;
        var row = length <= 1024 ? stackalloc float[length] : new float[length];
        Prepare(in level, Precision(in level), 0, row);
        var mean = x;
        MixtureKernel<T>.Means(ref row[0], ref MemoryMarshal.GetArrayDataReference(_means), _weights.Length, ref x, ref mean, 1);
        var (answer, point) = Shares(in level);
        return answer * mean + point * x;
    }

    private double Precision(in Level level) => 1 / (level.Alpha * level.Alpha * _variance + level.Sigma * level.Sigma);

    /// <inheritdoc/>
    (double Answer, double Point) IBlockScore<T>.Shares(in Level level) => Shares(in level);

    private (double Answer, double Point) Shares(in Level level)
    {
        var precision = Precision(in level);
        return (level.Alpha * precision, -precision);
    }

    /// <inheritdoc/>
    int IBlockScore<T>.RowLength => RowLength;

    private int RowLength => _weights.Length * MixtureKernel<T>.Each + 1;

    /// <inheritdoc/>
    /// <remarks>The last number is how far out a coordinate may be that the logarithms still lie within ±80 of their middle; 0 where that is not far enough.</remarks>
    void IBlockScore<T>.Prepare(in Level level, Span<float> row)
    {
        var precision = Precision(in level);
        var reach = level.Alpha * _size + 6 / Math.Sqrt(precision);
        var (low, high) = Prepare(in level, precision, reach, row);
        if (!(high - low < 2 * Wide && _size is > 1e-3f and < 1e6f)) return;
        var shift = (float)(-0.5 * (low + high));
        row[^1] = (float)reach;
        for (var k = 0; k < _count; k++) row[k * (1 + T.Coordinates)] += shift;
        for (var k = _count; k < _weights.Length; k++) row[k * (1 + T.Coordinates)] = (float)(-Wide - 40); // too little to be seen, and not subnormal
    }

    /// <summary>A row for points anywhere, and between what the logarithms lie where no coordinate is farther out than <paramref name="reach"/>.</summary>
    [SkipLocalsInit]
    private (double Low, double High) Prepare(in Level level, double precision, double reach, Span<float> row)
    {
        var slope = 1.4426950408889634 * level.Alpha * precision; // log2 e
        var half = -0.5 * level.Alpha * slope;
        var (low, high) = (Vector512.Create(double.PositiveInfinity), Vector512.Create(double.NegativeInfinity));
        Span<float> eight = stackalloc float[Group];
        for (var k = 0; k < _weights.Length; k += Group)
        {
            var first = Single(half * Double(_squares, k) + Double(_weights, k), eight);
            Spread(eight, row[(k * (1 + T.Coordinates))..]);
            var range = Vector512<double>.Zero;
            for (var j = 0; j < T.Coordinates; j++)
            {
                range += Vector512.Abs(Single(slope * Double(_columns, j * _weights.Length + k), eight));
                Spread(eight, row[(k * (1 + T.Coordinates) + 1 + j)..]);
            }
            var counts = Vector512.LessThan(Vector512.CreateSequence((double)k, 1), Vector512.Create((double)_count));
            low = Vector512.ConditionalSelect(counts, Vector512.Min(low, first - reach * range), low);
            high = Vector512.ConditionalSelect(counts, Vector512.Max(high, first + reach * range), high);
        }
        row[^1] = 0;
        var (l4, h4) = (Vector256.Min(low.GetLower(), low.GetUpper()), Vector256.Max(high.GetLower(), high.GetUpper()));
        var (l2, h2) = (Vector128.Min(l4.GetLower(), l4.GetUpper()), Vector128.Max(h4.GetLower(), h4.GetUpper()));
        return (Math.Min(l2[0], l2[1]), Math.Max(h2[0], h2[1]));
    }

    /// <summary>Eight numbers from an index on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Double(float[] numbers, int index)
    {
        var eight = Vector256.Create(numbers.AsSpan(index, Group));
        return Vector512.Create(Vector256.WidenLower(eight), Vector256.WidenUpper(eight));
    }

    /// <summary>Eight numbers rounded to floats, which are also written down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Single(Vector512<double> numbers, Span<float> rounded)
    {
        var eight = Vector256.Narrow(numbers.GetLower(), numbers.GetUpper());
        eight.CopyTo(rounded);
        return Vector512.Create(Vector256.WidenLower(eight), Vector256.WidenUpper(eight));
    }

    /// <summary>Writes a number of each of eight components where the first component has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(ReadOnlySpan<float> eight, Span<float> row)
    {
        ref var first = ref row[..(MixtureKernel<T>.Each * (Group - 1) + 1)][0];
        ref readonly var number = ref eight[..Group][0];
        for (var k = 0; k < Group; k++) Unsafe.Add(ref first, k * MixtureKernel<T>.Each) = Unsafe.Add(ref Unsafe.AsRef(in number), k);
    }

    /// <inheritdoc/>
    void IBlockScore<T>.Answer(in Level level, ref float row, ref T points, ref T answers, int blocks)
    {
        var reach = Unsafe.Add(ref row, RowLength - 1);
        ref var centres = ref MemoryMarshal.GetArrayDataReference(_means);
        if (reach == 0) MixtureKernel<T>.Means(ref row, ref centres, _weights.Length, ref points, ref answers, blocks);
        else if (!MixtureKernel<T>.Near(ref row, ref centres, _weights.Length, reach, ref points, ref answers, blocks)) Far(in level, reach, ref points, ref answers, blocks);
    }

    /// <summary>Mends the lanes that are farther out than the row allows for.</summary>
    [SkipLocalsInit]
    private void Far(in Level level, float reach, ref T points, ref T answers, int blocks)
    {
        var length = RowLength;
        var row = length <= 1024 ? stackalloc float[length] : new float[length];
        Prepare(in level, Precision(in level), reach, row);
        for (var b = 0; b < blocks; b++)
        {
            ref var x = ref Unsafe.Add(ref points, b);
            ref var answer = ref Unsafe.Add(ref answers, b);
            var beyond = Vector512<float>.Zero;
            for (var j = 0; j < T.Coordinates; j++)
                beyond |= Vector512.GreaterThan(Vector512.Abs(T.Coordinate(in x, j)), Vector512.Create(reach)) & Vector512.Create(1f);
            var mean = x;
            MixtureKernel<T>.Means(ref row[0], ref MemoryMarshal.GetArrayDataReference(_means), _weights.Length, ref x, ref mean, 1);
            answer = T.Where(beyond, mean, answer);
        }
    }
}
