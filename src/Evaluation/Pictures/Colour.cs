namespace ScoreSde.Evaluation.Pictures;

/// <summary>A colour in sRGB with opacity, eight bits each.</summary>
public readonly record struct Colour(byte Red, byte Green, byte Blue, byte Alpha = 255)
{
    /// <summary>Black.</summary>
    public static Colour Black => new(0, 0, 0);

    /// <summary>White.</summary>
    public static Colour White => new(255, 255, 255);

    /// <summary>Nothing.</summary>
    public static Colour Clear => new(0, 0, 0, 0);

    /// <summary>A grey from 0 (black) to 1 (white), clamped.</summary>
    public static Colour Grey(double value)
    {
        var g = ToByte(value);
        return new Colour(g, g, g);
    }

    /// <summary>The same colour with another opacity of [0, 1].</summary>
    public Colour WithAlpha(double alpha) => this with { Alpha = ToByte(alpha) };

    /// <summary>
    /// The sequential map of heat maps: night blue over magenta and orange to pale yellow. Lightness in Oklab is linear in the value, so that
    /// equal differences look equal and a grey print keeps the order.
    /// </summary>
    /// <param name="value">0 to 1, clamped.</param>
    /// <remarks>
    /// Lightness 0.14 + 0.83 v. The two colour axes are polynomials of v with no chroma at either end: a = v(1−v)(0.1 + 1.45 v − 1.5 v²),
    /// b = v(1−v)(−0.85 + 1.3 v) + 0.07 v². Their sizes were set so that all values lie in the sRGB cube up to rounding.
    /// </remarks>
    public static Colour Heat(double value)
    {
        var v = Math.Clamp(value, 0, 1);
        var bow = v * (1 - v);
        return FromOklab(0.14 + 0.83 * v, bow * (0.1 + 1.45 * v - 1.5 * v * v), bow * (-0.85 + 1.3 * v) + 0.07 * v * v);
    }

    /// <summary>One of eight hues of equal lightness, for classes and modes; the index wraps.</summary>
    public static Colour Category(int index)
    {
        var (sin, cos) = Math.SinCos(2 * Math.PI * (index % 8) / 8 + 0.5);
        return FromOklab(0.68, 0.13 * cos, 0.13 * sin);
    }

    /// <summary>Oklab (B. Ottosson, "A perceptual color space for image processing") to sRGB, clipped to the cube.</summary>
    public static Colour FromOklab(double lightness, double a, double b)
    {
        var l = Cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        var m = Cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        var s = Cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return new Colour(
            ToByte(Encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)),
            ToByte(Encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)),
            ToByte(Encode(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)));
    }

    private static double Cube(double x) => x * x * x;

    private static double Encode(double linear) => linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055;

    private static byte ToByte(double value) => (byte)Math.Round(255 * Math.Clamp(double.IsNaN(value) ? 0 : value, 0, 1));
}
