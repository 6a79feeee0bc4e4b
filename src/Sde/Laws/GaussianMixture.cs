using System.Buffers;

namespace ScoreSde.Sde;

/// <summary>x_0 ~ Σ w_k N(m_k, S_k) with any weights and covariances. Equal isotropic covariances are recognised and take the shorter way.</summary>
public sealed class GaussianMixture : IDataLaw
{
    private const int OnStack = 256;
    private readonly double[] weights, logWeights, cumulative;
    private readonly Gaussian[] components;
    private readonly double[][] means;

    /// <summary>A mixture with weights proportional to those given.</summary>
    /// <exception cref="ArgumentException">No component, unlike lengths or dimensions, or a weight that is not positive.</exception>
    public GaussianMixture(ReadOnlySpan<double> weights, params ReadOnlySpan<Gaussian> components)
    {
        if (components.IsEmpty || weights.Length != components.Length)
            throw new ArgumentException($"a mixture has one weight per component and at least one; given {weights.Length} weights, {components.Length} components");
        var total = 0.0;
        foreach (var w in weights)
            total += w > 0 && double.IsFinite(w) ? w : throw new ArgumentException(FormattableString.Invariant($"weights are positive; given {w}"), nameof(weights));
        this.components = components.ToArray();
        var n = components.Length;
        (this.weights, logWeights, cumulative, means) = (new double[n], new double[n], new double[n], new double[n][]);
        var sum = 0.0;
        double? shared = components[0].Eigenvalues[0];
        for (var k = 0; k < n; k++)
        {
            if (components[k].Dimension != components[0].Dimension)
                throw new ArgumentException($"components have one dimension; component {k} has {components[k].Dimension}, component 0 has {components[0].Dimension}");
            this.weights[k] = weights[k] / total;
            logWeights[k] = Math.Log(this.weights[k]);
            cumulative[k] = sum += this.weights[k];
            means[k] = components[k].Mean.ToArray();
            if (!components[k].IsIsotropic || components[k].Eigenvalues[0] != shared) shared = null;
        }
        SharedVariance = shared;
    }

    /// <summary>Equal modes on a circle in the plane: the problem of the solver comparisons. Mode k is at angle 2πk/modes.</summary>
    public static GaussianMixture Ring(int modes = 8, double radius = 4, double deviation = 0.25)
    {
        var points = new double[modes][];
        for (var k = 0; k < modes; k++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * k / modes);
            points[k] = [radius * cos, radius * sin];
        }
        return Isotropic(points, deviation * deviation);
    }

    /// <summary>Components of one isotropic variance at the given means, with equal weights unless given.</summary>
    public static GaussianMixture Isotropic(double[][] means, double variance, double[]? weights = null)
    {
        var equal = new double[means.Length];
        Array.Fill(equal, 1.0);
        return new GaussianMixture(weights ?? equal, Array.ConvertAll(means, m => new Gaussian(m, variance)));
    }

    /// <inheritdoc/>
    public int Dimension => components[0].Dimension;

    /// <summary>w_k, summing to one.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>The components, with their eigenvalues and eigenvectors.</summary>
    public ReadOnlySpan<Gaussian> Components => components;

    /// <summary>m_k, each d numbers.</summary>
    public ReadOnlySpan<double[]> Means => means;

    /// <summary>The variance where all components have the same covariance variance·I; otherwise null.</summary>
    public double? SharedVariance { get; }

    /// <inheritdoc/>
    public double SecondMoment
    {
        get
        {
            var sum = 0.0;
            for (var k = 0; k < components.Length; k++) sum += weights[k] * components[k].SecondMoment;
            return sum;
        }
    }

    /// <inheritdoc/>
    public double LogDensity(ReadOnlySpan<double> x, in Level level)
    {
        double[]? rented = null;
        var logs = components.Length <= OnStack ? stackalloc double[OnStack] : rented = ArrayPool<double>.Shared.Rent(components.Length);
        logs = logs[..components.Length];
        var result = LogTerms(x, level, logs);
        if (rented is not null) ArrayPool<double>.Shared.Return(rented);
        return result;
    }

    /// <summary>P(component k | x_t = x), k = 0, …: by log-sum-exp, so that far points keep their digits.</summary>
    public void Responsibilities(ReadOnlySpan<double> x, in Level level, Span<double> responsibilities)
    {
        var logs = responsibilities[..components.Length];
        var total = LogTerms(x, level, logs);
        for (var k = 0; k < logs.Length; k++) logs[k] = Math.Exp(logs[k] - total);
    }

    /// <inheritdoc/>
    /// <remarks>Σ r_k ∇ log N(x; α m_k, α²S_k + σ²) with the responsibilities r_k. x and score must not overlap.</remarks>
    public void Score(ReadOnlySpan<double> x, in Level level, Span<double> score)
    {
        int n = components.Length, d = Dimension, need = n + d;
        double[]? rented = null;
        var scratch = need <= OnStack ? stackalloc double[OnStack] : rented = ArrayPool<double>.Shared.Rent(need);
        var r = scratch[..n];
        Responsibilities(x, level, r);
        score = score[..d];
        score.Clear();
        if (SharedVariance is { } variance)
        {
            var v = level.Alpha * level.Alpha * variance + level.Sigma * level.Sigma;
            for (var k = 0; k < n; k++)
                for (var j = 0; j < d; j++) score[j] += r[k] * means[k][j];
            for (var j = 0; j < d; j++) score[j] = (level.Alpha * score[j] - x[j]) / v;
        }
        else
        {
            var part = scratch.Slice(n, d);
            for (var k = 0; k < n; k++)
            {
                if (r[k] == 0) continue;
                components[k].Score(x, level, part);
                for (var j = 0; j < d; j++) score[j] += r[k] * part[j];
            }
        }
        if (rented is not null) ArrayPool<double>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public void Draw(ReadOnlySpan<double> normals, double uniform, Span<double> x)
    {
        var k = 0;
        while (k < components.Length - 1 && uniform >= cumulative[k]) k++;
        components[k].Draw(normals, uniform, x);
    }

    /// <summary>Writes log(w_k N_k(x)) and returns the logarithm of their sum.</summary>
    private double LogTerms(ReadOnlySpan<double> x, in Level level, Span<double> logs)
    {
        if (SharedVariance is { } variance && level.Sigma + variance > 0)
        {
            var v = level.Alpha * level.Alpha * variance + level.Sigma * level.Sigma;
            var constant = -Dimension * (0.5 * Math.Log(v) + PriorLaw.LogRootTwoPi);
            for (var k = 0; k < logs.Length; k++)
            {
                var square = 0.0;
                for (var j = 0; j < means[k].Length; j++)
                {
                    var c = x[j] - level.Alpha * means[k][j];
                    square += c * c;
                }
                logs[k] = logWeights[k] + constant - 0.5 * square / v;
            }
        }
        else
        {
            for (var k = 0; k < logs.Length; k++) logs[k] = logWeights[k] + components[k].LogDensity(x, level);
        }
        var greatest = double.NegativeInfinity;
        foreach (var l in logs) greatest = Math.Max(greatest, l);
        if (double.IsInfinity(greatest)) return greatest;
        var sum = 0.0;
        foreach (var l in logs) sum += Math.Exp(l - greatest);
        return greatest + Math.Log(sum);
    }
}
