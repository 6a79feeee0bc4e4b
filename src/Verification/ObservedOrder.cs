namespace ScoreSde.Verification;

/// <summary>The order of convergence seen on the two finest pairs of a sequence of doubled step counts.</summary>
/// <param name="Value">The smaller of the two slopes; +∞ where the method is exact.</param>
/// <param name="Finest">Error at the finest grid.</param>
/// <param name="IsExact">Whether the finest error is at round-off, so that there is no slope to see.</param>
public readonly record struct ObservedOrder(double Value, double Finest, bool IsExact)
{
    /// <summary>Below this an error is taken for round-off (a few hundred operations on numbers of size 1).</summary>
    public const double RoundOff = 1e-12;

    /// <summary>Measures the error at n/4, n/2 and n steps.</summary>
    /// <param name="error">Error as a function of the number of steps.</param>
    /// <param name="finest">n, a multiple of 4.</param>
    public static ObservedOrder Measure(Func<int, double> error, int finest)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (finest < 8 || finest % 4 != 0) throw new ArgumentException($"finest is {finest}; it must be a multiple of 4 and at least 8", nameof(finest));
        double coarse = error(finest / 4), middle = error(finest / 2), fine = error(finest);
        if (fine < RoundOff) return new ObservedOrder(double.PositiveInfinity, fine, true);
        return new ObservedOrder(Math.Min(Math.Log2(coarse / middle), Math.Log2(middle / fine)), fine, false);
    }
}
