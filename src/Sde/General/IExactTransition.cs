namespace ScoreSde.Sde.General;

/// <summary>A process whose transition can be drawn exactly: x_t given x_s as a function of standard normals, for a step of any length.</summary>
/// <typeparam name="T">State.</typeparam>
/// <typeparam name="W">Noise.</typeparam>
public interface IExactTransition<T, W> : IGeneralSde<T, W>
{
    /// <summary>A draw of x at <paramref name="to"/> given x at <paramref name="from"/>, forwards in time.</summary>
    /// <param name="x">State at <paramref name="from"/>.</param>
    /// <param name="from">The earlier level.</param>
    /// <param name="to">The later level.</param>
    /// <param name="normals">Independent standard normals, one a coordinate of the noise.</param>
    T Transition(T x, in Level from, in Level to, W normals);
}
