namespace ScoreSde.Sde;

/// <summary>
/// A law of x_0 whose diffused versions are known exactly: the score and log-density of x_t = α x_0 + σ ε at every level.
/// </summary>
public interface IDataLaw
{
    /// <summary>d, the number of coordinates.</summary>
    int Dimension { get; }

    /// <summary>log p_t(x) of one point x (length d), natural logarithm.</summary>
    double LogDensity(ReadOnlySpan<double> x, in Level level);

    /// <summary>∇ log p_t(x) of one point x, written to <paramref name="score"/> (both of length d).</summary>
    void Score(ReadOnlySpan<double> x, in Level level, Span<double> score);

    /// <summary>
    /// A point x_0 as a function of independent standard normals (length <see cref="NormalsPerDraw"/>) and one uniform number of [0, 1):
    /// the randomness comes from outside, so that draw i is a pure function of seed and i.
    /// </summary>
    void Draw(ReadOnlySpan<double> normals, double uniform, Span<double> x);

    /// <summary>How many normals <see cref="Draw"/> takes.</summary>
    int NormalsPerDraw => Dimension;

    /// <summary>E‖x_0‖².</summary>
    double SecondMoment { get; }
}
