namespace ScoreSde.Sde.General;

/// <summary>The law a reverse run starts from.</summary>
/// <typeparam name="T">State.</typeparam>
public interface IPrior<T>
{
    /// <summary>
    /// A draw as a function of independent standard normals, one a coordinate: the randomness comes from outside, so that draw i is a pure
    /// function of seed and i on every kind of state.
    /// </summary>
    T Draw(T normals);
}
