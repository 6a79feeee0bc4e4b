namespace ScoreSde.Solvers.States;

/// <summary>
/// A vector space: what a step on a fixed grid needs, since such a step is a linear combination of states. The same solver runs on doubles,
/// on exact linear forms, on SIMD lanes and on tensors through this.
/// </summary>
/// <typeparam name="T">The state itself.</typeparam>
public interface IState<T> where T : IState<T>
{
    /// <summary>Sum of two states.</summary>
    static abstract T operator +(T a, T b);

    /// <summary>Difference of two states.</summary>
    static abstract T operator -(T a, T b);

    /// <summary>A state times a number that is the same for every sample.</summary>
    static abstract T operator *(double c, T a);

    /// <summary>Makes the value exist; does nothing except on lazy states. Settling twice is settling once.</summary>
    static virtual T Settle(T x) => x;

    /// <summary>What owns the states of one run; null where a state is a value and nothing is to be freed.</summary>
    static virtual IRunScope<T>? OpenRun() => null;

    /// <summary>The index of the first sample that is not finite, −1 where all are.</summary>
    static virtual long FirstNonFinite(T x) => -1;

    /// <summary>After how many moves a run looks for values that are not finite, unless it is told: more than 1 where a look is dear.</summary>
    static virtual int MovesBetweenLooks(T x) => 1;
}

/// <summary>A state with per-sample scalars: what adaptive steps and Langevin correction need on top of a vector space.</summary>
/// <typeparam name="T">The state itself.</typeparam>
/// <typeparam name="R">One real number a sample: a double, a vector of lanes, a [B, 1, …] tensor.</typeparam>
public interface IState<T, R> : IState<T> where T : IState<T, R>
{
    /// <summary>Each sample times its own number.</summary>
    static abstract T operator *(R c, T a);

    /// <summary>Inner product over the coordinates of each sample.</summary>
    static abstract R Dot(T a, T b);

    /// <summary>Number of coordinates of one sample.</summary>
    static abstract int Dimension(T a);

    /// <summary>Σ (e/(atol + rtol·max(|a|, |b|)))² over the coordinates of each sample.</summary>
    static abstract R ScaledSquare(T e, T a, T b, double atol, double rtol);

    /// <summary>a where the condition is positive, b elsewhere, sample by sample.</summary>
    static abstract T Where(R condition, T a, T b);
}

/// <summary>A state with coordinates: multiplicative noise, walls and thresholding need these.</summary>
/// <typeparam name="T">The state itself.</typeparam>
public interface IElementwise<T> : IState<T> where T : IElementwise<T>
{
    /// <summary>Hadamard product.</summary>
    static abstract T operator *(T a, T b);

    /// <summary>A function applied to every coordinate.</summary>
    static abstract T Map<F>(F map, T a) where F : struct, IElementMap;
}
