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
                _means[k * d + j] = Math.Abs(means[k * d + j]) < 1e-18 ? 0 : (float)means[k * d + j]; // no product of weight and centre is subnormal
                square += means[k * d + j] * means[k * d + j];
            }
            _squares[k] = (float)square;
            _weights[k] = weights.IsEmpty ? 0 : (float)Math.Log2(weights[k]);
        }
    }

    /// <inheritdoc/>
    public Parametrisation Output => Parametrisation.Score;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public T Evaluate(T x, in Level level)
    {
        var length = RowLength;
        var row = length <= 1024 ? stackalloc float[length] : new float[length];
        Prepare(in level, row);
        var mean = x;
        Answer(in level, ref row[0], ref x, ref mean, 1);
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

    private int RowLength => _weights.Length * MixtureKernel<T>.Each;

    /// <inheritdoc/>
    void IBlockScore<T>.Prepare(in Level level, Span<float> row) => Prepare(in level, row);

    private void Prepare(in Level level, Span<float> row)
    {
        var d = T.Coordinates;
        var slope = 1.4426950408889634 * level.Alpha * Precision(in level); // log2 e
        var half = -0.5 * level.Alpha * slope;
        for (var k = 0; k < _weights.Length; k++)
        {
            var one = row.Slice(k * (1 + d), 1 + d);
            one[0] = (float)(half * _squares[k] + _weights[k]);
            for (var j = 0; j < d; j++) one[1 + j] = (float)(slope * _means[k * d + j]);
        }
    }

    /// <inheritdoc/>
    void IBlockScore<T>.Answer(in Level level, ref float row, ref T points, ref T answers, int blocks) => Answer(in level, ref row, ref points, ref answers, blocks);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Answer(in Level level, ref float row, ref T points, ref T answers, int blocks) =>
        MixtureKernel<T>.Means(ref row, ref MemoryMarshal.GetArrayDataReference(_means), _weights.Length, ref points, ref answers, blocks);
}
