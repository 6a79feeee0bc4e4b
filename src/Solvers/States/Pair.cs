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
    public static IRunScope<Pair<A, B>>? OpenRun()
    {
        var (first, second) = (A.OpenRun(), B.OpenRun());
        return first is null && second is null ? null : new Scope(first, second);
    }

    /// <inheritdoc/>
    public static long FirstNonFinite(Pair<A, B> x)
    {
        var first = A.FirstNonFinite(x.First);
        return first >= 0 ? first : B.FirstNonFinite(x.Second);
    }

    private sealed class Scope(IRunScope<A>? first, IRunScope<B>? second) : IRunScope<Pair<A, B>>
    {
        public void EndStep(ReadOnlySpan<Pair<A, B>> survivors)
        {
            var (a, b) = (new A[survivors.Length], new B[survivors.Length]);
            for (var i = 0; i < survivors.Length; i++) (a[i], b[i]) = survivors[i];
            first?.EndStep(a);
            second?.EndStep(b);
        }

        public void Release(Pair<A, B> state)
        {
            first?.Release(state.First);
            second?.Release(state.Second);
        }

        public void Dispose()
        {
            second?.Dispose(); // the scope opened last closes first
            first?.Dispose();
        }
    }
}
