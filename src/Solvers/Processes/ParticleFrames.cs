namespace ScoreSde.Solvers.Processes;

/// <summary>Where particles are at a few times: the law of a process, drawn.</summary>
public sealed class ParticleFrames
{
    private readonly double[] _times;
    private readonly double[][] _positions;

    internal ParticleFrames(double[] times, int count, int dimension)
    {
        _times = times;
        Count = count;
        Dimension = dimension;
        _positions = new double[times.Length][];
        for (var k = 0; k < times.Length; k++) _positions[k] = new double[count * dimension];
    }

    /// <summary>The times, in the direction of the run.</summary>
    public ReadOnlySpan<double> Times => _times;

    /// <summary>Number of particles.</summary>
    public int Count { get; }

    /// <summary>d.</summary>
    public int Dimension { get; }

    /// <summary>All positions at one time, [count, d] row by row.</summary>
    public ReadOnlySpan<double> At(int frame) => _positions[frame];

    /// <summary>All positions at the last time.</summary>
    public ReadOnlySpan<double> Last => _positions[^1];

    /// <summary>How many particles are in each cell of a grid of n cells a side over a box, the last coordinate running fastest; n^d numbers.</summary>
    /// <param name="frame">Which time.</param>
    /// <param name="cells">n.</param>
    /// <param name="sides">Side lengths of the box.</param>
    public int[] Histogram(int frame, int cells, ReadOnlySpan<double> sides)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(sides.Length, Dimension);
        var counts = new int[(int)Math.Pow(cells, Dimension)];
        var positions = At(frame);
        for (var p = 0; p < Count; p++)
        {
            var index = 0;
            for (var i = 0; i < Dimension; i++)
                index = index * cells + Math.Clamp((int)(cells * positions[p * Dimension + i] / sides[i]), 0, cells - 1);
            counts[index]++;
        }
        return counts;
    }

    internal double[] Writable(int frame) => _positions[frame];
}
