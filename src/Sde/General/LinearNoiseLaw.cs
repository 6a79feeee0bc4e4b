namespace ScoreSde.Sde.General;

/// <summary>
/// Exact law of dx = A x dt + B dW with constant matrices, A d × d and B d × m: mean e^{At} m_0, covariance e^{At} S_0 e^{Aᵀt} + ∫₀ᵗ e^{As} BBᵀ e^{Aᵀs} ds.
/// </summary>
/// <remarks>
/// The integral comes with e^{At} from one exponential of a 2d × 2d matrix (Van Loan, Computing integrals involving the matrix exponential,
/// 1978): exp([[−A, BBᵀ], [0, Aᵀ]] t) = [[·, E₁₂], [0, e^{Aᵀt}]] and the integral is e^{At} E₁₂.
/// </remarks>
public sealed class LinearNoiseLaw
{
    private readonly double[,] _drift;
    private readonly double[,] _spread;

    /// <summary>The law of dx = A x dt + B dW.</summary>
    /// <param name="drift">A, d × d.</param>
    /// <param name="diffusion">B, d × m.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public LinearNoiseLaw(double[,] drift, double[,] diffusion)
    {
        ArgumentNullException.ThrowIfNull(drift);
        ArgumentNullException.ThrowIfNull(diffusion);
        if (drift.GetLength(0) != drift.GetLength(1) || diffusion.GetLength(0) != drift.GetLength(0))
            throw new ArgumentException(FormattableString.Invariant(
                $"A is {drift.GetLength(0)} × {drift.GetLength(1)} and B is {diffusion.GetLength(0)} × {diffusion.GetLength(1)}; A must be d × d and B d × m"), nameof(drift));
        _drift = drift;
        _spread = SmallMatrix.Multiply(diffusion, SmallMatrix.Transpose(diffusion));
    }

    /// <summary>d.</summary>
    public int Dimension => _drift.GetLength(0);

    /// <summary>Mean and covariance after a time t from a start of the given moments.</summary>
    public Moments After(Moments start, double t)
    {
        ArgumentNullException.ThrowIfNull(start);
        var d = Dimension;
        var block = new double[2 * d, 2 * d];
        for (var i = 0; i < d; i++)
            for (var j = 0; j < d; j++)
            {
                block[i, j] = -t * _drift[i, j];
                block[i, d + j] = t * _spread[i, j];
                block[d + i, d + j] = t * _drift[j, i];
            }
        var exponential = SmallMatrix.Exponential(block);
        var propagator = new double[d, d];
        var upper = new double[d, d];
        for (var i = 0; i < d; i++)
            for (var j = 0; j < d; j++)
            {
                propagator[i, j] = exponential[d + j, d + i];
                upper[i, j] = exponential[i, d + j];
            }
        var noise = SmallMatrix.Multiply(propagator, upper);
        var spread = SmallMatrix.Multiply(SmallMatrix.Multiply(propagator, start.Covariance), SmallMatrix.Transpose(propagator));
        var mean = new double[d];
        var covariance = new double[d, d];
        for (var i = 0; i < d; i++)
            for (var j = 0; j < d; j++)
            {
                mean[i] += propagator[i, j] * start.Mean[j];
                covariance[i, j] = spread[i, j] + 0.5 * (noise[i, j] + noise[j, i]);
            }
        return new Moments(mean, covariance);
    }

    /// <summary>The stationary covariance S: A S + S Aᵀ + B Bᵀ = 0 (Lyapunov), solved as d² linear equations.</summary>
    /// <exception cref="InvalidOperationException">The equation has no unique solution.</exception>
    public double[,] StationaryCovariance()
    {
        var d = Dimension;
        var equations = new double[d * d, d * d];
        var right = new double[d * d];
        for (var i = 0; i < d; i++)
            for (var j = 0; j < d; j++)
            {
                var row = i * d + j;
                right[row] = -_spread[i, j];
                for (var k = 0; k < d; k++)
                {
                    equations[row, k * d + j] += _drift[i, k]; // (A S)_ij
                    equations[row, i * d + k] += _drift[j, k]; // (S Aᵀ)_ij
                }
            }
        var solution = SmallMatrix.Solve(equations, right);
        var covariance = new double[d, d];
        for (var i = 0; i < d; i++)
            for (var j = 0; j < d; j++) covariance[i, j] = 0.5 * (solution[i * d + j] + solution[j * d + i]);
        return covariance;
    }
}
