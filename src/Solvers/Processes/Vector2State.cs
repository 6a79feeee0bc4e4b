namespace ScoreSde.Solvers.Processes;

/// <summary>Two doubles: a state or a noise of two dimensions.</summary>
public readonly record struct Vector2State(double X, double Y) : IState<Vector2State, double>, IElementwise<Vector2State>
{
    /// <inheritdoc/>
    public static Vector2State operator +(Vector2State a, Vector2State b) => new(a.X + b.X, a.Y + b.Y);

    /// <inheritdoc/>
    public static Vector2State operator -(Vector2State a, Vector2State b) => new(a.X - b.X, a.Y - b.Y);

    /// <inheritdoc cref="IState{T}.op_Multiply(double, T)"/>
    public static Vector2State operator *(double c, Vector2State a) => new(c * a.X, c * a.Y);

    /// <inheritdoc cref="IElementwise{T}.op_Multiply(T, T)"/>
    public static Vector2State operator *(Vector2State a, Vector2State b) => new(a.X * b.X, a.Y * b.Y);

    /// <inheritdoc/>
    public static double Dot(Vector2State a, Vector2State b) => a.X * b.X + a.Y * b.Y;

    /// <inheritdoc/>
    public static int Dimension(Vector2State a) => 2;

    /// <inheritdoc/>
    public static double ScaledSquare(Vector2State e, Vector2State a, Vector2State b, double atol, double rtol)
    {
        return Square(e.X, a.X, b.X) + Square(e.Y, a.Y, b.Y);

        double Square(double error, double u, double v)
        {
            var r = error / (atol + rtol * Math.Max(Math.Abs(u), Math.Abs(v)));
            return r * r;
        }
    }

    /// <inheritdoc/>
    public static Vector2State Where(double condition, Vector2State a, Vector2State b) => condition > 0 ? a : b;

    /// <inheritdoc/>
    public static Vector2State Map<F>(F map, Vector2State a) where F : struct, IElementMap => new(map.Apply(a.X), map.Apply(a.Y));

    /// <inheritdoc/>
    public static long FirstNonFinite(Vector2State x) => double.IsFinite(x.X) && double.IsFinite(x.Y) ? -1 : 0;
}
