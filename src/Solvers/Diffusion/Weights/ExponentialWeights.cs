namespace ScoreSde.Solvers.Diffusion;

/// <summary>
/// Weights of exponential quadrature: w_j = ∫₀¹ e^(−z(1−θ)) L_j(θ) dθ with L_j the Lagrange polynomials of given nodes. With θ = (λ − λ_s)/h
/// they are what every exponential Adams method is made of.
/// </summary>
/// <remarks>
/// Data prediction at the noise rate r: z = (1 + r) h, and z Σ w_j D_j is the solver's sum (dy = (1 + r)(D − y) dλ + …).
/// Noise prediction: z = −h, and −σ̂_t h Σ w_j ε_j (dy/dλ = −σ̂ ε, with σ̂ = σ_t e^(h(1−θ))).
/// By Gauss–Legendre quadrature with 32 points rather than by φ-functions, whose differences cancel for small z: the error is below rounding for
/// |z| ≤ 60 and up to eight nodes; a larger z has the step in as many parts as keep each within that, and 12 points do for |z| ≤ 4: their error is the 24th
/// derivative, below 10⁶ · 5040 · z¹⁷, times 10⁻³⁸. Note: docs/derivations/exponential-weights.md.
/// </remarks>
public static class ExponentialWeights
{
    /// <summary>Largest |z| of one part of the long rule, and of the short one.</summary>
    private const double PartOfExponent = 60, ShortExponent = 4;

    private static readonly Rule Long = new(32), Short = new(12);

    /// <summary>The weights for nodes θ_j, in units of the step: 0 is its beginning, 1 its end, negative values are earlier.</summary>
    /// <param name="z">The exponent.</param>
    /// <param name="nodes">Distinct nodes, at most eight.</param>
    /// <param name="weights">Receives one weight a node.</param>
    /// <exception cref="ArgumentException">Lengths differ, or two nodes are equal.</exception>
    public static void Lagrange(double z, ReadOnlySpan<double> nodes, Span<double> weights) => Lagrange(z, nodes, weights, null);

    /// <summary>The same for polynomials in another variable than θ.</summary>
    /// <param name="z">The exponent.</param>
    /// <param name="nodes">Distinct nodes, at most eight, in that variable.</param>
    /// <param name="weights">Receives one weight a node.</param>
    /// <param name="variable">The variable as a function of θ; θ itself where there is none.</param>
    /// <exception cref="ArgumentException">Lengths differ, or two nodes are equal.</exception>
    public static void Lagrange(double z, ReadOnlySpan<double> nodes, Span<double> weights, Func<double, double>? variable)
    {
        if (nodes.Length != weights.Length || nodes.Length is 0 or > Coefficients.Capacity)
            throw new ArgumentException($"{nodes.Length} nodes and {weights.Length} weights; there are 1 to {Coefficients.Capacity}, as many of each");
        for (var j = 1; j < nodes.Length; j++)
            if (nodes[..j].IndexOf(nodes[j]) is >= 0 and var k)
                throw new ArgumentException(FormattableString.Invariant($"nodes {k} and {j} are both {nodes[j]}"));
        weights.Clear();
        var parts = Parts(z);
        var rule = variable is null && Math.Abs(z) <= ShortExponent ? Short : Long;
        for (var i = 0; i < parts * rule.Points; i++)
        {
            var (theta, factor) = rule.Point(z, i, parts);
            var at = variable is null ? theta : variable(theta);
            for (var j = 0; j < nodes.Length; j++)
            {
                var basis = factor;
                for (var k = 0; k < nodes.Length; k++)
                    if (k != j) basis *= (at - nodes[k]) / (nodes[j] - nodes[k]);
                weights[j] += basis;
            }
        }
    }

    /// <summary>∫₀¹ f(θ) dθ by the same quadrature, for weights that are no exponential moments.</summary>
    internal static double Integral(Func<double, double> f)
    {
        var sum = 0.0;
        for (var i = 0; i < Long.Points; i++) sum += Long.Factors[i] * f(Long.Abscissae[i]);
        return sum;
    }

    /// <summary>∫₀¹ e^(−z(1−θ)) θ^k dθ = k! φ_(k+1)(−z) for the exponential integrators' φ; k = 0 gives (1 − e^(−z))/z.</summary>
    public static double Moment(double z, int k)
    {
        var sum = 0.0;
        var parts = Parts(z);
        var rule = Math.Abs(z) <= ShortExponent && k <= Coefficients.Capacity ? Short : Long;
        for (var i = 0; i < parts * rule.Points; i++)
        {
            var (theta, factor) = rule.Point(z, i, parts);
            sum += factor * rule.Power(theta, i, parts, k);
        }
        return sum;
    }

    private static int Parts(double z) => double.IsFinite(z)
        ? Math.Max(1, (int)Math.Min(1e6, Math.Ceiling(Math.Abs(z) / PartOfExponent)))
        : throw new ArgumentException(FormattableString.Invariant($"the exponent is {z}; it is finite: a step into σ = 0 or out of α = 0 is of order 1"));

    /// <summary>Gauss–Legendre quadrature on 0…1.</summary>
    private sealed class Rule
    {
        public Rule(int points)
        {
            Points = points;
            (Abscissae, Factors) = (new double[points], new double[points]);
            // Zeros of the Legendre polynomial by Newton's method from their asymptotic places, moved to 0…1.
            for (var i = 0; i < points; i++)
            {
                var x = Math.Cos(Math.PI * (i + 0.75) / (points + 0.5));
                var slope = 0.0;
                for (var n = 0; n < 20; n++)
                {
                    var (p, before) = (x, 1.0);
                    for (var k = 2; k <= points; k++) (p, before) = (((2 * k - 1) * x * p - (k - 1) * before) / k, p);
                    slope = points * (x * p - before) / (x * x - 1);
                    x -= p / slope;
                }
                Abscissae[i] = 0.5 * (1 - x);
                Factors[i] = 1 / ((1 - x * x) * slope * slope);
            }
            _powers = new double[(Coefficients.Capacity + 1) * points];
            for (var i = 0; i < _powers.Length; i++) _powers[i] = Math.Pow(Abscissae[i % points], i / points);
        }

        private readonly double[] _powers; // [power, point]

        public int Points { get; }

        public double[] Abscissae { get; }

        public double[] Factors { get; }

        /// <summary>θ and weight times exponential of a point of the quadrature over [0, 1] in equal parts.</summary>
        public (double Theta, double Factor) Point(double z, int i, int parts)
        {
            if (parts == 1) return (Abscissae[i], Factors[i] * Math.Exp(-z * (1 - Abscissae[i])));
            var theta = (i / Points + Abscissae[i % Points]) / parts;
            return (theta, Factors[i % Points] / parts * Math.Exp(-z * (1 - theta)));
        }

        /// <summary>θ^k at such a point.</summary>
        public double Power(double theta, int i, int parts, int k) =>
            parts == 1 && k <= Coefficients.Capacity ? _powers[k * Points + i] : Math.Pow(theta, k);
    }
}
