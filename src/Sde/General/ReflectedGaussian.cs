using MathNet.Numerics;

namespace ScoreSde.Sde.General;

/// <summary>
/// The law of a Gaussian N(centre, deviation²) folded into [0, side]: Brownian motion between reflecting walls, started at a point of the
/// box or from another law of this kind. Density, score, distribution function and quantiles in closed form.
/// </summary>
/// <remarks>
/// Two series of the same function (docs/derivations/ink-drop.md, sections 2 and 3): images, quick where the law is narrow, and cosines, quick where
/// it is wide. With r = deviation/side, image k falls like exp(−k²/(2r²)) and cosine k like exp(−k²π²r²/2). The choice is at r = 0.4: there the
/// cosines need eight terms and the density is nowhere under 0.17 of the mean, so their sum has lost less than one digit.
/// </remarks>
/// <param name="Centre">Where the unfolded Gaussian has its mean, inside [0, side].</param>
/// <param name="Deviation">Its standard deviation, positive; √(2Dτ) for a point start.</param>
/// <param name="Side">Length of the box.</param>
public readonly record struct ReflectedGaussian(double Centre, double Deviation, double Side)
{
    /// <summary>Deviation over side above which the cosine series is taken.</summary>
    public const double Crossover = 0.4;

    // Terms below e^-40 = 4e-18 of the leading one are left out.
    private const double Negligible = 40;

    private double Width => Deviation / Side;

    /// <summary>Density at x of [0, side].</summary>
    public double Density(double x) => Width > Crossover ? DensityByCosines(x) : DensityByImages(x);

    /// <summary>Natural logarithm of the density; finite however far from the centre x is.</summary>
    public double LogDensity(double x)
    {
        if (Width > Crossover) return Math.Log(DensityByCosines(x));
        Images(x, out var sum, out _, out var nearest);
        return Math.Log(sum / (Math.Sqrt(2 * Math.PI) * Deviation)) - 0.5 * nearest * nearest / (Deviation * Deviation);
    }

    /// <summary>∂ log density/∂x; zero at both walls.</summary>
    public double Score(double x) => Width > Crossover ? ScoreByCosines(x) : ScoreByImages(x);

    /// <summary>The density as a sum over the mirror images of the centre.</summary>
    public double DensityByImages(double x)
    {
        Images(x, out var sum, out _, out var nearest);
        return sum * Math.Exp(-0.5 * nearest * nearest / (Deviation * Deviation)) / (Math.Sqrt(2 * Math.PI) * Deviation);
    }

    /// <summary>The score as a ratio of sums over images.</summary>
    public double ScoreByImages(double x)
    {
        Images(x, out var sum, out var moment, out _);
        return -moment / (sum * Deviation * Deviation);
    }

    /// <summary>The density as (1 + 2 Σ e^{−k²π²r²/2} cos(kπx/a) cos(kπc/a))/a.</summary>
    public double DensityByCosines(double x)
    {
        Cosines(x, out var excess, out _);
        return (1 + excess) / Side;
    }

    /// <summary>The score as a ratio of the differentiated cosine series and the series.</summary>
    public double ScoreByCosines(double x)
    {
        Cosines(x, out var excess, out var slope);
        return slope / (1 + excess);
    }

    /// <summary>Probability of [0, x].</summary>
    public double Cumulative(double x)
    {
        if (x <= 0) return 0;
        if (x >= Side) return 1;
        if (Width > Crossover)
        {
            Rotation at = new(Math.PI * x / Side), from = new(Math.PI * Centre / Side);
            var sum = 0.0;
            var q = 0.5 * Math.PI * Math.PI * Width * Width;
            for (var k = 1; q * k * k < Negligible; k++)
            {
                sum += Math.Exp(-q * k * k) * at.Sine * from.Cosine / k;
                at.Advance();
                from.Advance();
            }
            return x / Side + 2 / Math.PI * sum;
        }
        var total = 0.0;
        var last = LastImage;
        for (var k = -last; k <= last; k++)
        {
            var image = Image(k);
            total += 0.5 * (SpecialFunctions.Erfc((image - x) / (Math.Sqrt(2) * Deviation)) - SpecialFunctions.Erfc(image / (Math.Sqrt(2) * Deviation)));
        }
        return Math.Clamp(total, 0, 1);
    }

    /// <summary>The point with the given probability below it, by bisection and secants on <see cref="Cumulative"/>.</summary>
    public double Quantile(double probability)
    {
        var law = this;
        return probability <= 0 ? 0 : probability >= 1 ? Side : MonotoneRoot.OfDecreasing(x => -law.Cumulative(x), -probability, 0, Side);
    }

    /// <summary>
    /// χ² distance to the uniform law, ∫ (p a − 1)² dx/a = 2 Σ e^{−k²π²r²} cos²(kπc/a): the excess at the centre of the same law of
    /// doubled variance.
    /// </summary>
    public double ChiSquaredToUniform
    {
        get
        {
            var doubled = this with { Deviation = Math.Sqrt(2) * Deviation };
            if (doubled.Width <= Crossover) return doubled.DensityByImages(Centre) * Side - 1;
            doubled.Cosines(Centre, out var excess, out _);
            return excess;
        }
    }

    /// <summary>Mean and variance, from the cosine series of x and x².</summary>
    public (double Mean, double Variance) Moments
    {
        get
        {
            // ∫ x cos(kπx/a) dx = a²((−1)^k − 1)/(kπ)², ∫ x² cos(kπx/a) dx = 2a³(−1)^k/(kπ)²; x is measured from the middle of the box.
            double first = 0, second = 0;
            var q = 0.5 * Math.PI * Math.PI * Width * Width;
            for (var k = 1; q * k * k < Negligible; k++)
            {
                var term = Math.Exp(-q * k * k) * Math.Cos(k * Math.PI * Centre / Side) / ((double)k * k);
                if ((k & 1) == 0) second += term;
                else first += term;
            }
            var scale = 4 / (Math.PI * Math.PI);
            var mean = -scale * Side * first; // E(x − a/2)
            return (0.5 * Side + mean, Side * Side * (1.0 / 12 + scale * second) - mean * mean);
        }
    }

    /// <summary>The same law after a Brownian motion of the given variance.</summary>
    public ReflectedGaussian Spread(double variance) => this with { Deviation = Math.Sqrt(Deviation * Deviation + variance) };

    /// <summary>The largest index of an image that counts: image k lies at least |k| − 1 sides away, the nearest at most one.</summary>
    internal int LastImage => (int)Math.Ceiling(Math.Sqrt(1 + 2 * Negligible * Width * Width));

    /// <summary>Image k of the centre: the one in [k·side, (k + 1)·side].</summary>
    internal double Image(int k) => k * Side + ((k & 1) == 0 ? Centre : Side - Centre);

    /// <summary>Σ e^{−(d_k² − d²)/(2s²)} and Σ d_k e^{…} over images, with d_k = x − image and d the least |d_k|.</summary>
    private void Images(double x, out double sum, out double moment, out double nearest)
    {
        sum = 0;
        moment = 0;
        var last = LastImage;
        nearest = x - Centre; // the centre is the nearest of its images from every point of the box
        var scale = 0.5 / (Deviation * Deviation);
        for (var k = -last; k <= last; k++)
        {
            var d = x - Image(k);
            // d² − nearest² as a product: both squares may be huge.
            var exponent = (d - nearest) * (d + nearest) * scale;
            if (exponent > Negligible) continue;
            var weight = Math.Exp(-exponent);
            sum += weight;
            moment += d * weight;
        }
    }

    /// <summary>2 Σ e^{−k²π²r²/2} cos(kπx/a) cos(kπc/a) and its derivative in x.</summary>
    private void Cosines(double x, out double excess, out double slope)
    {
        excess = 0;
        slope = 0;
        Rotation at = new(Math.PI * x / Side), from = new(Math.PI * Centre / Side);
        var q = 0.5 * Math.PI * Math.PI * Width * Width;
        var power = Math.Exp(-2 * q);
        var factor = Math.Exp(-q); // e^{−q(2k−1)}: e^{−qk²} is a product of these
        var weight = 1.0;
        for (var k = 1; q * k * k < Negligible; k++)
        {
            weight *= factor;
            factor *= power;
            excess += 2 * weight * at.Cosine * from.Cosine;
            slope -= 2 * weight * k * Math.PI / Side * at.Sine * from.Cosine;
            at.Advance();
            from.Advance();
        }
    }

    /// <summary>cos kθ and sin kθ for k = 1, 2, … by rotation.</summary>
    private struct Rotation
    {
        private readonly double _cosine;
        private readonly double _sine;

        public Rotation(double angle)
        {
            (_sine, _cosine) = Math.SinCos(angle);
            Cosine = _cosine;
            Sine = _sine;
        }

        public double Cosine { get; private set; }

        public double Sine { get; private set; }

        public void Advance() => (Cosine, Sine) = (Cosine * _cosine - Sine * _sine, Sine * _cosine + Cosine * _sine);
    }
}
