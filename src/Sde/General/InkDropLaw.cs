using static ScoreSde.Sde.CancellationFree;

namespace ScoreSde.Sde.General;

/// <summary>
/// A drop of ink in a box with reflecting walls: Brownian motion of diffusivity D from a Gaussian drop folded into [0, a_1] × … × [0, a_d].
/// Everything about it is known at every time: density, score, distance to the uniform law it tends to, and the exact way back.
/// </summary>
/// <remarks>
/// The drop of deviation s is the law of a point after a time s²/(2D), so at time t each coordinate is a <see cref="ReflectedGaussian"/> of
/// variance s² + 2Dt, independent of the others (docs/derivations/ink-drop.md).
/// </remarks>
public sealed class InkDropLaw
{
    private readonly double[] _centre;
    private readonly double[] _sides;

    /// <summary>A drop around a point of a box.</summary>
    /// <param name="centre">Where it falls, a point of the box.</param>
    /// <param name="sides">Side lengths of the box, one a coordinate, positive.</param>
    /// <param name="deviation">Standard deviation s of the drop before folding, positive.</param>
    /// <param name="diffusivity">D in ∂p/∂t = D Δp, positive; the noise is √(2D) dW.</param>
    /// <exception cref="ArgumentException">A number is outside its range, or the lengths differ.</exception>
    public InkDropLaw(ReadOnlySpan<double> centre, ReadOnlySpan<double> sides, double deviation, double diffusivity)
    {
        if (centre.Length != sides.Length || centre.IsEmpty)
            throw new ArgumentException(FormattableString.Invariant($"the centre has {centre.Length} coordinates and the box {sides.Length} sides"), nameof(sides));
        for (var i = 0; i < sides.Length; i++)
        {
            if (!(sides[i] > 0 && double.IsFinite(sides[i])))
                throw new ArgumentException(FormattableString.Invariant($"side {i} is {sides[i]}; it must be positive"), nameof(sides));
            if (!(centre[i] >= 0 && centre[i] <= sides[i]))
                throw new ArgumentException(FormattableString.Invariant($"coordinate {i} of the centre is {centre[i]}; the box has [0, {sides[i]}]"), nameof(centre));
        }
        if (!(deviation > 0 && double.IsFinite(deviation)))
            throw new ArgumentException(FormattableString.Invariant($"the deviation is {deviation}; it must be positive (a point has no density)"), nameof(deviation));
        if (!(diffusivity > 0 && double.IsFinite(diffusivity)))
            throw new ArgumentException(FormattableString.Invariant($"the diffusivity is {diffusivity}; it must be positive"), nameof(diffusivity));
        _centre = centre.ToArray();
        _sides = sides.ToArray();
        Deviation = deviation;
        Diffusivity = diffusivity;
    }

    /// <summary>d.</summary>
    public int Dimension => _sides.Length;

    /// <summary>Where the drop falls.</summary>
    public ReadOnlySpan<double> Centre => _centre;

    /// <summary>Side lengths of the box.</summary>
    public ReadOnlySpan<double> Sides => _sides;

    /// <summary>s, standard deviation of the drop before folding.</summary>
    public double Deviation { get; }

    /// <summary>D.</summary>
    public double Diffusivity { get; }

    /// <summary>Variance of a coordinate before folding at time t: s² + 2Dt.</summary>
    public double VarianceAt(double t) => Deviation * Deviation + 2 * Diffusivity * t;

    /// <summary>Law of one coordinate at time t ≥ 0.</summary>
    public ReflectedGaussian Axis(int coordinate, double t) => new(_centre[coordinate], Math.Sqrt(VarianceAt(t)), _sides[coordinate]);

    /// <summary>log p_t(x), natural logarithm.</summary>
    public double LogDensity(ReadOnlySpan<double> x, double t)
    {
        CheckLength(x.Length);
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++) sum += Axis(i, t).LogDensity(x[i]);
        return sum;
    }

    /// <summary>∇ log p_t(x), written to <paramref name="score"/>.</summary>
    public void Score(ReadOnlySpan<double> x, double t, Span<double> score)
    {
        CheckLength(x.Length);
        for (var i = 0; i < x.Length; i++) score[i] = Axis(i, t).Score(x[i]);
    }

    /// <summary>
    /// p_t on the midpoints of a grid of n cells a side, the last coordinate running fastest; n^d numbers. Times the volume of a cell they sum to
    /// 1 up to the midpoint rule, which on this law is exact to rounding once n cells resolve its deviation.
    /// </summary>
    public double[] DensityGrid(int cells, double t)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 1);
        var grid = new double[] { 1 };
        for (var i = 0; i < Dimension; i++)
        {
            var law = Axis(i, t);
            var next = new double[checked(grid.Length * cells)];
            for (var k = 0; k < cells; k++)
            {
                var p = law.Density((k + 0.5) * _sides[i] / cells);
                for (var j = 0; j < grid.Length; j++) next[j * cells + k] = grid[j] * p;
            }
            grid = next;
        }
        return grid;
    }

    /// <summary>
    /// A bound on the total variation distance ½∫|p_t − u| to the uniform law: ½ (Σ_{k≠0} e^{−2λ_k t} φ_k(c)²)^{1/2} with the eigenvalues
    /// λ_k = D Σ (k_i π/a_i)² of the box, by Cauchy and Schwarz; at most 1. (The drop's deviation counts as time.)
    /// </summary>
    public double DistanceToUniformBound(double t)
    {
        // The sum over all k ≠ 0 is Π (1 + e_i) − 1, e_i the χ² distance of coordinate i: no difference of near numbers.
        var log = 0.0;
        for (var i = 0; i < Dimension; i++) log += Log1p(Axis(i, t).ChiSquaredToUniform);
        return Math.Min(1, 0.5 * Math.Sqrt(Expm1(log)));
    }

    /// <summary>
    /// The least the distance to the uniform law can be: max_i ½ e^{−λ t} |cos(πc_i/a_i)| with λ = D(π/a_i)², from the one test function
    /// cos(πx_i/a_i), whose mean under u is 0 and whose absolute value is at most 1.
    /// </summary>
    public double DistanceToUniformAtLeast(double t)
    {
        var least = 0.0;
        for (var i = 0; i < Dimension; i++)
        {
            var k = Math.PI / _sides[i];
            least = Math.Max(least, 0.5 * Math.Exp(-0.5 * k * k * VarianceAt(t)) * Math.Abs(Math.Cos(k * _centre[i])));
        }
        return least;
    }

    /// <summary>A time from which the total variation distance to the uniform law is at most <paramref name="distance"/>, by the bound.</summary>
    public double TimeToUniform(double distance)
    {
        if (!(distance is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(distance), distance, FormattableString.Invariant($"the distance is {distance}; it lies in (0, 1)"));
        if (DistanceToUniformBound(0) <= distance) return 0;
        var late = 1.0;
        while (DistanceToUniformBound(late) > distance) late *= 2;
        return MonotoneRoot.OfDecreasing(DistanceToUniformBound, distance, 0, late);
    }

    /// <summary>
    /// A draw of one coordinate at an earlier time given its value later: exact, for any two times, so a walk back over any grid has the drop's law
    /// at every time if it starts from it.
    /// </summary>
    /// <remarks>
    /// x_t = fold(V) with V = U + √(2D(t − s)) z and x_s = fold(U): given x_t, V is one of the images of x_t, image k with probability
    /// proportional to φ(image; c, v_t), and U given V is a Gaussian bridge, mean c + (v_s/v_t)(V − c), variance v_s(1 − v_s/v_t)
    /// (docs/derivations/ink-drop.md, section 6).
    /// </remarks>
    /// <param name="coordinate">Which coordinate.</param>
    /// <param name="x">Its value at <paramref name="from"/>.</param>
    /// <param name="from">The later time.</param>
    /// <param name="to">The earlier time, not negative.</param>
    /// <param name="uniform">A uniform number of [0, 1): chooses the image.</param>
    /// <param name="normal">A standard normal: the bridge.</param>
    public double Posterior(int coordinate, double x, double from, double to, double uniform, double normal)
    {
        var (centre, side) = (_centre[coordinate], _sides[coordinate]);
        double late = VarianceAt(from), early = VarianceAt(to);
        // Images of x as seen from the centre: the same distances as images of the centre seen from x.
        var images = new ReflectedGaussian(x, Math.Sqrt(late), side);
        var last = images.LastImage;
        var nearest = x - centre;
        var total = 0.0;
        for (var k = -last; k <= last; k++) total += Weight(k);
        var rest = uniform * total;
        var chosen = 0;
        var sum = 0.0;
        for (var k = -last; k <= last; k++)
        {
            sum += Weight(k);
            chosen = k;
            if (rest < sum) break;
        }
        var ratio = early / late;
        return Folding.Fold(centre + ratio * (images.Image(chosen) - centre) + Math.Sqrt(early * (1 - ratio)) * normal, side);

        double Weight(int k)
        {
            var d = images.Image(k) - centre;
            return Math.Exp(-0.5 * (d - nearest) * (d + nearest) / late);
        }
    }

    private void CheckLength(int length)
    {
        if (length != Dimension)
            throw new ArgumentException(FormattableString.Invariant($"the point has {length} coordinates and the box {Dimension}"));
    }
}
