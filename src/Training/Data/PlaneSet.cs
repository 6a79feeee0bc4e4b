using ScoreSde.Models.Checkpoints;

namespace ScoreSde.Training.Data;

/// <summary>
/// Laws of two coordinates that a network can learn in seconds, drawn afresh for every sample. All lie within about ±5.
/// </summary>
public sealed class PlaneSet : ITrainingData
{
    /// <summary>Radius of <see cref="Ring"/>.</summary>
    public const double RingRadius = 4;

    /// <summary>Standard deviation, in each coordinate, of the parts of <see cref="Ring"/>.</summary>
    public const double RingDeviation = 0.25;

    /// <summary>Number of Gaussians of <see cref="Ring"/>.</summary>
    public const int RingParts = 8;

    /// <summary>Standard deviation of the noise on the curves of <see cref="Moons"/> and <see cref="SwissRoll"/>.</summary>
    public const double CurveDeviation = 0.1;

    private readonly Func<Draw, (double X, double Y, int Label)> _law;

    private PlaneSet(string name, int classes, Func<Draw, (double X, double Y, int Label)> law)
    {
        (Classes, _law) = (classes, law);
        Description = new DataDescription { Name = name };
    }

    /// <summary>Eight Gaussians of deviation 0.25 on a circle of radius 4, equally likely; the label is the part, anticlockwise from (4, 0).</summary>
    public static PlaneSet Ring { get; } = new("ring", RingParts, draw =>
    {
        var part = (int)(draw.Uniform0 * RingParts);
        var angle = 2 * Math.PI * part / RingParts;
        return (RingRadius * Math.Cos(angle) + RingDeviation * draw.Normal0, RingRadius * Math.Sin(angle) + RingDeviation * draw.Normal1, part);
    });

    /// <summary>Two interleaved half circles of radius 2 about (−1, −0.5) and (1, 0.5), with noise; the label is the half circle.</summary>
    public static PlaneSet Moons { get; } = new("moons", 2, draw =>
    {
        var upper = draw.Uniform0 < 0.5;
        var angle = Math.PI * draw.Uniform1;
        var (x, y) = upper ? (-1 + 2 * Math.Cos(angle), -0.5 + 2 * Math.Sin(angle)) : (1 - 2 * Math.Cos(angle), 0.5 - 2 * Math.Sin(angle));
        return (x + CurveDeviation * draw.Normal0, y + CurveDeviation * draw.Normal1, upper ? 0 : 1);
    });

    /// <summary>The spiral (θ cos θ, θ sin θ)/3 for θ uniform from 1.5π to 4.5π, with noise.</summary>
    public static PlaneSet SwissRoll { get; } = new("swiss-roll", 0, draw =>
    {
        var angle = Math.PI * (1.5 + 3 * draw.Uniform0);
        return (angle / 3 * Math.Cos(angle) + CurveDeviation * draw.Normal0, angle / 3 * Math.Sin(angle) + CurveDeviation * draw.Normal1, 0);
    });

    /// <summary>Uniform on the eight squares of one colour of a 4 × 4 board over [−4, 4]².</summary>
    public static PlaneSet Checkerboard { get; } = new("checkerboard", 0, draw =>
    {
        var x = 8 * draw.Uniform0 - 4;
        var column = (int)Math.Floor(x / 2); // −2 … 1
        var y = 4 * draw.Uniform1;           // two squares of side 2 in each column
        var square = (int)(y / 2);           // 0 or 1
        return (x, -4 + 4 * square + 2 * (column & 1) + (y - 2 * square), 0);
    });

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PlaneSet> All { get; } = [Ring, Moons, SwissRoll, Checkerboard];

    /// <inheritdoc/>
    public DataDescription Description { get; }

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape { get; } = [2];

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public long? Count => null;

    /// <inheritdoc/>
    public int Read(TrainingRandomness randomness, long n, Span<float> x)
    {
        Span<float> normals = stackalloc float[2];
        Span<double> uniforms = stackalloc double[2];
        randomness.DataNormals(n, normals);
        randomness.DataUniforms(n, uniforms);
        var (first, second, label) = _law(new Draw(uniforms[0], uniforms[1], normals[0], normals[1]));
        (x[0], x[1]) = ((float)first, (float)second);
        return label;
    }

    private readonly record struct Draw(double Uniform0, double Uniform1, double Normal0, double Normal1);
}
