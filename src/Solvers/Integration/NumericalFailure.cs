namespace ScoreSde.Solvers.Integration;

/// <summary>Where a run met its first value that is not finite.</summary>
/// <param name="Move">Index of the move.</param>
/// <param name="From">Time before it.</param>
/// <param name="To">Time after it.</param>
/// <param name="Sample">Index of the first sample concerned.</param>
/// <param name="Term">What was not finite.</param>
public sealed record NumericalFailure(int Move, double From, double To, long Sample, string Term)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"sample {Sample} is not finite after move {Move} (t from {From:g6} to {To:g6}): {Term}");
}

/// <summary>A run met a value that is not finite.</summary>
public sealed class NumericalFailureException : ArithmeticException
{
    /// <summary>With what is known of it.</summary>
    public NumericalFailureException(NumericalFailure failure) : base(failure?.ToString()) => Failure = failure;

    /// <summary>With a message only.</summary>
    public NumericalFailureException(string message) : base(message) { }

    /// <summary>With a message and a cause.</summary>
    public NumericalFailureException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>With nothing.</summary>
    public NumericalFailureException() { }

    /// <summary>Move, times, sample and term.</summary>
    public NumericalFailure? Failure { get; }
}
