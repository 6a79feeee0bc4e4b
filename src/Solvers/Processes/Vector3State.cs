namespace ScoreSde.Solvers.Processes;

/// <summary>Three doubles: a state or a noise of three dimensions.</summary>
public readonly record struct Vector3State(double X, double Y, double Z) : IState<Vector3State, double>, IElementwise<Vector3State>
{
    /// <inheritdoc/>
    public static Vector3State operator +(Vector3State a, Vector3State b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <inheritdoc/>
    public static Vector3State operator -(Vector3State a, Vector3State b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    /// <inheritdoc cref="IState{T}.op_Multiply(double, T)"/>
    public static Vector3State operator *(double c, Vector3State a) => new(c * a.X, c * a.Y, c * a.Z);

    /// <inheritdoc cref="IElementwise{T}.op_Multiply(T, T)"/>
    public static Vector3State operator *(Vector3State a, Vector3State b) => new(a.X * b.X, a.Y * b.Y, a.Z * b.Z);

    /// <inheritdoc/>
    public static double Dot(Vector3State a, Vector3State b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;

    /// <inheritdoc/>
    public static int Dimension(Vector3State a) => 3;

    /// <inheritdoc/>
    public static double ScaledSquare(Vector3State e, Vector3State a, Vector3State b, double atol, double rtol)
    {
        return Square(e.X, a.X, b.X) + Square(e.Y, a.Y, b.Y) + Square(e.Z, a.Z, b.Z);

        double Square(double error, double u, double v)
        {
            var r = error / (atol + rtol * Math.Max(Math.Abs(u), Math.Abs(v)));
            return r * r;
        }
    }

    /// <inheritdoc/>
    public static Vector3State Where(double condition, Vector3State a, Vector3State b) => condition > 0 ? a : b;

    /// <inheritdoc/>
    public static Vector3State Map<F>(F map, Vector3State a) where F : struct, IElementMap => new(map.Apply(a.X), map.Apply(a.Y), map.Apply(a.Z));

    /// <inheritdoc/>
    public static long FirstNonFinite(Vector3State x) => double.IsFinite(x.X) && double.IsFinite(x.Y) && double.IsFinite(x.Z) ? -1 : 0;
}
