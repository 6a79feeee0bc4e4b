namespace ScoreSde.Sde.General;

/// <summary>A process in a box with reflecting walls. Whoever steps it folds the state back after every step.</summary>
/// <remarks>
/// For Brownian motion folding a step of any length is exact: see docs/derivations/ink-drop.md. With a drift, folding an Euler step reflects
/// its overshoot, an approximation that improves with the step.
/// </remarks>
/// <typeparam name="T">State.</typeparam>
public interface IConfined<T>
{
    /// <summary>The state reflected at the walls as often as it takes to be inside; the same point where it is inside already.</summary>
    T Confine(T x);
}

/// <summary>Folding for any process, by its type.</summary>
public static class Confinement
{
    /// <summary>x folded into the walls of the process, or x where it has none. On a struct process the question costs nothing at run time.</summary>
    public static T Confine<T, TSde>(ref TSde sde, T x) where TSde : struct =>
        sde is IConfined<T> ? ((IConfined<T>)sde).Confine(x) : x;
}
