namespace ScoreSde.Solvers.Processes;

/// <summary>Coordinates of the small states of general processes: <see cref="Scalar"/>, <see cref="Vector2State"/>, <see cref="Vector3State"/>.</summary>
/// <remarks>The type is known where this is compiled, so that the cases cost nothing.</remarks>
public static class Coordinates
{
    /// <summary>The state with the given coordinates.</summary>
    /// <exception cref="NotSupportedException">T is none of the three.</exception>
    public static T Read<T>(ReadOnlySpan<double> x) where T : struct
    {
        if (typeof(T) == typeof(Scalar)) return (T)(object)new Scalar(x[0]);
        if (typeof(T) == typeof(Vector2State)) return (T)(object)new Vector2State(x[0], x[1]);
        if (typeof(T) == typeof(Vector3State)) return (T)(object)new Vector3State(x[0], x[1], x[2]);
        throw Unknown<T>();
    }

    /// <summary>Writes the coordinates of a state.</summary>
    /// <exception cref="NotSupportedException">T is none of the three.</exception>
    public static void Write<T>(T state, Span<double> x) where T : struct
    {
        switch (state)
        {
            case Scalar a: x[0] = a.Value; break;
            case Vector2State b: (x[0], x[1]) = (b.X, b.Y); break;
            case Vector3State c: (x[0], x[1], x[2]) = (c.X, c.Y, c.Z); break;
            default: throw Unknown<T>();
        }
    }

    private static NotSupportedException Unknown<T>() =>
        new($"{typeof(T).Name} has no coordinates here; Scalar, Vector2State and Vector3State have");
}
