using ScoreSde.Solvers.States;

namespace ScoreSde.Solvers.Tests.Golden;

/// <summary>What a peer compared of one file: the largest error and where it was.</summary>
internal sealed class Checks
{
    /// <summary>
    /// Allowed error, relative to max(1, |expected|). Both sides are double computations of the same formulas in other orders: an independent
    /// program repeats files of this kind to 5e-14, ours are measured below 1e-13; a wrong coefficient shows at 1e-6 or more.
    /// </summary>
    public const double Allowed = 1e-10;

    private readonly List<string> _failures = [];

    /// <summary>The largest error met.</summary>
    public double Worst { get; private set; }

    /// <summary>How many numbers were compared.</summary>
    public int Compared { get; private set; }

    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Why this file is known to differ and by how much at most; null where it is to agree.</summary>
    public (string Reason, double AtMost)? OnPurpose { get; set; }

    public void Numbers(string what, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        if (expected.Length != actual.Length)
        {
            Impossible($"{what}: {actual.Length} numbers where the file has {expected.Length}");
            return;
        }
        var (worst, at) = (-1.0, 0);
        for (var i = 0; i < expected.Length; i++)
        {
            var error = expected[i] == actual[i] ? 0 : Math.Abs(actual[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
            if (double.IsNaN(error)) error = double.PositiveInfinity;
            if (error > worst) (worst, at) = (error, i);
        }
        Compared += expected.Length;
        Worst = Math.Max(Worst, worst);
        if (worst > Allowed)
            _failures.Add(FormattableString.Invariant($"{what}: number {at} is {actual[at]:r}, the file has {expected[at]:r}; error {worst:g3}, allowed {Allowed:g3}"));
    }

    public void Points(string what, ReadOnlySpan<double> expected, Points actual) => Numbers(what, expected, actual.Values);

    public void Count(string what, long expected, long actual)
    {
        Compared++;
        if (expected == actual) return;
        Impossible($"{what}: {actual}, the file has {expected}");
    }

    /// <summary>A difference that has no size.</summary>
    private void Impossible(string message)
    {
        Worst = double.PositiveInfinity;
        _failures.Add(message);
    }
}
