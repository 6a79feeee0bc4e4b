namespace ScoreSde.Evaluation.Distances;

/// <summary>Mean and standard deviation of independent values that come one by one, with their standard errors, in constant memory.</summary>
/// <param name="about">A number near the mean, such as the exact one: powers are summed about it, so that no difference of large sums is left.</param>
public struct RunningMoments(double about)
{
    private readonly double _about = about;
    private double _first, _second, _third, _fourth;

    /// <summary>Values so far.</summary>
    public long Count { get; private set; }

    /// <summary>One value more.</summary>
    public void Add(double value)
    {
        var d = value - _about;
        var square = d * d;
        (_first, _second, _third, _fourth, Count) = (_first + d, _second + square, _third + square * d, _fourth + square * square, Count + 1);
    }

    /// <summary>The mean.</summary>
    public readonly Estimate Mean => new(_about + Shift, Math.Sqrt(Variance / Count));

    /// <summary>The standard deviation; its error by the delta method, √((μ₄ − μ₂²)/n)/(2√μ₂).</summary>
    public readonly Estimate Deviation
    {
        get
        {
            var (m, v) = (Shift, Variance);
            var fourth = _fourth / Count - 4 * m * _third / Count + 6 * m * m * _second / Count - 3 * m * m * m * m;
            return new(Math.Sqrt(v), v > 0 ? Math.Sqrt(Math.Max(0, fourth - v * v) / Count) / (2 * Math.Sqrt(v)) : 0);
        }
    }

    private readonly double Shift => _first / Count;

    private readonly double Variance => Math.Max(0, (_second - Count * Shift * Shift) / Math.Max(1, Count - 1));
}
