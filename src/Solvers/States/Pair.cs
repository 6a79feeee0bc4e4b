namespace ScoreSde.Solvers.States;

/// <summary>Two states walked together: (x, log p), position and velocity, a solution and its shadow.</summary>
public readonly record struct Pair<A, B>(A First, B Second) : IState<Pair<A, B>> where A : IState<A> where B : IState<B>
{
    /// <inheritdoc/>
    public static Pair<A, B> operator +(Pair<A, B> a, Pair<A, B> b) => new(a.First + b.First, a.Second + b.Second);

    /// <inheritdoc/>
    public static Pair<A, B> operator -(Pair<A, B> a, Pair<A, B> b) => new(a.First - b.First, a.Second - b.Second);

    /// <inheritdoc/>
    public static Pair<A, B> operator *(double c, Pair<A, B> a) => new(c * a.First, c * a.Second);

    /// <inheritdoc/>
    public static Pair<A, B> Settle(Pair<A, B> x) => new(A.Settle(x.First), B.Settle(x.Second));

    /// <inheritdoc/>
    public static void EndStep(ReadOnlySpan<Pair<A, B>> survivors)
    {
        var first = new A[survivors.Length];
        var second = new B[survivors.Length];
        for (var i = 0; i < survivors.Length; i++) (first[i], second[i]) = survivors[i];
        A.EndStep(first);
        B.EndStep(second);
    }

    /// <inheritdoc/>
    public static long FirstNonFinite(Pair<A, B> x)
    {
        var first = A.FirstNonFinite(x.First);
        return first >= 0 ? first : B.FirstNonFinite(x.Second);
    }
}
