using MathNet.Numerics.LinearAlgebra;
using static ScoreSde.Sde.CancellationFree;

namespace ScoreSde.Sde;

/// <summary>
/// x_0 ~ N(m, S) with any covariance S: score, density, probability flow and reverse transitions in closed form, each eigendirection of S by itself.
/// </summary>
/// <remarks>Note: docs/derivations/gaussian-flow.md.</remarks>
public class Gaussian : IDataLaw
{
    private readonly double[] mean;
    private readonly double[] eigenvalues;
    private readonly double[][] eigenvectors;

    /// <summary>N(mean, variance·I).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The variance is negative or infinite.</exception>
    public Gaussian(ReadOnlySpan<double> mean, double variance)
    {
        if (!(variance >= 0 && double.IsFinite(variance)))
            throw new ArgumentOutOfRangeException(nameof(variance), variance, FormattableString.Invariant($"a variance is ≥ 0 and finite; given {variance}"));
        if (mean.IsEmpty) throw new ArgumentException("a law has at least one coordinate", nameof(mean));
        this.mean = mean.ToArray();
        eigenvalues = new double[mean.Length];
        Array.Fill(eigenvalues, variance);
        eigenvectors = new double[mean.Length][];
        for (var i = 0; i < mean.Length; i++)
        {
            eigenvectors[i] = new double[mean.Length];
            eigenvectors[i][i] = 1;
        }
        IsIsotropic = true;
    }

    /// <summary>N(mean, covariance), covariance symmetric and positive semidefinite, [d, d].</summary>
    /// <exception cref="ArgumentException">The covariance has another shape, is not symmetric or has a negative eigenvalue.</exception>
    public Gaussian(ReadOnlySpan<double> mean, double[,] covariance)
    {
        var d = mean.Length;
        if (d == 0) throw new ArgumentException("a law has at least one coordinate", nameof(mean));
        if (covariance.GetLength(0) != d || covariance.GetLength(1) != d)
            throw new ArgumentException($"the covariance of {d} coordinates is {d} by {d}; given {covariance.GetLength(0)} by {covariance.GetLength(1)}", nameof(covariance));
        var matrix = Matrix<double>.Build.DenseOfArray(covariance);
        var scale = matrix.L2Norm();
        if (!((matrix - matrix.Transpose()).L2Norm() <= 1e-12 * scale)) throw new ArgumentException("the covariance is not symmetric", nameof(covariance));
        var decomposition = matrix.Evd(Symmetricity.Symmetric);
        this.mean = mean.ToArray();
        eigenvalues = new double[d];
        eigenvectors = new double[d][];
        for (var i = 0; i < d; i++)
        {
            var s = decomposition.EigenValues[i].Real;
            if (s < -1e-12 * scale) throw new ArgumentException(FormattableString.Invariant($"the covariance has the negative eigenvalue {s}"), nameof(covariance));
            eigenvalues[i] = Math.Max(0, s);
            eigenvectors[i] = decomposition.EigenVectors.Column(i).ToArray();
        }
        IsIsotropic = eigenvalues.AsSpan().IndexOfAnyExcept(eigenvalues[0]) < 0;
    }

    /// <inheritdoc/>
    public int Dimension => mean.Length;

    /// <summary>m, d numbers.</summary>
    public ReadOnlySpan<double> Mean => mean;

    /// <summary>The eigenvalues s_1, …, s_d of S.</summary>
    public ReadOnlySpan<double> Eigenvalues => eigenvalues;

    /// <summary>Unit eigenvector i of S, d numbers; the coordinate axes for an isotropic law.</summary>
    public ReadOnlySpan<double> Eigenvector(int i) => eigenvectors[i];

    /// <summary>All eigenvalues are equal (to the bit).</summary>
    public bool IsIsotropic { get; }

    /// <inheritdoc/>
    public double SecondMoment
    {
        get
        {
            var sum = 0.0;
            foreach (var m in mean) sum += m * m;
            foreach (var s in eigenvalues) sum += s;
            return sum;
        }
    }

    /// <summary>α²s_i + σ², the variance of x_t in eigendirection i.</summary>
    public double VarianceAt(int i, in Level level) => level.Alpha * level.Alpha * eigenvalues[i] + level.Sigma * level.Sigma;

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> x, in Level level)
    {
        double square = 0, logDeterminant = 0;
        if (IsIsotropic)
        {
            var v = PositiveVariance(0, level);
            for (var j = 0; j < mean.Length; j++)
            {
                var c = x[j] - level.Alpha * mean[j];
                square += c * c;
            }
            return -0.5 * (square / v + Dimension * Math.Log(v)) - Dimension * PriorLaw.LogRootTwoPi;
        }
        for (var i = 0; i < mean.Length; i++)
        {
            var v = PositiveVariance(i, level);
            var c = Coordinate(i, x, level.Alpha);
            square += c * c / v;
            logDeterminant += Math.Log(v);
        }
        return -0.5 * (square + logDeterminant) - Dimension * PriorLaw.LogRootTwoPi;
    }

    /// <inheritdoc/>
    /// <remarks>x and score must not overlap.</remarks>
    public void Score(ReadOnlySpan<double> x, in Level level, Span<double> score)
    {
        if (IsIsotropic)
        {
            var v = PositiveVariance(0, level);
            for (var j = 0; j < mean.Length; j++) score[j] = (level.Alpha * mean[j] - x[j]) / v;
            return;
        }
        score[..mean.Length].Clear();
        for (var i = 0; i < mean.Length; i++)
            AddScaled(-Coordinate(i, x, level.Alpha) / PositiveVariance(i, level), eigenvectors[i], score);
    }

    /// <inheritdoc/>
    public void Draw(ReadOnlySpan<double> normals, double uniform, Span<double> x)
    {
        mean.CopyTo(x);
        for (var i = 0; i < mean.Length; i++) AddScaled(Math.Sqrt(eigenvalues[i]) * normals[i], eigenvectors[i], x);
    }

    /// <summary>
    /// The probability flow (η = 0) from x at one level to another, exactly: in y = x/α and n = σ/α it is m + (S + n²)^½(S + n_0²)^−½ (y − m).
    /// </summary>
    public void Flow(ReadOnlySpan<double> x, in Level from, in Level to, Span<double> result)
    {
        for (var j = 0; j < mean.Length; j++) result[j] = to.Alpha * mean[j];
        for (var i = 0; i < mean.Length; i++)
            AddScaled(Math.Sqrt(VarianceAt(i, to) / PositiveVariance(i, from)) * Coordinate(i, x, from.Alpha), eigenvectors[i], result);
    }

    /// <summary>
    /// The transition from <paramref name="from"/> down to <paramref name="to"/> of the reverse SDE with rate r = η² in eigendirection i, of the
    /// coordinate c = ⟨e_i, x − α m⟩.
    /// </summary>
    /// <remarks>
    /// c/√v, v = α²s_i + σ², is an Ornstein–Uhlenbeck process with clock r·log((s_i + n_from²)/(s_i + n_to²)): scale √(v_to/v_from) q^{r/2},
    /// variance v_to (1 − q^r) with q the inverse ratio.
    /// </remarks>
    /// <exception cref="ArgumentException">The rate is negative, or to is after from.</exception>
    public GaussianKernel Reverse(int i, in Level from, in Level to, double rate)
    {
        if (!(rate >= 0)) throw new ArgumentException(FormattableString.Invariant($"the rate is η² ≥ 0; given {rate}"), nameof(rate));
        if (to.Time > from.Time) throw new ArgumentException(FormattableString.Invariant($"the reverse SDE runs down; from {from.Time} to {to.Time}"), nameof(to));
        if (to.Time == from.Time) return new GaussianKernel(1, 0);
        var vFrom = PositiveVariance(i, from);
        var vTo = VarianceAt(i, to);
        var flow = Math.Sqrt(vTo / vFrom);
        if (rate == 0) return new GaussianKernel(flow, 0);
        var loss = Expm1(2 * (from.Lambda - to.Lambda)) * (from.Sigma * from.Sigma / vFrom); // q − 1
        var ratio = from.Alpha / to.Alpha;
        var logQ = loss > -0.5 ? Log1p(loss) : Math.Log(vTo / vFrom * ratio * ratio);
        return new GaussianKernel(flow * Math.Exp(0.5 * rate * logQ), -vTo * Expm1(rate * logQ));
    }

    private double PositiveVariance(int i, in Level level)
    {
        var v = VarianceAt(i, level);
        return v > 0 ? v : throw new InvalidOperationException($"the law has no density at {level}: its variance there is {v} in one direction");
    }

    /// <summary>⟨e_i, x − α m⟩.</summary>
    private double Coordinate(int i, ReadOnlySpan<double> x, double alpha)
    {
        if (IsIsotropic) return x[i] - alpha * mean[i];
        var e = eigenvectors[i];
        var sum = 0.0;
        for (var j = 0; j < e.Length; j++) sum += e[j] * (x[j] - alpha * mean[j]);
        return sum;
    }

    private static void AddScaled(double c, double[] direction, Span<double> to)
    {
        for (var j = 0; j < direction.Length; j++) to[j] += c * direction[j];
    }
}
