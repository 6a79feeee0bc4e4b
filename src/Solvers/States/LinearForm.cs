namespace ScoreSde.Solvers.States;

/// <summary>
/// An exact linear form x = A·x_start + Σ cᵢ ξᵢ + b in the start and the independent standard normals ξᵢ: the law of a sampler on a
/// linear problem with no randomness left. Layer 1 only: on a fixed grid a step is a linear combination, and nothing else has a meaning here.
/// </summary>
/// <remarks>One coordinate; a Gaussian in d dimensions is d such problems in its eigenbasis.</remarks>
public sealed class LinearForm : IState<LinearForm>
{
    private readonly double[] _noise;

    private LinearForm(double start, double constant, double[] noise)
    {
        Start = start;
        Constant = constant;
        _noise = noise;
    }

    /// <summary>A, the coefficient of the start.</summary>
    public double Start { get; }

    /// <summary>b, the part that is neither start nor noise.</summary>
    public double Constant { get; }

    /// <summary>cᵢ, the coefficients of the normals, by their index.</summary>
    public ReadOnlySpan<double> Noise => _noise;

    /// <summary>The start itself.</summary>
    public static LinearForm Identity { get; } = new(1, 0, []);

    /// <summary>A constant.</summary>
    public static LinearForm OfConstant(double value) => new(0, value, []);

    /// <summary>The normal with the given index.</summary>
    public static LinearForm OfNoise(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var noise = new double[index + 1];
        noise[index] = 1;
        return new LinearForm(0, 0, noise);
    }

    /// <summary>Mean when the start has the given mean.</summary>
    public double Mean(double startMean) => Start * startMean + Constant;

    /// <summary>Variance when the start has the given variance and is independent of the noises.</summary>
    public double Variance(double startVariance) => Start * Start * startVariance + NoiseVariance;

    /// <summary>Σ cᵢ²: variance given the start.</summary>
    public double NoiseVariance
    {
        get
        {
            var sum = 0.0;
            foreach (var c in _noise) sum += c * c;
            return sum;
        }
    }

    /// <inheritdoc/>
    public static LinearForm operator +(LinearForm a, LinearForm b) => Combine(a, 1, b);

    /// <inheritdoc/>
    public static LinearForm operator -(LinearForm a, LinearForm b) => Combine(a, -1, b);

    /// <inheritdoc/>
    public static LinearForm operator *(double c, LinearForm a)
    {
        ArgumentNullException.ThrowIfNull(a);
        return new LinearForm(c * a.Start, c * a.Constant, Array.ConvertAll(a._noise, n => c * n));
    }

    /// <inheritdoc/>
    public static long FirstNonFinite(LinearForm x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return double.IsFinite(x.Start) && double.IsFinite(x.Constant) && double.IsFinite(x.NoiseVariance) ? -1 : 0;
    }

    private static LinearForm Combine(LinearForm a, double sign, LinearForm b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var noise = new double[Math.Max(a._noise.Length, b._noise.Length)];
        a._noise.CopyTo(noise, 0);
        for (var i = 0; i < b._noise.Length; i++) noise[i] += sign * b._noise[i];
        return new LinearForm(a.Start + sign * b.Start, a.Constant + sign * b.Constant, noise);
    }
}
